"""Record pages: one row with what every app knows about it."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from crm.lib.access import SELLERS, role_required
from crm.pages.panels import draw
from leads import meeting_panels as meetings
from leads import panels as leads
from leads.models import Lead
from notifications.panels import timeline
from projects import panels as projects
from sales import panels as sales

# The rail of a lead, from top to bottom.
LEAD_PANELS = [
    leads.next_step,
    meetings.lead_panel,
    projects.lead_panel,
    sales.lead_panel,
    leads.facts,
    leads.actions,
]


@role_required(*SELLERS)
@require_GET
def lead(request, pk):
    """A lead: what was said, what is known, what can be done."""
    row = get_object_or_404(Lead.objects.visible_to(request.user).with_names(), pk=pk)
    after = request.GET.get("after")
    name, happened = timeline(request.user, row, after)
    if request.htmx and after:
        return render(request, name, happened)
    [steps, box] = draw(request, [leads.steps, leads.log_box], row)
    context = {
        "lead": row,
        "lede": leads.lede(row),
        "steps": steps,
        "log_box": box,
        "timeline": happened,
        "panels": draw(request, LEAD_PANELS, row),
    }
    return render(request, "leads/lead_detail.html", context)
