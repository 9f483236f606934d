"""Settling what clients asked us to change of their details."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.changes import accept_change
from accounts.forms import RefuseForm
from accounts.models import ChangeRequest
from crm.lib.access import SELLERS, get_editable, role_required


@role_required(*SELLERS)
@require_POST
def change_accept(request, pk):
    row = get_editable(ChangeRequest, pk, request.user)
    accept_change(row, by=request.user)
    text = _("The new details are in place; {who} is told.")
    messages.success(request, text.format(who=row.contact))
    return redirect(row.client)


@role_required(*SELLERS)
def change_refuse(request, pk):
    """Say why the details stay as they are."""
    row = get_editable(ChangeRequest, pk, request.user)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row.refuse(by=request.user, **form.cleaned_data)
        text = _("Nothing was changed; {who} reads why.").format(who=row.contact)
        messages.success(request, text)
        return redirect(row.client)
    context = {
        "form": form,
        "title": _("Refuse the change that {who} asked for").format(who=row.contact),
        "hint": row.what,
        "save": _("Refuse it"),
        "back": row.client.get_absolute_url(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)
