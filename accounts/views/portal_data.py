"""One's own data in the customer area: taking it away, and asking to be forgotten."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.exports import take_away_all
from accounts.forms import ForgetForm
from accounts.models import ErasureRequest
from accounts.portal import own_contact, profile_page, the_contact
from crm.lib.access import get_editable, role_required


@require_safe
@role_required("client")
def my_data(request):
    """What can be taken away, and whether one asked to be forgotten."""
    asked = ErasureRequest.objects.visible_to(request.user).with_names()
    context = {
        "contact": own_contact(request.user),
        "asked": list(asked[:5]),
        "waits": asked.waiting().exists(),
    }
    return profile_page(request, "accounts/portal_data.html", context)


@require_POST
@role_required("client")
def data_export(request) -> HttpResponse:
    contact = the_contact(request.user)
    return take_away_all(contact, by=request.user, address=request.path)


@role_required("client")
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def forget(request):
    """Ask to be forgotten; only who has just shown that it is them."""
    contact = the_contact(request.user)
    sent = request.POST if request.method == "POST" else None
    form = ForgetForm(sent, may_ask_firm=contact.is_owner)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if form.ask(contact, by=request.user):
            text = _("We have your wish; when it is carried out, your login ends.")
            messages.success(request, text)
            return redirect("portal:my_data")
        status = 409
    return profile_page(request, "accounts/portal_forget.html", {"form": form}, status)


@require_POST
@role_required("client")
def forget_withdraw(request, pk):
    get_editable(ErasureRequest, pk, request.user).withdraw(by=request.user)
    messages.success(request, _("You took it back; everything stays as it is."))
    return redirect("portal:my_data")
