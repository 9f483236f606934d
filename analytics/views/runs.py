"""The overview of all analyses, and single runs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from analytics import actions
from analytics.forms import StartForm
from analytics.models import Run
from analytics.reports import answer
from analytics.views.parts import figures_of, status
from analytics.words import WARNINGS, structure_of
from crm.lib.access import SELLERS, get_editable, get_visible, role_required

# Reports that no run stands behind: label, what it answers, where.
LIVE = [
    {
        "label": gettext_lazy("Opportunities and forecast"),
        "text": gettext_lazy(
            "What the open leads are worth, what they are likely to bring, and when."
        ),
        "url": reverse_lazy("analytics:forecast"),
        "roles": SELLERS,
    },
    {
        "label": gettext_lazy("Media and spend"),
        "text": gettext_lazy("What a lead and a win cost by each medium of contact."),
        "url": reverse_lazy("analytics:spend"),
        "roles": ("admin", "manager"),
    },
    {
        "label": gettext_lazy("Projects at a glance"),
        "text": gettext_lazy(
            "How projects stand, who has how much to do, and for whom was worked."
        ),
        "url": reverse_lazy("projects:overview"),
        "roles": SELLERS,
    },
]


@require_GET
@role_required(*SELLERS)
def overview(request):
    """Every analysis with its answer for this reader."""
    figures, cards = figures_of(request.user), []
    for kind in Run.Kind.values:
        card = status(kind, request.user)
        card["url"] = reverse(f"analytics:{kind}")
        if card["current"]:
            card["answer"] = answer.sentence(
                card["current"], figures, whole=card["sees_all"]
            )
        cards.append(card)
    done = sum(1 for card in cards if card["current"])
    live = [card for card in LIVE if request.user.role in card["roles"]]
    context = {"cards": cards, "done": done, "live": live}
    return render(request, "analytics/overview.html", context)


@require_GET
@role_required(*SELLERS)
def run(request, pk):
    """What went in, how it was done, how good it is."""
    row = get_visible(Run, pk, request.user)
    context = {
        "run": row,
        "sees_all": request.user.role == "admin",
        "can_run": request.user.role in ("admin", "manager"),
        "structure": structure_of(row),
        "warnings": [WARNINGS[code] for code in row.quality.get("warnings", ())],
    }
    return render(request, "analytics/run.html", context)


@require_POST
@role_required("admin", "manager")
def run_start(request):
    """Queue an analysis; its page shows the progress."""
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This analysis cannot be started like that."))
        return redirect("analytics:overview")
    kind = form.cleaned_data["kind"]
    actions.request_run(kind, by=request.user, params=form.params())
    messages.success(request, _("The analysis is queued; you can leave this page."))
    return redirect(f"analytics:{kind}")


@require_GET
@role_required(*SELLERS)
def run_progress(request, pk):
    """The progress bar alone; when the run is over the page around it is reloaded."""
    row = get_visible(Run, pk, request.user)
    if row.is_over and request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    url = reverse("analytics:run_progress", args=[row.pk])
    context = {"job": row, "poll_url": url, "label": row.get_kind_display()}
    return render(request, "components/_progress.html", context)


@require_POST
@role_required("admin", "manager")
def run_cancel(request, pk):
    row = get_editable(Run, pk, request.user)
    actions.cancel_run(row)
    messages.success(request, _("The analysis was cancelled; the last figures stay."))
    return redirect(f"analytics:{row.kind}")
