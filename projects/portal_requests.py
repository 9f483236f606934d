"""The customer area's requests: to ask, to follow and to say whether it is solved."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import Client
from accounts.portal import writes
from crm.lib.access import get_editable, role_required
from crm.lib.paging import KeysetPage
from projects.asking import ask
from projects.models import Request, RequestPost
from projects.request_forms import AnswerForm, AskForm
from projects.request_talk import conversation


@require_safe
@role_required("client")
def requests(request):
    """What the firm was asked, the last word first."""
    rows = Request.objects.visible_to(request.user).select_related("project")
    words = RequestPost.objects.visible_to(request.user).order_by("-pk")
    last = words.filter(request=OuterRef("pk")).values(short=Left("text", 140))[:1]
    page = KeysetPage(
        rows.annotate(last_word=Subquery(last)),
        request.GET.get("after"),
        order=("-since", "-pk"),
        size=20,
    )
    context = {
        "page": page,
        "open": rows.unsolved().count(),
        "yours": rows.waiting().count(),
        "can_ask": writes(request.user),
    }
    return render(request, "requests/portal_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("client")
def new(request):
    """Ask or report something."""
    client = Client.objects.visible_to(request.user).first()
    if client is None or not writes(request.user):
        raise PermissionDenied
    about = {name: request.GET.get(name) for name in ("kind", "project", "invoice")}
    form = AskForm(
        request.POST or None, user=request.user, client=client, initial=about
    )
    if form.is_valid():
        row = ask(form.instance, by=request.user)
        messages.success(request, _("We have it. You read our answer here."))
        return redirect("portal:request", row.pk)
    status = 422 if form.is_bound else 200
    return render(request, "requests/portal_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("client")
def one(request, pk):
    """What was said about a request, and the box to go on."""
    if request.method != "POST":
        return _page(request, pk)
    row = get_editable(Request, pk, request.user)
    form = AnswerForm({"text": request.POST.get("text", "")})
    if not form.is_valid():
        return _page(request, pk, form)
    row.answer(form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Your message is sent."))
    return redirect("portal:request", pk)


@require_POST
@role_required("client")
def solve(request, pk):
    """It is solved."""
    row = get_editable(Request, pk, request.user)
    row.solve(by=request.user)
    messages.success(request, _("Thank you: this request is closed."))
    return redirect("portal:request", pk)


@require_POST
@role_required("client")
def reopen(request, pk):
    """It is not solved after all."""
    row = get_editable(Request, pk, request.user)
    row.reopen(by=request.user)
    messages.success(request, _("It is open again, and we are told."))
    return redirect("portal:request", pk)


def _page(request, pk, form=None):
    rows = Request.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("project", "owner", "contact"), pk=pk)
    can_edit = Request.objects.editable_by(request.user).filter(pk=pk).exists()
    form = form or (AnswerForm() if can_edit else None)
    context = {
        "row": row,
        "posts": conversation(request.user, row),
        "form": form,
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "requests/portal_request.html", context, status=status)
