"""The board of a project, and what is done with its cards."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.lib.access import STAFF, get_editable, role_required
from crm.lib.onward import next_url, onward
from leads.views.verbs import form_page, require_form
from projects.board import columns
from projects.board_forms import BoardFilter, GiveForm, MoveForm, PlaceForm
from projects.gates import get_with_rights
from projects.models import TaskOfProject
from projects.tasking import give_task


@require_safe
@role_required(*STAFF)
def board(request, pk):
    """The tasks of a project by how far they are, of one milestone or person if wished."""
    project = get_with_rights(pk, request.user)
    context = _context(request, project, request.GET)
    return render(request, "projects/board.html", context)


def _context(request, project, query, give_form=None):
    user = request.user
    milestones = list(project.milestones.all())
    people = list(project.team().filter(is_active=True).order_by("first_name", "pk"))
    filters = BoardFilter(query, milestones=milestones, people=people)
    links = TaskOfProject.objects.visible_to(user).filter(project=project)
    back = f"{project.get_absolute_url()}board/"
    if query:
        back += f"?{query.urlencode()}"
    form = GiveForm(milestones=milestones, people=people, user=user)
    return {
        "project": project,
        "filters": filters,
        "columns": columns(
            filters.apply(links),
            back=back,
            can_edit=project.can_edit,
            more=query.get("done") == "more",
        ),
        "form": give_form or form,
        "can_edit": project.can_edit,
    }


@require_POST
@role_required(*STAFF)
def task_add(request, pk):
    """Note a task for somebody of the team."""
    project = get_with_rights(pk, request.user)
    if not project.can_edit:
        raise PermissionDenied
    people = list(project.team().filter(is_active=True))
    steps = list(project.milestones.all())
    form = GiveForm(request.POST, milestones=steps, people=people, user=request.user)
    if not form.is_valid():
        context = _context(request, project, QueryDict(), form)
        return render(request, "projects/board.html", context, status=422)
    link = give_task(project, **form.cleaned_data, by=request.user)
    text = _("“{task}” is noted for {owner}.")
    messages.success(request, text.format(task=link.task, owner=link.task.owner))
    return redirect("projects:board", pk)


@require_POST
@role_required(*STAFF)
def task_move(request, pk):
    """To another column: a dragged card gets the new board."""
    link = get_editable(TaskOfProject, pk, request.user)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return form_page(
            request, link, form, _("Where does “{task}” belong?").format(task=link.task)
        )
    column = TaskOfProject.Column(form.cleaned_data["state"])
    link.move(column, by=request.user)
    if request.htmx:
        project = get_with_rights(link.project_id, request.user)
        query = QueryDict(urlsplit(next_url(request)).query)
        context = _context(request, project, query)
        return render(request, "projects/_board.html", context)
    text = _("“{task}” is in “{column}” now.")
    messages.success(request, text.format(task=link.task, column=column.label))
    return onward(request, link)


@role_required(*STAFF)
@require_form
def task_place(request, pk):
    """Under another milestone, or under none."""
    link = get_editable(TaskOfProject, pk, request.user)
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        project=link.project,
        initial={"milestone": link.milestone_id},
    )
    if not form.is_valid():
        title = _("Milestone of “{task}”").format(task=link.task)
        return form_page(request, link, form, title)
    link.place(form.cleaned_data["milestone"], by=request.user)
    messages.success(request, _("The milestone is changed."))
    return onward(request, link)
