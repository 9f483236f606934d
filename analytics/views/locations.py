"""Location clusters: the answer, the map, and any cut of the stored tree."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import Client
from analytics.areas import MOST_CLUSTERS
from analytics.forms import CutForm
from analytics.models import Run
from analytics.reports.locations import MEASURES, Cut, Report
from analytics.views.parts import csv_response, figures_of, status
from analytics.words import structure_of
from crm.lib.access import SELLERS, role_required
from crm.lib.paging import KeysetPage
from leads.models import Lead


@require_GET
@role_required(*SELLERS)
def locations(request):
    context = status(Run.Kind.LOCATIONS, request.user)
    report = report_of(request, context["current"])
    if report:
        measure = request.GET.get("measure", "")
        measure = measure if measure in MEASURES else "conversion"
        nowhere, unknown, unplaced = report.unplaced
        context |= {
            "report": report,
            "form": CutForm(initial=cut_shown(report)),
            "most": min(MOST_CLUSTERS, len(report.atlas.place), 24),
            "heat": report.heat(measure),
            "measures": MEASURES.items(),
            "measure": measure,
            "nowhere": nowhere,
            "unknown": unknown,
            "unplaced": unplaced,
            "structure": structure_of(report.run),
        }
    return render(request, "analytics/locations.html", context)


def cut_shown(report):
    return {"k": len(report.areas), "radius": report.cut.radius}


def report_of(request, run):
    """The report of the cut asked for; None when there is nothing to cut."""
    if run is None or run.is_thin:
        return None
    form = CutForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    radius = given.get("radius")
    cut = Cut(None if radius is not None else given.get("k"), radius)
    return Report(run, figures_of(request.user), cut)


@require_GET
@role_required(*SELLERS)
def locations_csv(request):
    """The table of the cut on the page."""
    report = report_of(
        request, Run.objects.visible_to(request.user).current("locations")
    )
    if report is None:
        return redirect("analytics:locations")
    head = [
        "cluster",
        "name",
        "latitude",
        "longitude",
        "radius_km",
        "clients",
        "leads",
        "won",
        "conversion",
        "revenue",
        "currency",
    ]
    rows = [
        [
            line.area.number,
            line.area.name,
            round(line.area.latitude, 4),
            round(line.area.longitude, 4),
            line.area.radius_km,
            line.rates.sums.clients,
            line.rates.sums.leads,
            line.rates.sums.won,
            round(line.rates.conversion, 4),
            line.rates.amount,
            report.run.currency,
        ]
        for line in report.lines
    ]
    return csv_response("location-clusters", head, rows)


@require_GET
@role_required(*SELLERS)
def cluster(request, number):
    """The clients or leads behind one cluster of a cut."""
    report = report_of(
        request, Run.objects.visible_to(request.user).current("locations")
    )
    area = (
        next((a for a in report.areas if a.number == number), None) if report else None
    )
    if area is None:
        raise Http404
    places = report.atlas.place[area.rows].tolist()
    shows_leads = request.GET.get("show") == "leads"
    model = Lead if shows_leads else Client
    rows = model.objects.visible_to(request.user).filter(place__in=places)
    medium = request.GET.get("medium", "")
    if medium.isdecimal():
        rows = rows.filter(medium=medium if medium != "0" else None)
    context = {
        "area": area,
        "page": KeysetPage(rows.with_names(), request.GET.get("after")),
        "medium": report.media_names.get(int(medium)) if medium.isdecimal() else "",
        "shows_leads": shows_leads,
        "tabs": [
            {
                "label": label,
                "url": report.url_of(area, show=show),
                "current": shows_leads == (show == "leads"),
            }
            for show, label in (("clients", _("Clients")), ("leads", _("Leads")))
        ],
    }
    return render(request, "analytics/cluster.html", context)
