"""The people one speaks with at a client."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import invite_contact, save_contact
from accounts.exports import CONTACTS, LISTING, export
from accounts.firm_people import take_access
from accounts.forms import ContactForm
from accounts.models import Client, Contact, User
from crm.lib.access import SELLERS, get_editable, role_required
from crm.lib.paging import KeysetPage


@role_required(*SELLERS)
@require_http_methods(LISTING)
def contacts(request):
    """The people at all clients one sees, the newest first."""
    words = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    rows = Contact.objects.visible_to(request.user).select_related("client")
    rows = rows.found(words) if words else rows
    page = KeysetPage(rows, request.GET.get("after"), order=("-pk",))
    if request.method == "POST":
        return export(request, page, CONTACTS)
    context = {"page": page, "words": words}
    return render(request, "accounts/contacts.html", context)


@role_required(*SELLERS)
def contact_create(request, pk):
    client = get_editable(Client, pk, request.user)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_contact(Contact(client=client), by=request.user, **form.cleaned_data)
        messages.success(request, _("The contact is added."))
        return redirect(client)
    title = _("New contact of {client}").format(client=client)
    return _form_page(request, form, title, client)


@role_required(*SELLERS)
def contact_edit(request, pk):
    contact = get_editable(Contact, pk, request.user)
    title = _("Edit {who}").format(who=contact)
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        save_contact(contact, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(contact.client)
    template = "accounts/contact_form.html"
    more = {"contact": contact, "can_export": request.user.role == User.Role.ADMIN}
    return _form_page(request, form, title, contact.client, template, **more)


def _form_page(request, form, title, client, template="accounts/form.html", **more):
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": title, "back": client.get_absolute_url(), **more}
    return render(request, template, context, status=status)


@role_required(*SELLERS)
@require_POST
def contact_shut_out(request, pk):
    contact = get_editable(Contact, pk, request.user)
    take_access(contact, by=request.user)
    messages.success(request, _("{who} can no longer sign in.").format(who=contact))
    return redirect(contact.client)


@role_required(*SELLERS)
@require_POST
def contact_let_in(request, pk):
    contact = get_editable(Contact, pk, request.user)
    contact.let_in(by=request.user)
    messages.success(request, _("{who} may sign in again.").format(who=contact))
    return redirect(contact.client)


@role_required(*SELLERS)
@require_POST
def client_invite(request, pk):
    contact = get_editable(Contact, pk, request.user)
    invitation = invite_contact(contact, by=request.user)
    text = _("{email} gets a link into the customer area, valid for {n} days.")
    messages.success(request, text.format(email=invitation.email, n=invitation.DAYS))
    return redirect(contact.client)
