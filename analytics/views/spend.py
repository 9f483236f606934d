"""What a lead and a win cost, by medium."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import Firm
from analytics.reports.spend import Report, months_asked
from crm.lib.access import role_required
from leads.spend_forms import SpendFilter


@require_GET
@role_required("admin", "manager")
def spend(request):
    """Cost per lead and per win of the months asked for, in one currency."""
    asked = SpendFilter(request.GET).cleaned_data
    months = months_asked(asked.get("first"), asked.get("last"))
    report = Report(
        request.user, months, asked.get("currency", ""), Firm.get().currency
    )
    shown = f"first={months[0]:%Y-%m}&last={months[1]:%Y-%m}"
    chips = [
        {
            "label": code,
            "url": f"?{shown}&currency={code}",
            "current": code == report.currency,
        }
        for code in report.currencies
    ]
    context = {
        "report": report,
        "form": SpendFilter(
            {"first": f"{months[0]:%Y-%m}", "last": f"{months[1]:%Y-%m}"}
        ),
        "chips": chips if len(chips) > 1 else [],
        "sees_all": request.user.role == "admin",
    }
    return render(request, "analytics/spend.html", context)
