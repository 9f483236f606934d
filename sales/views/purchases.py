"""What a client bought."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.exports import LISTING, export
from accounts.models import Client
from crm.lib.access import SELLERS, get_visible, role_required
from crm.lib.paging import KeysetPage
from sales.exports import PURCHASES
from sales.models import Purchase


@require_http_methods(LISTING)
@role_required(*SELLERS)
def orders(request):
    """The orders of all clients one sees, newest first."""
    words = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    rows = Purchase.objects.visible_to(request.user).select_related("client")
    rows = rows.found(words) if words else rows
    page = KeysetPage(rows, request.GET.get("after"), order=("-day", "-pk"))
    if request.method == "POST":
        return export(request, page, PURCHASES)
    context = {"page": page, "words": words}
    return render(request, "sales/order_list.html", context)


@require_http_methods(LISTING)
@role_required(*SELLERS)
def purchases(request, pk):
    """The client's orders, newest first, with their lines."""
    customer = get_visible(Client, pk, request.user)
    rows = Purchase.objects.visible_to(request.user).filter(client=customer)
    with_lines = rows.prefetch_related("lines__product")
    page = KeysetPage(with_lines, request.GET.get("after"), order=("-day", "-pk"))
    if request.method == "POST":
        return export(request, page, PURCHASES)
    context = {"customer": customer, "page": page, "sums": rows.sums()}
    return render(request, "sales/purchase_list.html", context)
