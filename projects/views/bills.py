"""The invoice of a milestone: begun by whoever sells to the client."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Client
from crm.lib.access import SELLERS, get_editable, get_visible, role_required
from projects.billing import bill_milestone, proposal, with_invoices
from projects.forms import BillForm
from projects.models import Milestone


@role_required(*SELLERS)
def bill(request, pk):
    """Say what to bill of a milestone, and open the draft."""
    milestone = get_visible(Milestone, pk, request.user)
    get_editable(Client, milestone.project.client_id, request.user)
    [milestone] = with_invoices(request.user, [milestone])
    if milestone.invoice:
        messages.info(request, _("This is billed already: here is the invoice."))
        return redirect(milestone.invoice)
    idea = proposal(milestone, by=request.user)
    form = BillForm(request.POST or None, milestone=milestone, proposal=idea)
    if request.method == "POST" and form.is_valid():
        line = form.cleaned_data | {"currency": idea.currency}
        made = bill_milestone(milestone, by=request.user, **line)
        return redirect("sales:invoice_edit", made.pk)
    context = {
        "form": form,
        "project": milestone.project,
        "milestone": milestone,
        "idea": idea,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/milestone_bill.html", context, status=status)
