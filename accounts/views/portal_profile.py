"""One's own details in the customer area: login, person, firm; and wishes to change them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import change_client, change_profile, save_contact
from accounts.forms import (
    ClientChangeForm,
    ClientDetailsForm,
    ContactChangeForm,
    ContactDetailsForm,
    LoginForm,
)
from accounts.models import ChangeRequest, Client, Contact, User
from accounts.models.change_requests import AlreadyAsked
from accounts.portal import own_contact, profile_page, the_contact, the_owner
from accounts.profile import Details
from crm.lib.access import get_editable, get_visible, role_required

require_form = require_http_methods(["GET", "HEAD", "POST"])
ASKING = {"contact": ContactChangeForm, "client": ClientChangeForm}


@require_form
@role_required("client")
def profile(request):
    """One's own login, and how one is reached, as far as one may change it."""
    me = get_editable(User, request.user.pk, request.user)
    contact = own_contact(request.user)
    locked = Details(contact).locked("contact") if contact else ()
    form = LoginForm(request.POST or None, instance=me, locked=locked)
    if request.method == "POST" and form.is_valid():
        change_profile(me, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("portal:profile")
    return _page(request, contact, form=form, status=422 if form.is_bound else 200)


@require_form
@role_required("client")
def contact(request):
    """Save the contact details that are not locked; a reader may not."""
    row = the_owner(request.user)
    if request.method != "POST":
        return redirect("portal:profile")
    fresh = get_editable(Contact, row.pk, request.user)
    only = Details(row).open("contact")
    form = ContactDetailsForm(request.POST, instance=fresh, only=only)
    if not form.is_valid():
        return _page(request, row, details=form, status=422)
    save_contact(fresh, by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("portal:profile")


@require_form
@role_required("client")
def own_firm(request):
    """Save the details of the firm that are not locked; a reader may not."""
    row = the_owner(request.user)
    if request.method != "POST":
        return redirect("portal:profile")
    fresh = get_visible(Client, row.client_id, request.user)
    only = Details(row).open("client")
    form = ClientDetailsForm(request.POST, instance=fresh, only=only)
    if not form.is_valid():
        return _page(request, row, firm_form=form, status=422)
    change_client(row.client, by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("portal:profile")


@require_form
@role_required("client")
def change_ask(request, about):
    """Propose other details where the firm has locked them."""
    row = the_contact(request.user)
    if about == "client" and not row.is_owner:
        raise PermissionDenied
    model, pk = (Client, row.client_id) if about == "client" else (Contact, row.pk)
    form = ASKING[about](
        request.POST if request.method == "POST" else None,
        instance=get_visible(model, pk, request.user),
        only=Details(row).locked(about),
    )
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if _is_asked(form, row, about, by=request.user):
            text = _("Your wish is on its way; we tell you what follows.")
            messages.success(request, text)
            return redirect("portal:profile")
        status = 409
    waiting = list(_waiting(row).filter(about=about))
    context = {"form": form, "contact": row, "waiting": waiting}
    return profile_page(request, "accounts/portal_change.html", context, status)


def _is_asked(form, row, about, *, by):
    """Ask; while another waits the form says so and keeps what was typed."""
    note = form.cleaned_data["note"]
    try:
        ChangeRequest.ask(row, about, form.proposed, note=note, by=by)
    except AlreadyAsked as refused:
        form.add_error(None, str(refused))
    return not form.errors


def _waiting(contact):
    """What this person has asked for and nobody has settled."""
    rows = ChangeRequest.objects.visible_to(contact.user).waiting().with_names()
    return rows.filter(contact=contact)


@require_POST
@role_required("client")
def change_withdraw(request, pk):
    get_editable(ChangeRequest, pk, request.user).withdraw(by=request.user)
    messages.success(request, _("You took it back; everything stays as it is."))
    return redirect("portal:profile")


def _page(request, contact, *, form=None, details=None, firm_form=None, status=200):
    """The whole page, with the form that was sent in the place of its own."""
    me = get_visible(User, request.user.pk, request.user)
    context = {"form": form, "contact": contact, "details": None}
    if contact is not None:
        own = Details(contact)
        context |= own.context(details=details, firm_form=firm_form)
        waiting = list(_waiting(contact))
        asked = ChangeRequest.objects.visible_to(request.user).with_names()
        asked = asked.exclude(pk__in=[row.pk for row in waiting])
        context["asked"] = [*waiting, *asked[:5]]
        context |= {f"{row.about}_waits": True for row in waiting}
        context["form"] = form or LoginForm(instance=me, locked=own.locked("contact"))
    return profile_page(request, "accounts/portal_profile.html", context, status)
