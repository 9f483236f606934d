"""Requests of clients: the list, the page of one, and one view per verb."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.exports import LISTING, export
from accounts.models import Client
from crm.lib.access import (
    SELLERS,
    STAFF,
    find_visible,
    get_editable,
    get_visible,
    role_required,
)
from crm.lib.onward import onward
from crm.lib.paging import KeysetPage
from projects.asking import ask
from projects.exports import REQUESTS
from projects.models import Project, Request
from projects.request_forms import (
    AnswerForm,
    AskForm,
    AssignForm,
    MoveForm,
    NoteForm,
    RequestFilter,
)
from projects.request_reports import figures, kinds_pie, lasting, sentence
from projects.request_talk import conversation


@require_http_methods(LISTING)
@role_required(*STAFF)
def request_list(request):
    """What clients asked, the longest wait first."""
    form = RequestFilter(request.GET, user=request.user)
    rows = form.narrow(Request.objects.visible_to(request.user))
    shown = form.found(form.apply(rows)).with_names()
    page = KeysetPage(shown, request.GET.get("after"), order=form.order)
    if request.method == "POST":
        return export(request, page, REQUESTS)
    counts = rows.counts(request.user)
    context = {
        "form": form,
        "page": page,
        "lede": sentence(counts, figures(rows)),
        "chips": list(form.chips(counts)),
        "pie": kinds_pie(rows),
        "of_client": find_visible(Client, form.wish.get("client"), request.user),
    }
    return render(request, "requests/request_list.html", context)


@role_required(*SELLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def create(request, pk):
    """Write down what a client asked on the telephone or by mail."""
    client = get_editable(Client, pk, request.user)
    form = AskForm(request.POST or None, user=request.user, client=client)
    if form.is_valid():
        made = ask(form.instance, by=request.user)
        messages.success(request, _("The request is open."))
        return redirect(made)
    status = 422 if form.is_bound else 200
    context = {"form": form, "client": client}
    return render(request, "requests/request_form.html", context, status=status)


@require_safe
@role_required(*STAFF)
def detail(request, pk):
    return _page(request, get_visible(Request, pk, request.user))


@require_POST
@role_required(*STAFF)
def answer(request, pk):
    """Write to the client; `then` says whether it waits or is solved with that."""
    row = get_editable(Request, pk, request.user)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, answer_form=form)
    row.answer(**form.cleaned_data, by=request.user)
    messages.success(request, _("The client is told."))
    return onward(request, row)


@require_POST
@role_required(*STAFF)
def note(request, pk):
    row = get_visible(Request, pk, request.user)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, row, note_form=form)
    row.note(**form.cleaned_data, by=request.user)
    messages.success(request, _("The note is kept; clients do not see it."))
    return redirect(row)


@require_POST
@role_required(*STAFF)
def take(request, pk):
    """Have it oneself."""
    row = get_editable(Request, pk, request.user)
    row.assign(request.user, by=request.user)
    messages.success(request, _("It is yours now."))
    return onward(request, row)


@require_POST
@role_required(*STAFF)
def assign(request, pk):
    row = get_editable(Request, pk, request.user)
    form = AssignForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, row, assign_form=form)
    owner = form.cleaned_data["owner"]
    row.assign(owner, by=request.user)
    messages.success(request, _("It is with {owner} now.").format(owner=owner))
    return _back(request, row)


@require_POST
@role_required(*STAFF)
def move(request, pk):
    """To another department; who moved it may not see it any more."""
    row = get_editable(Request, pk, request.user)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _page(request, row, move_form=form)
    department = form.cleaned_data["department"]
    row.move(department, by=request.user)
    text = _("It is with {department} now.").format(department=department)
    messages.success(request, text)
    return _back(request, row)


@require_POST
@role_required(*STAFF)
def wait(request, pk):
    row = get_editable(Request, pk, request.user)
    row.wait(by=request.user)
    messages.success(request, _("It waits for the client now."))
    return redirect(row)


@require_POST
@role_required(*STAFF)
def solve(request, pk):
    row = get_editable(Request, pk, request.user)
    row.solve(by=request.user)
    messages.success(request, _("Solved; the client may open it again."))
    return redirect(row)


@require_POST
@role_required(*STAFF)
def reopen(request, pk):
    row = get_editable(Request, pk, request.user)
    row.reopen(by=request.user)
    messages.success(request, _("It is open again."))
    return redirect(row)


def _back(request, row):
    """To its page, or to the list if it is out of sight now."""
    seen = find_visible(Request, row.pk, request.user)
    return redirect(row if seen else "requests:list")


def _page(request, row, **refused):
    """The page of one request, with a form that was refused, if one was."""
    user = request.user
    rows = Request.objects.visible_to(user).with_names()
    row = get_object_or_404(
        rows.select_related("contact", "invoice", "rule"), pk=row.pk
    )
    can_edit = Request.objects.editable_by(user).filter(pk=row.pk).exists()
    if refused and not can_edit and "note_form" not in refused:
        raise PermissionDenied
    context = {
        "row": row,
        "posts": conversation(user, row),
        "can_edit": can_edit,
        "client_url": _address(Client, row.client_id, user),
        "project_url": _address(Project, row.project_id, user),
        "times": [
            (span and lasting(span - row.created))
            for span in (row.answered, row.solved)
        ],
        "answer_form": AnswerForm(),
        "note_form": NoteForm(),
        "assign_form": AssignForm(user=user),
        "move_form": MoveForm(),
        **refused,
    }
    status = 422 if refused else 200
    return render(request, "requests/request_detail.html", context, status=status)


def _address(model, pk, user):
    """Where the row is, "" for who may not see it."""
    row = find_visible(model, pk, user)
    return row.get_absolute_url() if row else ""
