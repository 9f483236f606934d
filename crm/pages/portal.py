"""The customer area's home, and where allauth's own page of addresses leads."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

import leads.portal_panels
import projects.panels
import projects.request_panels
import sales.portal_panels
from accounts.models import User
from accounts.portal import may_write, own_contact
from crm.lib.access import role_required
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
    can_answer = may_write(contact)
    work = projects.panels.portal_panel(request.user, can_answer=can_answer)
    asked = projects.request_panels.portal_panel(request.user, contact)
    sold = sales.portal_panels.portal_panel(request.user, can_answer=can_answer)
    context = {
        "client": client,
        "can_answer": can_answer,
        "meeting": leads.portal_panels.next_meeting(request.user, contact),
        "work": work,
        "asked": asked,
        "waits": [*work["waits"], *asked["waits"], *sold["waits"]],
        "pies": [pie for pie in (work["pie"], *sold["pies"]) if not pie.empty],
        "timeline": said,
    }
    return render(request, "pages/portal_home.html", context)


@login_required
@require_safe
def email(request):
    """allauth's page of addresses gives way to the profile, which asks and warns."""
    client = request.user.role == User.Role.CLIENT
    return redirect("portal:profile" if client else "accounts:profile")
