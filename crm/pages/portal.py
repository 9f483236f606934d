"""The customer area's own pages: its home and what people keep about themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import leads.portal_panels
import projects.panels
import projects.request_panels
import sales.portal_panels
from accounts.actions import change_profile, save_contact
from accounts.forms import ContactDetailsForm, LoginForm
from accounts.models import Contact, User
from accounts.portal import own_contact
from crm.lib.access import get_editable, role_required
from notifications.panels import happened, piece


@require_safe
@role_required("client")
def home(request):
    """How things stand, what waits for an answer and what was said last."""
    contact = own_contact(request.user)
    client = contact and contact.client
    if client and (older := piece(request, client, size=8)):
        return older
    _template, said = happened(request, client, size=8) if client else ("", {})
    work = projects.panels.portal_panel(request.user)
    asked = projects.request_panels.portal_panel(request.user, contact)
    sold = sales.portal_panels.portal_panel(request.user)
    context = {
        "client": client,
        "meeting": leads.portal_panels.next_meeting(request.user, contact),
        "work": work,
        "asked": asked,
        "waits": [*work["waits"], *asked["waits"], *sold["waits"]],
        "pies": [pie for pie in (work["pie"], *sold["pies"]) if not pie.empty],
        "timeline": said,
    }
    return render(request, "pages/portal_home.html", context)


@role_required("client")
def profile(request):
    """One's own login; a contact with the owner's right also their own details."""
    me = get_editable(User, request.user.pk, request.user)
    form = LoginForm(request.POST or None, instance=me)
    if request.method == "POST" and form.is_valid():
        change_profile(me, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("portal:profile")
    return _profile_page(request, form=form, status=422 if form.is_bound else 200)


@role_required("client")
def contact(request):
    """Save the contact details; a reader may not."""
    row = _own_contact(request.user)
    if row is None or not _may_edit(request.user, row):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("portal:profile")
    form = ContactDetailsForm(request.POST, instance=row)
    if not form.is_valid():
        me = get_editable(User, request.user.pk, request.user)
        login = LoginForm(instance=me)
        return _profile_page(request, form=login, details=form, status=422)
    save_contact(row, by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("portal:profile")


@login_required
@require_safe
def email(request):
    """allauth's page of addresses gives way to the profile, which asks and warns."""
    client = request.user.role == User.Role.CLIENT
    return redirect("portal:profile" if client else "accounts:profile")


def _profile_page(request, *, form, details=None, status=200):
    row = _own_contact(request.user)
    may_edit = row is not None and _may_edit(request.user, row)
    if may_edit and details is None:
        details = ContactDetailsForm(instance=row)
    context = {"form": form, "details": details, "contact": row}
    return render(request, "pages/portal_profile.html", context, status=status)


def _own_contact(user):
    return Contact.objects.visible_to(user).filter(user=user).first()


def _may_edit(user, row):
    return Contact.objects.editable_by(user).filter(pk=row.pk).exists()
