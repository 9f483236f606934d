"""The customer area's projects: to read, and to approve what is asked for."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.lib.access import role_required
from crm.lib.paging import KeysetPage
from projects.documents import may_add, newest_documents
from projects.forms import SendBackForm
from projects.gates import get_answerable
from projects.hours import budget_text, hours_of, shares
from projects.models import LogEntry, Milestone, Project
from projects.outline import TONES, outline, shown_to, with_outlines
from projects.panels import project_talk

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
    rows = Project.objects.visible_to(request.user).select_related("client__owner")
    return _page(request, get_object_or_404(rows, pk=pk))


@require_POST
@role_required("client")
def milestone_approve(request, pk):
    milestone = get_answerable(pk, request.user)
    milestone.approve(by=request.user)
    messages.success(request, _("Thank you. The team is told."))
    return redirect(_place(milestone))


@require_POST
@role_required("client")
def milestone_return(request, pk):
    """Send it back with what should be different."""
    milestone = get_answerable(pk, request.user)
    form = SendBackForm(request.POST, prefix=f"m{milestone.pk}")
    if not form.is_valid():
        return _page(request, milestone.project, form, status=422)
    milestone.send_back(text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("The team is told, and goes on with it."))
    return redirect(_place(milestone))


def _place(milestone):
    url = reverse("portal:project", args=[milestone.project_id])
    return f"{url}#milestone-{milestone.pk}"


def _page(request, row, form=None, *, status=200):
    steps = Milestone.objects.visible_to(request.user).filter(project=row)
    asked = Milestone.objects.visible_to(request.user).answerable_by(request.user)
    asked = asked.waiting().filter(project=row)
    forms = {
        pk: SendBackForm(prefix=f"m{pk}") for pk in asked.values_list("pk", flat=True)
    }
    if form is not None:
        forms[int(form.prefix[1:])] = form
    rows = list(steps)
    for step in rows:
        step.return_form = forms.get(step.pk)
    context = {
        "project": row,
        "tone": TONES[row.state],
        "outline": outline(rows, over=row.is_over),
        "log": _log(request.user, row),
        **_hours(request.user, row),
        "documents": newest_documents(request.user, row),
        "can_add": may_add(request.user, row),
        "people": list(_people(row)),
        "talk": project_talk(request.user, row),
    }
    return render(request, "projects/portal_project.html", context, status=status)


def _log(user, row):
    """The entries for the client; a hidden milestone is not named."""
    found = LogEntry.objects.visible_to(user).filter(project=row)
    entries = list(found.select_related("by", "milestone")[:LOG_SHOWN])
    for entry in entries:
        step = entry.milestone
        entry.milestone_name = step.name if step and step.client_visible else ""
    return entries


def _hours(user, row):
    """What is used of the budget, where the project's lead shows it."""
    if not row.show_budget:
        return {}
    return {
        "hours": hours_of(user, row),
        "shares": shares(user, row),
        "amount": budget_text(row),
    }


def _people(row):
    lead = row.members.filter(right="lead").select_related("user").first()
    if lead:
        yield {"name": lead.user, "role": _("Leads your project")}
    if row.client.owner:
        yield {"name": row.client.owner, "role": _("Your account manager")}
