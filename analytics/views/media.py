"""Media groups, best first."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from analytics.models import Run
from analytics.reports.media import Report
from analytics.views.parts import csv_response, figures_of, status
from analytics.words import structure_of
from crm.lib.access import SELLERS, role_required


@require_GET
@role_required(*SELLERS)
def media(request):
    context = status(Run.Kind.MEDIA, request.user)
    current = context["current"]
    if current and not current.is_thin:
        context["report"] = Report(current, figures_of(request.user))
        context["structure"] = structure_of(current)
    return render(request, "analytics/media.html", context)


@require_GET
@role_required(*SELLERS)
def media_csv(request):
    current = Run.objects.visible_to(request.user).current(Run.Kind.MEDIA)
    if current is None or current.is_thin:
        return redirect("analytics:media")
    head = [
        "medium",
        "group",
        "sent",
        "answered",
        "answer_share",
        "median_wait",
        "leads",
        "won",
        "conversion",
        "revenue",
        "currency",
    ]
    rows = [
        [
            line.medium,
            line.group or "",
            line.rates.sums.sent,
            line.rates.sums.answered,
            round(line.answer_share, 4),
            line.wait_text,
            line.rates.sums.leads,
            line.rates.sums.won,
            round(line.rates.conversion, 4),
            line.rates.amount,
            current.currency,
        ]
        for line in Report(current, figures_of(request.user)).lines
    ]
    return csv_response("media", head, rows)
