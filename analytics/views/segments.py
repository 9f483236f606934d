"""The six value classes, and one list of clients per class."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import Client
from analytics.models import Membership, Run
from analytics.reports.segments import Report
from analytics.views.parts import csv_response, figures_of, status
from crm.lib.access import SELLERS, role_required
from crm.lib.money import to_decimal
from crm.lib.paging import KeysetPage


@require_GET
@role_required(*SELLERS)
def segments(request):
    context = status(Run.Kind.SEGMENTS, request.user)
    current = context["current"]
    if current and not current.is_thin:
        members = Membership.objects.visible_to(request.user)
        context["report"] = Report(current, figures_of(request.user), members)
    return render(request, "analytics/segments.html", context)


def members_of(request, value_class):
    """The current run and its members of a class, as far as the reader sees them."""
    current = Run.objects.visible_to(request.user).current(Run.Kind.SEGMENTS)
    if current is None or value_class not in Client.ValueClass.values:
        raise Http404
    members = Membership.objects.visible_to(request.user)
    return current, members.filter(run=current, value_class=value_class)


@require_GET
@role_required(*SELLERS)
def segment_list(request, value_class):
    current, members = members_of(request, value_class)
    page = KeysetPage(
        members.select_related("client"),
        request.GET.get("after"),
        order=("-cents", "-pk"),
    )
    chips = [
        {"label": line.label, "url": line.url, "current": line.code == value_class,
         "count": line.rates.sums.clients}
        for line in Report(current, figures_of(request.user)).lines
    ]  # fmt: skip
    context = {
        "run": current,
        "page": page,
        "chips": chips,
        "value_class": value_class,
        "label": Client.ValueClass(value_class).label,
    }
    return render(request, "analytics/segment_list.html", context)


@require_GET
@role_required(*SELLERS)
def segment_csv(request, value_class):
    """The whole list of a class."""
    _run, members = members_of(request, value_class)
    head = [
        "client",
        "name",
        "signed_up",
        "amount",
        "currency",
        "purchases",
        "cluster",
        "reason",
    ]
    rows = (
        [
            row.client.external_id or f"#{row.client_id}",
            row.client.name,
            row.signed_up or "",
            to_decimal(row.cents, row.currency),
            row.currency,
            row.purchases,
            row.cluster,
            row.reason,
        ]
        for row in members.select_related("client").order_by("client_id").iterator()
    )
    return csv_response(f"clients-{value_class}", head, rows)
