"""The client's page: what every app knows about one client."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import Client
from crm.lib.access import SELLERS, role_required
from crm.pages.panels import draw
from leads import meeting_panels as meetings
from leads import panels as leads
from notifications.panels import timeline
from projects import panels as projects
from sales import panels as sales

# What other apps show of a client, from top to bottom.
CLIENT_PANELS = [
    projects.client_panel,
    meetings.client_panel,
    leads.client_panel,
    sales.client_panel,
]


@role_required(*SELLERS)
@require_GET
def client(request, pk):
    """A client: what was said, bought and built, and who its people are."""
    row = get_object_or_404(Client.objects.visible_to(request.user).with_facts(), pk=pk)
    after = request.GET.get("after")
    name, happened = timeline(request.user, row, after)
    if request.htmx and after:
        return render(request, name, happened)
    context = {
        "client": row,
        "contacts": row.contacts.with_invitations(),
        "panels": draw(request, CLIENT_PANELS, row),
        "timeline": happened,
    }
    return render(request, "accounts/client_detail.html", context)
