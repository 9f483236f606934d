"""Wishes to be forgotten: seen, carried out or refused by admins and managers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.erasure import carry_out, preview
from accounts.exports import take_away_all
from accounts.forms import RefuseForm
from accounts.models import Contact, ErasureRequest
from crm.lib.access import get_editable, get_visible, role_required
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
@require_POST
def erasure_carry_out(request, pk):
    row = get_editable(ErasureRequest, pk, request.user)
    carry_out(row, by=request.user)
    messages.success(
        request, _("It is done: what named them is gone, sums are as before.")
    )
    return redirect("accounts:erasures")


@role_required("admin", "manager")
def erasure_refuse(request, pk):
    """Say why everything stays."""
    row = get_editable(ErasureRequest, pk, request.user)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row.refuse(by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Nothing was changed; {who} reads why.").format(who=row)
        )
        return redirect("accounts:erasures")
    context = {
        "form": form,
        "title": _("Refuse the wish of {who} to be forgotten").format(who=row),
        "save": _("Refuse it"),
        "back": reverse("accounts:erasure", args=[row.pk]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)


@role_required("admin")
@require_POST
def subject_export(request, pk):
    """Everything about a person, for an admin whom they asked for it."""
    contact = get_editable(Contact, pk, request.user)
    return take_away_all(contact, by=request.user, address=request.path)
