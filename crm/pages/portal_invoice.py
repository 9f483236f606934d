"""An invoice in the customer area: the paper, and the way to ask about it."""

from django.views.decorators.http import require_safe

from crm.lib.access import get_visible, role_required
from crm.pages.panels import draw
from projects import request_panels as requests
from sales.models import Invoice
from sales.portal import invoice_page


@require_safe
@role_required("client")
def invoice(request, pk):
    """What is printed; who writes for the firm is offered to ask."""
    row = get_visible(Invoice, pk, request.user)
    panels = draw(request, [requests.ask_about_invoice], row)
    return invoice_page(request, row, panels=panels)
