"""Invitations: sending them, and the page their link leads to."""

from django.contrib import messages
from django.contrib.auth import login
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.actions import AddressInUse, InvitationUsed, accept, invite, invite_again
from accounts.forms import AcceptForm, InviteForm
from accounts.models import Invitation, User
from crm.lib.access import SELLERS, get_editable, role_required


@role_required("admin")
def invite_person(request):
    form = InviteForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        invitation = invite(by=request.user, **form.cleaned_data)
        _say_sent(request, invitation)
        return redirect("accounts:people")
    context = {
        "form": form,
        "title": _("Invite a colleague"),
        "hint": _("They get a link by e-mail and choose their user name and password."),
        "save": _("Send the invitation"),
        "back": reverse("accounts:people"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)


def _say_sent(request, invitation):
    text = _("{email} gets a link, valid for {n} days.")
    messages.success(request, text.format(email=invitation.email, n=invitation.DAYS))


@role_required(*SELLERS)
@require_POST
def invitation_again(request, pk):
    invitation = get_editable(Invitation, pk, request.user)
    _say_sent(request, invite_again(invitation, by=request.user))
    return redirect(_home_of(invitation))


@role_required(*SELLERS)
@require_POST
def invitation_revoke(request, pk):
    invitation = get_editable(Invitation, pk, request.user)
    invitation.revoke(by=request.user)
    messages.success(request, _("The link no longer works."))
    return redirect(_home_of(invitation))


def _home_of(invitation):
    """The page that lists this invitation."""
    return invitation.contact.client if invitation.contact else "accounts:people"


@never_cache
def invitation(request, secret):
    """Choose a user name and a password, once; whoever holds the link may."""
    row = (
        Invitation.objects.signed(secret)
        .select_related("by", "contact__client")
        .first()
    )
    if row is None:
        return _dead_end(request, "unknown", None, status=404)
    if not row.is_open:
        return _dead_end(request, row.state, row, status=410)
    if User.objects.signed_up(row.email, as_first=row.is_for_first_admin):
        return _dead_end(request, "known", row, status=410)
    form = AcceptForm(request.POST or None, invitation=row)
    if request.method == "POST" and form.is_valid():
        return _accept(request, row, form)
    context = {"form": form, "invitation": row}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/invitation.html", context, status=status)


def _accept(request, row, form):
    try:
        user = accept(row, **form.cleaned_data)
    except InvitationUsed:
        row.refresh_from_db()
        return _dead_end(request, row.state, row, status=410)
    except (AddressInUse, IntegrityError):  # somebody took the name a moment ago
        form.add_error("username", _("Somebody has this user name already."))
        context = {"form": form, "invitation": row}
        return render(request, "accounts/invitation.html", context, status=422)
    login(request, user)
    messages.success(request, _("Welcome, {name}!").format(name=user))
    return redirect("/")


def _dead_end(request, state, row, *, status):
    context = {"state": state, "invitation": row}
    return render(request, "accounts/invitation_over.html", context, status=status)
