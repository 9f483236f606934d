"""Hours of a project and its budget; the texts it is built by."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exports import LISTING, export
from crm.lib.access import STAFF, get_editable, role_required
from crm.lib.paging import KeysetPage
from projects.exports import HOURS
from projects.gates import get_led, get_with_rights
from projects.hours import budget_text, hours_of, shares
from projects.models import TimeEntry
from projects.work_forms import BudgetForm, TextsForm, TimeForm


@require_http_methods(LISTING)
@role_required(*STAFF)
def hours(request, pk):
    """Every entry, by milestone with ?milestone=, and the whole list as a file."""
    project = get_with_rights(pk, request.user)
    rows = TimeEntry.objects.visible_to(request.user).filter(project=project)
    page = KeysetPage(
        of_milestone(request, rows).select_related("by", "milestone"),
        request.GET.get("after"),
        order=("-day", "-pk"),
    )
    if request.method == "POST":
        return export(request, page, HOURS)
    return _page(request, project, page)


def of_milestone(request, rows):
    wish = request.GET.get("milestone", "")
    known = wish.isascii() and wish.isdigit() and len(wish) < 10
    return rows.filter(milestone=int(wish)) if known else rows


def _page(request, project, page, form=None, *, status=200):
    user = request.user
    milestones = list(project.milestones.all())
    context = {
        "project": project,
        "page": page,
        "hours": hours_of(user, project),
        "shares": shares(user, project),
        "amount": budget_text(project),
        "milestones": milestones,
        "milestone": request.GET.get("milestone", ""),
        "mine": user.pk if project.can_edit else None,
        "form": form or TimeForm(milestones=milestones),
    }
    return render(request, "projects/hours.html", context, status=status)


@require_POST
@role_required(*STAFF)
def hours_log(request, pk):
    project = get_with_rights(pk, request.user)
    if not project.can_edit:
        raise PermissionDenied
    form = TimeForm(request.POST, milestones=list(project.milestones.all()))
    if not form.is_valid():
        rows = TimeEntry.objects.visible_to(request.user).filter(project=project)
        rows = rows.select_related("by", "milestone")
        page = KeysetPage(rows, order=("-day", "-pk"))
        return _page(request, project, page, form, status=422)
    TimeEntry.log(project, **form.cleaned_data, by=request.user)
    messages.success(request, _("The hours are logged."))
    if warning := hours_of(request.user, project).warning:
        messages.warning(request, warning)
    return redirect(project)


@require_POST
@role_required(*STAFF)
def hours_remove(request, pk):
    entry = get_editable(TimeEntry, pk, request.user)
    entry.remove(by=request.user)
    messages.success(request, _("The entry is taken out."))
    return redirect("projects:hours", entry.project_id)


@role_required(*STAFF)
def budget(request, pk):
    """How many hours and how much money are agreed, and whether the client sees it."""
    project = get_led(pk, request.user)
    form = BudgetForm(request.POST or None, instance=project)
    if request.method == "POST" and form.is_valid():
        project.set_budget(**form.cleaned_data, by=request.user)
        messages.success(request, _("The budget is saved."))
        return redirect("projects:hours", pk)
    title = _("Budget of {project}").format(project=project)
    return _form_page(request, form, project, title)


@role_required(*STAFF)
def texts(request, pk):
    """What was agreed to be built; the client reads it."""
    project = get_led(pk, request.user)
    form = TextsForm(request.POST or None, instance=project)
    if request.method == "POST" and form.is_valid():
        project.describe(**form.cleaned_data, by=request.user)
        messages.success(request, _("The texts are saved; the client reads them."))
        return redirect(project)
    title = _("Specification of {project}").format(project=project)
    return _form_page(request, form, project, title, list(_earlier(project)))


def _form_page(request, form, project, title, earlier=()):
    context = {"form": form, "project": project, "title": title, "earlier": earlier}
    status = 422 if form.errors else 200
    return render(request, "projects/texts_form.html", context, status=status)


def _earlier(project):
    """What the texts said before, the newest first."""
    known = (project.specification, project.requirements)
    rows = project.history.select_related("history_user").order_by("-history_id")
    for row in rows[:200]:
        texts = (row.specification, row.requirements)
        if texts != known and any(texts):
            yield row
        known = texts
