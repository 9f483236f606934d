"""The customer area's projects: everything to read, nothing to change."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.lib.access import get_visible, role_required
from crm.lib.paging import KeysetPage
from projects.models import LogEntry, Milestone, Project
from projects.outline import TONES, outline, shown_to, with_outlines

LOG_SHOWN = 50


@require_safe
@role_required("client")
def projects(request):
    """The client's projects, running and finished."""
    rows = Project.objects.visible_to(request.user)
    page = KeysetPage(shown_to(request.user, rows), request.GET.get("after"), size=20)
    context = {
        "page": page,
        "projects": with_outlines(page.rows),
        "running": rows.active().count(),
    }
    return render(request, "projects/portal_list.html", context)


@require_safe
@role_required("client")
def project(request, pk):
    row = get_visible(Project, pk, request.user)
    steps = Milestone.objects.visible_to(request.user).filter(project=row)
    context = {
        "project": row,
        "tone": TONES[row.state],
        "outline": outline(steps, over=row.is_over),
        "log": _log(request.user, row),
        "people": list(_people(row)),
    }
    return render(request, "projects/portal_project.html", context)


def _log(user, row):
    """The entries for the client; a hidden milestone is not named."""
    found = LogEntry.objects.visible_to(user).filter(project=row)
    entries = list(found.select_related("by", "milestone")[:LOG_SHOWN])
    for entry in entries:
        step = entry.milestone
        entry.milestone_name = step.name if step and step.client_visible else ""
    return entries


def _people(row):
    lead = row.members.filter(right="lead").select_related("user").first()
    if lead:
        yield {"name": lead.user, "role": _("Leads your project")}
    if row.client.owner:
        yield {"name": row.client.owner, "role": _("Your account manager")}
