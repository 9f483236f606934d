"""The people of one's own firm in the customer area: owners decide, readers look."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.firm_people import invite_person, take_access
from accounts.forms import InvitePersonForm, RightForm
from accounts.models import Contact
from accounts.portal import may_write, own_contact, profile_page, the_owner
from crm.lib.access import get_editable, role_required


@require_safe
@role_required("client")
def people(request):
    """Who of the firm comes in here, and with which right."""
    me = own_contact(request.user)
    context = {
        "me": me,
        "people": list(Contact.objects.visible_to(request.user).for_record()),
        "can_edit": may_write(me),
    }
    return profile_page(request, "accounts/portal_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("client")
def person_invite(request):
    """Ask another of the firm in, by a link in a mail."""
    me = the_owner(request.user)
    form = InvitePersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitation = invite_person(me.client, by=request.user, **form.cleaned_data)
        text = _("{email} gets a link, valid for {n} days.")
        messages.success(
            request, text.format(email=invitation.email, n=invitation.DAYS)
        )
        return redirect("portal:people")
    status = 422 if form.is_bound else 200
    return profile_page(request, "accounts/portal_invite.html", {"form": form}, status)


@require_POST
@role_required("client")
def person_right(request, pk):
    contact = get_editable(Contact, pk, request.user)
    form = RightForm(request.POST)
    if form.is_valid():
        contact.give_right(form.cleaned_data["right"], by=request.user)
        text = _("{who}: {right}.").format(
            who=contact, right=contact.get_right_display()
        )
        messages.success(request, text)
    else:
        messages.error(request, _("Choose one of the two rights."))
    return redirect("portal:people")


@require_POST
@role_required("client")
def person_shut_out(request, pk):
    contact = get_editable(Contact, pk, request.user)
    take_access(contact, by=request.user)
    messages.success(request, _("{who} can no longer sign in.").format(who=contact))
    return redirect("portal:people")


@require_POST
@role_required("client")
def person_let_in(request, pk):
    contact = get_editable(Contact, pk, request.user)
    contact.let_in(by=request.user)
    messages.success(request, _("{who} may sign in again.").format(who=contact))
    return redirect("portal:people")


@require_safe
@role_required("client")
def security(request):
    """Where the password, the second factor and the sessions are."""
    return profile_page(request, "accounts/portal_security.html", {})
