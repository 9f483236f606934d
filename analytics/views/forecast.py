"""What the open leads are likely to bring."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import Firm
from analytics.reports.forecast import Report
from crm.lib.access import SELLERS, role_required


@require_GET
@role_required(*SELLERS)
def forecast(request):
    """Opportunities and forecast, in one currency."""
    report = Report(request.user, request.GET.get("currency", ""), Firm.get().currency)
    chips = [
        {"label": code, "url": f"?currency={code}", "current": code == report.currency}
        for code in report.currencies
    ]
    context = {"report": report, "chips": chips if len(chips) > 1 else []}
    return render(request, "analytics/forecast.html", context)
