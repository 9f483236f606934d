"""Record pages: one row with what every app knows about it."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts import panels as accounts
from accounts.models import Client
from crm.lib.access import SELLERS, role_required
from crm.pages.panels import draw
from leads import meeting_panels as meetings
from leads import panels as leads
from leads.models import Lead
from notifications.panels import happened, piece, undelivered
from projects import panels as projects
from projects import request_panels as requests
from projects.threads import read_on
from sales import panels as sales

# What stands above a lead's timeline, and its rail, from top to bottom.
LEAD_HEAD = [leads.steps, leads.log_box]
LEAD_PANELS = [
    undelivered,
    leads.next_step,
    meetings.lead_panel,
    leads.tasks,
    leads.notes,
    projects.lead_panel,
    sales.lead_panel,
    leads.facts,
    leads.actions,
]
# What other apps show of a client, from top to bottom.
CLIENT_PANELS = [
    undelivered,
    requests.client_panel,
    accounts.changes,
    projects.client_panel,
    meetings.client_panel,
    leads.client_panel,
    sales.client_invoices,
    sales.client_panel,
    sales.looks_panel,
]
CLIENT_RAIL = [leads.tasks, leads.notes, accounts.consents]


@role_required(*SELLERS)
@require_GET
def lead(request, pk):
    """A lead: what was said, what is known, what can be done."""
    row = get_object_or_404(Lead.objects.visible_to(request.user).with_names(), pk=pk)
    if part := piece(request, row):
        return part
    [steps, box] = draw(request, LEAD_HEAD, row)
    own = {"lead": row, "lede": leads.lede(row), "steps": steps, "log_box": box}
    return _record(request, row, LEAD_PANELS, "leads/lead_detail.html", own)


@role_required(*SELLERS)
@require_GET
def client(request, pk):
    """A client: what was said, bought and built, and who its people are."""
    rows = Client.objects.visible_to(request.user).with_facts()
    rows = accounts.with_changes(requests.with_asked(rows, request.user))
    row = get_object_or_404(rows, pk=pk)
    if part := piece(request, row):
        return part
    own = {"client": row, "contacts": row.contacts.for_record()}
    own["can_view_as"] = request.user.role in ("admin", "manager")
    own["rail"] = draw(request, CLIENT_RAIL, row)
    return _record(request, row, CLIENT_PANELS, "accounts/client_detail.html", own)


def _record(request, row, panels, template, own):
    """The page of a row: its own context, the panels of every app and its timeline."""
    _name, said = happened(request, row)
    read_on(request.user, said["entries"])
    context = own | {"timeline": said, "panels": draw(request, panels, row)}
    return render(request, template, context)
