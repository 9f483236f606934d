"""Tasks: the list, and one view per verb."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exports import LISTING, export
from crm.lib.access import STAFF, get_editable, role_required
from crm.lib.onward import next_url, with_next
from crm.lib.paging import KeysetPage
from leads.agenda import CAP, figures, grouped, sentence
from leads.exports import tasks_sheet
from leads.models import Task
from leads.task_forms import DelegateForm, PostponeForm, TaskFilter, TaskForm
from leads.tasking import add_task, named_subject
from leads.views.verbs import require_form


@role_required(*STAFF)
@require_http_methods(LISTING)
def task_list(request):
    """One's own tasks by day; whoever sees more may look at everybody's."""
    filters = TaskFilter(request.GET, user=request.user)
    gate = filters.gate()
    rows = filters.apply(gate).with_names()
    after = request.GET.get("after")
    order = ("-due", "-pk") if filters.state == "done" else ("due", "pk")
    page = KeysetPage(rows, after, order=order, cap=CAP)
    if request.method == "POST":
        return export(request, page, tasks_sheet())
    known = figures(filters.whose(gate))
    page.count = known["open"] if filters.state == "open" else page.count
    is_open = filters.state == "open"
    context = {
        "page": page,
        "groups": grouped(page.rows) if is_open else [{"tasks": page.rows}],
        "filters": filters,
        "lede": sentence(known),
        "here": request.get_full_path(),
    }
    return render(request, "leads/task_list.html", context)


def asked_subject(request):
    """The row that ?about=lead-5 names, if this user may see it; None for none."""
    text = request.GET.get("about", "")
    subject = named_subject(text, request.user)
    if text and subject is None:
        raise Http404
    return subject


@role_required(*STAFF)
@require_form
def create(request):
    """Note a task; ?about= says what for."""
    subject = asked_subject(request)
    form = TaskForm(request.POST or None, user=request.user, subject=subject)
    if form.is_valid():
        task = add_task(form.instance, by=request.user, subject=subject)
        text = _("The task is noted for {owner}, {day}.")
        text = text.format(owner=task.owner, day=task.due_text)
        text = f"{text} {task.too_late}".strip()
        again = with_next(request, "tasks:trash", task.pk)
        messages.success(request, text, extra_tags=again)
        return _onward(request, subject)
    status = 422 if form.is_bound else 200
    context = {"form": form, "subject": subject}
    return render(request, "leads/task_form.html", context, status=status)


def _onward(request, subject=None):
    return redirect(next_url(request) or subject or "tasks:list")


@role_required(*STAFF)
@require_form
def edit(request, pk):
    """A task with all there is to it."""
    task = _task(request, pk)
    subject = task.subject
    form = TaskForm(
        request.POST or None, instance=task, user=request.user, subject=subject
    )
    if form.is_valid():
        task.edit(by=request.user, **form.cleaned_data)
        too_late = task.too_late if form.replans else ""
        text = _("The task is saved.")
        messages.success(request, f"{text} {too_late}".strip())
        return _onward(request)
    context = {"form": form, "task": task, "subject": subject, "here": request.path}
    status = 422 if form.is_bound else 200
    return render(request, "leads/task_form.html", context, status=status)


def _task(request, pk):
    rows = Task.objects.editable_by(request.user).with_names()
    return get_object_or_404(rows, pk=pk)


def _done(request, task, text, undo=""):
    """Say what happened, with the way back, and go on to ?next= or the list."""
    tags = with_next(request, undo, task.pk) if undo else ""
    messages.success(request, text, extra_tags=tags)
    return redirect(next_url(request) or "tasks:list")


@role_required(*STAFF)
@require_POST
def finish(request, pk):
    """Tick it off."""
    task = get_editable(Task, pk, request.user)
    task.finish(by=request.user)
    return _done(request, task, _("Done: {task}").format(task=task), "tasks:reopen")


@role_required(*STAFF)
@require_POST
def reopen(request, pk):
    """Put it back on the list."""
    task = get_editable(Task, pk, request.user)
    task.reopen(by=request.user)
    return _done(request, task, _("“{task}” is open again.").format(task=task))


@role_required(*STAFF)
@require_form
def postpone(request, pk):
    """To tomorrow or next week in one click, or to another day."""
    task = get_editable(Task, pk, request.user)
    form = PostponeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _verb_page(request, task, form, _("Move “{task}” to another day"))
    wish = form.cleaned_data
    task.postpone(wish["on"] or task.postpone_to(wish["to"]), by=request.user)
    text = _("“{task}” is due {day} now.")
    day = date_format(task.due_on, "l, j M Y")
    text = f"{text.format(task=task, day=day)} {task.too_late}".strip()
    return _done(request, task, text)


@role_required(*STAFF)
@require_form
def delegate(request, pk):
    """Give it to a colleague who may see what it is about."""
    task = _task(request, pk)
    form = DelegateForm(request.POST or None, user=request.user, task=task)
    if not form.is_valid():
        return _verb_page(request, task, form, _("Who takes over “{task}”?"))
    task.delegate(form.cleaned_data["owner"], by=request.user)
    text = _("“{task}” is with {owner} now.").format(task=task, owner=task.owner)
    return _done(request, task, text)


def _verb_page(request, task, form, title):
    """A verb's own small page: the way without script, and back after a mistake."""
    context = {"form": form, "lead": task, "title": title.format(task=task)}
    status = 422 if form.is_bound else 200
    return render(request, "leads/verb_form.html", context, status=status)


@role_required(*STAFF)
@require_POST
def trash(request, pk):
    """Put away for 30 days."""
    task = get_editable(Task, pk, request.user)
    task.trash(by=request.user)
    text = _("“{task}” is in the trash for 30 days.").format(task=task)
    return _done(request, task, text, "tasks:restore")


@role_required(*STAFF)
@require_POST
def restore(request, pk):
    """Take out of the trash."""
    trashed = Task.objects.visible_to(request.user, trashed=True)
    task = get_object_or_404(trashed, pk=pk)
    task.restore(by=request.user)
    return _done(request, task, _("“{task}” is back.").format(task=task))
