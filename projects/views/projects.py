"""The list of projects, the page of one, and what its people do with it."""

from decimal import Decimal

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.exports import LISTING, export
from accounts.models import Client, User
from crm.lib.access import STAFF, find_visible, get_editable, role_required
from crm.lib.paging import KeysetPage
from leads.panels import tasks
from notifications.panels import happened, piece
from projects.billing import with_invoices
from projects.documents import newest_documents
from projects.exports import PROJECTS
from projects.forms import (
    FilterForm,
    LeaveForm,
    LogForm,
    MemberForm,
    ProjectForm,
    StateForm,
)
from projects.gates import get_led
from projects.hours import Hours, with_hours
from projects.late import with_notices
from projects.models import LogEntry, Project, ProjectMember
from projects.outline import TONES, outline, shown_to, with_outlines
from projects.panels import project_talk
from projects.request_panels import with_asked
from projects.undoable import can_undo
from projects.work_forms import TimeForm

LOG_SHOWN = 30
LATE_SHOWN = 1000


@require_http_methods(LISTING)
@role_required(*STAFF)
def project_list(request):
    """Every project one may see, with how far it is and what is late."""
    form = FilterForm(request.GET, user=request.user)
    found = form.apply(Project.objects.visible_to(request.user))
    rows = shown_to(request.user, found.select_related("client"))
    page = KeysetPage(rows, request.GET.get("after"))
    if request.method == "POST":
        return export(request, page, PROJECTS)
    context = {
        "form": form,
        "page": page,
        "projects": with_outlines(page.rows),
        "late": found.late().order_by()[:LATE_SHOWN].count(),
        "of_client": _named_client(form, request.user),
        "can_see_client": request.user.is_seller,
        "can_set_up": request.user.role in ("admin", "manager"),
    }
    return render(request, "projects/project_list.html", context)


def _named_client(form, user):
    pk = form.cleaned_data.get("client")
    return find_visible(Client, pk, user)


@require_safe
@role_required(*STAFF)
def detail(request, pk):
    rows = Project.objects.visible_to(request.user).with_rights(request.user)
    rows = with_hours(rows.select_related("client__owner", "lead", "template"))
    rows = with_asked(rows, request.user, "project")
    project = get_object_or_404(rows, pk=pk)
    if part := piece(request, project):
        return part
    return render(request, "projects/project_detail.html", page(request, project))


def page(request, project, *, log_form=None):
    """What the page of one project, fetched `with_rights`, shows."""
    user, can_lead = request.user, project.can_lead
    may_write = can_lead or user.role == User.Role.BD
    milestones = list(with_notices(project.milestones.all()))
    if user.is_seller:
        milestones = with_invoices(user, milestones)
    log, chosen = _log(request, project, milestones)
    members = list(project.members.select_related("user"))
    is_led = any(one.right == ProjectMember.Right.LEAD for one in members)
    return {
        "project": project,
        "tone": TONES[project.state],
        "milestones": milestones,
        "outline": outline(milestones, over=project.is_over),
        "log": log,
        "log_of": chosen,
        "documents": newest_documents(user, project),
        "hours": Hours(project.used or Decimal(0), project.budget_hours),
        "time_form": TimeForm(milestones=milestones),
        "members": members,
        "is_led": is_led,
        "timeline": happened(request, project)[1],
        "tasks": tasks(user, project)[1],
        "talk": project_talk(user, project, may_write=may_write),
        "can_edit": project.can_edit,
        "can_lead": can_lead,
        "can_see_client": user.is_seller,
        "can_trash": user.role in ("admin", "manager"),
        "can_undo": can_undo(project, by=user),
        "log_form": log_form
        or LogForm(project=project, can_publish=can_lead, user=user),
        "state_form": StateForm(initial={"state": project.state}),
        "member_form": MemberForm(user=user, is_led=is_led),
    }


def _log(request, project, milestones):
    """The newest entries, of one milestone when `?milestone=` names it."""
    wish = request.GET.get("milestone", "")
    chosen = next((m for m in milestones if str(m.pk) == wish), None)
    rows = LogEntry.objects.visible_to(request.user).filter(project=project)
    if chosen:
        rows = rows.filter(milestone=chosen)
    return rows.select_related("by", "milestone")[:LOG_SHOWN], chosen


@role_required(*STAFF)
def edit(request, pk):
    """Its name, what it is about, start and due day."""
    project = get_led(pk, request.user)
    form = ProjectForm(request.POST or None, instance=project)
    if request.method == "POST" and form.is_valid():
        project.edit(**form.cleaned_data, by=request.user)
        messages.success(request, _("The facts are saved."))
        return redirect(project)
    status = 422 if form.errors else 200
    context = {"form": form, "project": project}
    return render(request, "projects/project_form.html", context, status=status)


@require_POST
@role_required(*STAFF)
def state(request, pk):
    project = get_led(pk, request.user)
    form = StateForm(request.POST)
    if form.is_valid():
        project.enter(form.cleaned_data["state"], by=request.user)
    else:
        messages.error(request, _("There is no such state; nothing was changed."))
    return redirect(project)


@require_POST
@role_required(*STAFF)
def member_add(request, pk):
    project = get_led(pk, request.user)
    form = MemberForm(request.POST, user=request.user)
    if form.is_valid():
        wish = form.cleaned_data
        project.add_member(wish["user"], right=wish["right"], by=request.user)
    else:
        messages.error(request, _("Choose a developer; nobody was added."))
    return redirect(project)


@require_POST
@role_required(*STAFF)
def member_remove(request, pk):
    project = get_led(pk, request.user)
    form = LeaveForm(request.POST, project=project)
    if form.is_valid():
        project.remove_member(form.cleaned_data["user"], by=request.user)
    else:
        messages.error(request, _("This person is not on the team."))
    return redirect(project)


@require_POST
@role_required("admin", "manager")
def trash(request, pk):
    """Put away for 30 days."""
    project = get_editable(Project, pk, request.user)
    project.trash(by=request.user)
    text = _("{project} is in the trash for 30 days.").format(project=project)
    undo = reverse("projects:restore", args=[pk])
    messages.success(request, text, extra_tags=undo)
    return redirect("projects:list")


@require_POST
@role_required("admin", "manager")
def restore(request, pk):
    """Take out of the trash."""
    rows = Project.objects.visible_to(request.user, trashed=True)
    project = get_object_or_404(rows, pk=pk)
    project.restore(by=request.user)
    text = _("{project} is out of the trash.").format(project=project)
    messages.success(request, text)
    return redirect(project)
