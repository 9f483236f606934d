"""Colleagues: who they are, what they may see, and shutting them out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.forms import PersonForm
from accounts.mentions import mentionable
from accounts.models import Invitation, User
from crm.lib.access import STAFF, get_editable, get_visible, role_required


@role_required("admin", "manager")
@require_GET
def people(request):
    rows = User.objects.visible_to(request.user).staff().select_related("department")
    waiting = Invitation.objects.visible_to(request.user).of_staff().waiting()
    context = {
        "people": list(rows.order_by("-is_active", "first_name", "last_name")),
        "invitations": waiting.select_related("department", "by"),
        "can_edit": request.user.role == User.Role.ADMIN,
    }
    return render(request, "accounts/people.html", context)


@role_required(*STAFF)
@require_GET
def colleague_options(request):
    """Up to eight colleagues whose names begin or go on with ?q=, to be mentioned.

    Those alone who may see the row that ?about= names: the text is about it.
    """
    words = request.GET.get("q", "")[:60].replace("\x00", "")
    rows = mentionable(request.GET.get("about", ""), by=request.user)
    options = [
        {"pk": user.username, "label": str(user), "hint": f"@{user.username}"}
        for user in rows.named(words)[:8]
    ]
    return render(request, "components/_options.html", {"options": options})


@role_required("admin", "manager")
def user_edit(request, pk):
    person = get_visible(User, pk, request.user)
    can_edit = request.user.role == User.Role.ADMIN
    if request.method == "POST" and not can_edit:
        raise PermissionDenied
    form = PersonForm(request.POST or None, instance=person, user=request.user)
    if request.method == "POST" and form.is_valid():
        person.place(**form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("accounts:people")
    context = {
        "form": form,
        "person": person,
        "can_edit": can_edit and person.role != User.Role.CLIENT,
        "can_view_as": User.objects.viewable_by(request.user).filter(pk=pk).exists(),
        "can_block": can_edit and person != request.user,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/user_edit.html", context, status=status)


@role_required("admin")
@require_POST
def user_block(request, pk):
    person = get_editable(User, pk, request.user)
    person.block(by=request.user)
    text = _("{who} is blocked and signed out everywhere.").format(who=person)
    undo = reverse("accounts:user_unblock", args=[pk])
    messages.success(request, text, extra_tags=undo)
    return redirect("accounts:people")


@role_required("admin")
@require_POST
def user_unblock(request, pk):
    person = get_editable(User, pk, request.user)
    person.unblock(by=request.user)
    messages.success(request, _("{who} may sign in again.").format(who=person))
    return redirect("accounts:people")
