"""All projects at a glance, for those who answer for them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from crm.lib.access import SELLERS, role_required
from projects.reports import (
    client_pie,
    hours_by_client,
    late_milestones,
    list_url,
    standing,
    team,
)


@require_safe
@role_required(*SELLERS)
def overview(request):
    """By state, what is late, who has how much to do, and for whom was worked."""
    stand = standing(request.user)
    clients = hours_by_client(request.user)
    context = {
        "lede": stand.sentence,
        "pie": stand.pie,
        "late": late_milestones(request.user),
        "late_url": list_url(late="on"),
        "team": team(request.user),
        "clients": clients,
        "client_pie": client_pie(clients),
    }
    return render(request, "projects/overview.html", context)
