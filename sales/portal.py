"""The customer area's quotations, answered by owners; invoices, read by all contacts."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Firm
from accounts.portal import writes
from crm.lib.access import get_editable, get_visible, role_required
from crm.lib.paging import KeysetPage
from crm.lib.visitors import address_of
from sales.forms import AcceptForm, DeclineForm
from sales.models import Invoice, Quotation
from sales.panels import TONES, invoices_with_tones, owing, with_tones
from sales.paper import sheet
from sales.portal_panels import being_prepared


@require_safe
@role_required("client")
def quotations(request):
    rows = Quotation.objects.visible_to(request.user)
    page = KeysetPage(rows.select_related("lead"), request.GET.get("after"))
    context = {
        "page": page,
        "quotations": with_tones(page.rows),
        "waiting": rows.waiting().count(),
        "can_answer": writes(request.user),
        "asked": being_prepared(request.user),
    }
    return render(request, "sales/portal_list.html", context)


@require_safe
@role_required("client")
def quotation(request, pk):
    row = get_visible(Quotation, pk, request.user)
    name = {"name": str(request.user)}
    return _page(request, row, AcceptForm(), DeclineForm(initial=name))


def _page(request, row, accept_form, decline_form, *, status=200):
    may = Quotation.objects.editable_by(request.user).filter(pk=row.pk).exists()
    context = sheet(row, Firm.get()) | {
        "quotation": row,
        "tone": TONES[row.state],
        "can_answer": may and row.is_waiting,
        "accept_form": accept_form,
        "decline_form": decline_form,
    }
    return render(request, "sales/portal_quotation.html", context, status=status)


@require_POST
@role_required("client")
def quotation_accept(request, pk):
    row = get_editable(Quotation, pk, request.user)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, DeclineForm(), status=422)
    address = address_of(request) or None
    row.accept(name=form.cleaned_data["name"], by=request.user, address=address)
    messages.success(request, _("Thank you. We begin, and you can follow it here."))
    return redirect("portal:quotation", pk)


@require_POST
@role_required("client")
def quotation_decline(request, pk):
    row = get_editable(Quotation, pk, request.user)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, row, AcceptForm(), form, status=422)
    address = address_of(request) or None
    row.decline(**form.cleaned_data, by=request.user, address=address)
    messages.success(request, _("Thank you for telling us."))
    return redirect("portal:quotation", pk)


@require_safe
@role_required("client")
def invoices(request):
    """What was billed, the newest first."""
    rows = Invoice.objects.visible_to(request.user)
    page = KeysetPage(rows, request.GET.get("after"))
    context = owing(rows) | {
        "page": page,
        "invoices": invoices_with_tones(page.rows),
    }
    return render(request, "sales/portal_invoices.html", context)


def invoice_page(request, row, *, panels=()):
    """One invoice as it is printed, with what was paid of it."""
    [row] = invoices_with_tones([row])
    context = sheet(row, Firm.get()) | {
        "payments": row.payments.moved(),
        "panels": panels,
    }
    return render(request, "sales/portal_invoice.html", context)
