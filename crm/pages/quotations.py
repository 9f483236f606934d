"""The quotation's page: its lines and answer, and the project it may become."""

from django.views.decorators.http import require_safe

from crm.lib.access import SELLERS, get_visible, role_required
from crm.pages.panels import draw
from projects import panels as projects
from sales.models import Quotation
from sales.views.quotations import record_page


@require_safe
@role_required(*SELLERS)
def quotation(request, pk):
    """An accepted one offers at once to start the project of its lead."""
    row = get_visible(Quotation, pk, request.user)
    accepted = row.state == Quotation.State.ACCEPTED
    panels = [projects.lead_panel] if accepted else []
    return record_page(request, row, panels=draw(request, panels, row.lead))
