"""What a client did in the catalogue."""

from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from accounts.models import Client
from crm.lib.access import SELLERS, get_visible, role_required
from crm.lib.paging import KeysetPage
from sales.models import ProductEvent
from sales.panels import looked_at


@require_safe
@role_required(*SELLERS)
def looks(request, pk):
    """Everything they did, newest first; asked for by htmx, the card of the last of it."""
    customer = get_visible(Client, pk, request.user)
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, *looked_at(request.user, customer))
        patch_cache_control(response, no_store=True)  # going back must show the page
        return response
    rows = ProductEvent.objects.visible_to(request.user).filter(client=customer)
    page = KeysetPage(
        rows.select_related("product", "contact"),
        request.GET.get("after"),
        order=("-at", "-pk"),
    )
    context = {"customer": customer, "page": page}
    return render(request, "sales/look_list.html", context)
