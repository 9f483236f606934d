"""The list of clients and what is done to one of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from accounts.actions import change_client, create_client
from accounts.duplicates import Twins, like
from accounts.exports import CLIENTS, LISTING, export
from accounts.forms import ClientFilters, ClientForm
from accounts.models import Client, Contact
from crm.lib.access import SELLERS, get_editable, role_required
from crm.lib.paging import KeysetPage


@role_required(*SELLERS)
@require_http_methods(LISTING)
def clients(request):
    mine = Client.objects.visible_to(request.user)
    filters = ClientFilters(request.GET, user=request.user)
    page = KeysetPage(filters.apply(mine).for_list(), request.GET.get("after"))
    if request.method == "POST":
        return export(request, page, CLIENTS)
    high = KeysetPage(mine.filter(value_class=Client.ValueClass.HIGH))
    context = {
        "page": page,
        "filters": filters,
        "chips": filters.chips(),
        "high_count": high.count_text,
        "fresh_count": KeysetPage(mine.fresh()).count_text,
    }
    return render(request, "accounts/clients.html", context)


@role_required(*SELLERS)
@require_GET
def client_options(request):
    rows = Client.objects.visible_to(request.user).found(request.GET.get("q", "")[:100])
    found = rows.select_related("place").order_by("name", "pk")[:12]
    options = [
        {"pk": row.pk, "label": row.name, "hint": row.place or row.email}
        for row in found
    ]
    return render(request, "components/_options.html", {"options": options})


@role_required(*SELLERS)
def client_create(request):
    form, twins = ClientForm(request.POST or None, user=request.user), Twins()
    if form.is_bound and "seen" not in request.POST:
        twins = like(request.POST, Client.CALLED, (Client, Contact), request.user)
    if request.method == "POST" and form.is_valid() and not twins.is_sure:
        client = create_client(by=request.user, **form.values())
        messages.success(request, _("{client} is in your list.").format(client=client))
        return redirect(client)
    press = _("Save") if form.is_bound and form.is_valid() else ""
    context = {"twins": twins, "is_new": True, "press": press}
    title, back = _("New client"), reverse("accounts:clients")
    return _form_page(request, form, title, back, **context)


@role_required(*SELLERS)
def client_edit(request, pk):
    client = get_editable(Client, pk, request.user)
    form = ClientForm(request.POST or None, instance=client, user=request.user)
    if request.method == "POST" and form.is_valid():
        change_client(client, by=request.user, **form.changes())
        messages.success(request, _("Saved."))
        return redirect(client)
    title = _("Edit {client}").format(client=form.initial["name"])
    return _form_page(request, form, title, client.get_absolute_url())


def _form_page(request, form, title, back, **more):
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": title, "back": back, **more}
    return render(request, "accounts/client_form.html", context, status=status)


@role_required(*SELLERS)
@require_POST
def client_block(request, pk):
    client = get_editable(Client, pk, request.user)
    client.block(by=request.user)
    text = _("{client} is blocked; its people can no longer sign in.")
    undo = reverse("accounts:client_unblock", args=[pk])
    messages.success(request, text.format(client=client), extra_tags=undo)
    return redirect(client)


@role_required(*SELLERS)
@require_POST
def client_unblock(request, pk):
    client = get_editable(Client, pk, request.user)
    client.unblock(by=request.user)
    text = _("{client} is no longer blocked.").format(client=client)
    messages.success(request, text)
    return redirect(client)


@role_required(*SELLERS)
@require_POST
def client_trash(request, pk):
    client = get_editable(Client, pk, request.user)
    client.trash(by=request.user)
    text = _("{client} is in the trash for 30 days.").format(client=client)
    undo = reverse("accounts:client_restore", args=[pk])
    messages.success(request, text, extra_tags=undo)
    return redirect("accounts:clients")


@role_required(*SELLERS)
@require_POST
def client_restore(request, pk):
    rows = Client.objects.visible_to(request.user, trashed=True)
    client = get_object_or_404(rows, pk=pk)
    client.restore(by=request.user)
    messages.success(request, _("{client} is back.").format(client=client))
    return redirect(client)
