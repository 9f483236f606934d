"""Wishes to be forgotten: seen, carried out or refused by admins and managers."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from accounts.erasure import carry_out, preview
from accounts.exports import take_away_all
from accounts.forms import CarryOutForm, RefuseForm, ToldForm
from accounts.models import Contact, ErasureRequest, User
from crm.lib.access import SELLERS, get_editable, get_visible, role_required
from crm.lib.paging import KeysetPage


@role_required("admin", "manager")
@require_GET
def erasures(request):
    """Who asked to be forgotten, the newest first."""
    rows = ErasureRequest.objects.visible_to(request.user).with_names()
    page = KeysetPage(rows, request.GET.get("after"))
    context = {"page": page, "waiting": rows.waiting().count()}
    return render(request, "accounts/erasures.html", context)


@role_required("admin", "manager")
@require_GET
def erasure(request, pk):
    """What would go and what has to stay."""
    row = get_visible(ErasureRequest, pk, request.user)
    context = {"row": row, "waits": row.state == row.State.WAITING}
    if context["waits"]:
        context |= preview(row)
    return render(request, "accounts/erasure.html", context)


@role_required("admin", "manager")
@require_http_methods(["GET", "HEAD", "POST"])
def erasure_carry_out(request, pk):
    """Forget them for good; asks first, and only who has just shown that it is them."""
    row = get_editable(ErasureRequest, pk, request.user)
    return _carry_out(request, row)


@reauthentication_required
def _carry_out(request, row):
    form = CarryOutForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        carry_out(row, by=request.user)
        text = _("It is done: what named them is gone, sums are as before.")
        messages.success(request, text)
        return redirect("accounts:erasures")
    here = reverse("accounts:erasure", args=[row.pk])
    if row.state != row.State.WAITING:
        return redirect(here)
    hint = _("Their names and addresses go for good, and with them their login.")
    if row.whole_firm:
        hint = _("The firm and all its people go for good, and with them their logins.")
    context = {
        "form": form,
        "title": _("Forget {who} for good").format(who=row),
        "hint": hint,
        "save": _("Forget them for good"),
        "kind": "danger",
        "back": here,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)


@role_required("admin", "manager")
def erasure_refuse(request, pk):
    """Say why everything stays."""
    row = get_editable(ErasureRequest, pk, request.user)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row.refuse(by=request.user, **form.cleaned_data)
        text = _("Nothing was changed; tell {who} why.")
        if row.contact and row.contact.can_sign_in:
            text = _("Nothing was changed; {who} reads why.")
        messages.success(request, text.format(who=row))
        return redirect("accounts:erasures")
    context = {
        "form": form,
        "title": _("Refuse the wish of {who} to be forgotten").format(who=row),
        "save": _("Refuse it"),
        "back": reverse("accounts:erasure", args=[row.pk]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)


@role_required(*SELLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def erasure_note(request, pk):
    """Write down that somebody asked to be forgotten, on the telephone or by letter."""
    contact = get_editable(Contact, pk, request.user)
    form = ToldForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if row := form.ask(contact, by=request.user):
            return _noted(request, row)
        status = 409
    context = {
        "form": form,
        "title": _("{who} asks to be forgotten").format(who=contact),
        "hint": _(
            "Make sure that it is them. Nothing goes before an admin or a manager has "
            "seen what would go and carries it out."
        ),
        "save": _("Note the wish"),
        "back": reverse("accounts:contact_edit", args=[pk]),
    }
    return render(request, "accounts/form.html", context, status=status)


def _noted(request, row):
    """Who decides looks at once at what would go; the others are told who does."""
    if request.user.role != User.Role.BD:
        return redirect("accounts:erasure", row.pk)
    messages.success(request, _("It is noted; admins and managers are told."))
    return redirect(row.client)


@role_required("admin")
@require_POST
def subject_export(request, pk):
    """Everything about a person, for an admin whom they asked for it."""
    contact = get_editable(Contact, pk, request.user)
    return take_away_all(contact, by=request.user, address=request.path)
