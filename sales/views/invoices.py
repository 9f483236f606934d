"""Invoices: made, sent, paid, taken back; and what is overdue."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.exports import LISTING, export
from accounts.models import Firm
from crm.lib.access import SELLERS, get_editable, get_visible, role_required
from crm.lib.money import show
from notifications.panels import timeline
from sales.billing import bill_quotation, credit_invoice, write_invoice
from sales.exports import INVOICES
from sales.filters import InvoiceFilter, OverdueFilter
from sales.forms import (
    InvoiceForm,
    PaymentForm,
    ReasonForm,
    draft_faults,
    line_forms,
)
from sales.models import Invoice, Payment, PaymentRefused, Quotation
from sales.panels import invoices_with_tones, owing
from sales.paper import sheet
from sales.standing import standing_of


def _list(request, filters, template):
    rows = Invoice.objects.visible_to(request.user)
    page = filters.page(rows.with_names(), request.GET.get("after"))
    if request.method == "POST":
        return export(request, page, INVOICES)
    context = owing(rows) | {
        "page": page,
        "invoices": invoices_with_tones(page.rows),
        "filters": filters,
    }
    return render(request, template, context)


@require_http_methods(LISTING)
@role_required(*SELLERS)
def invoices(request):
    """Fifty invoices at a time, by state."""
    return _list(request, InvoiceFilter(request.GET), "sales/invoice_list.html")


@require_http_methods(LISTING)
@role_required(*SELLERS)
def overdue(request):
    """What should have been paid, the oldest first."""
    return _list(request, OverdueFilter(request.GET), "sales/overdue_list.html")


@require_POST
@role_required(*SELLERS)
def quotation_bill(request, pk):
    """Begin the invoice of an accepted quotation."""
    row = get_editable(Quotation, pk, request.user)
    return redirect("sales:invoice_edit", bill_quotation(row, by=request.user).pk)


@require_safe
@role_required(*SELLERS)
def invoice(request, pk):
    return _page(request, get_visible(Invoice, pk, request.user))


def _page(request, row, *, payment=None, reason=None, status=200):
    lines = list(row.lines.select_related("product"))
    [row] = invoices_with_tones([row])
    context = {
        "invoice": row,
        "lines": lines,
        "sums": row.sums(lines),
        "payments": row.payments.select_related("invoice", "by"),
        "notes": row.credit_notes.all(),
        "payment_form": payment or PaymentForm(invoice=row),
        "reason_form": reason or ReasonForm(),
        "refund": show(row.to_refund, row.currency) if row.to_refund else "",
        "timeline": timeline(request.user, row)[1],
        **_billing(request.user, row),
    }
    return render(request, "sales/invoice_detail.html", context, status=status)


def _billing(user, row):
    """How the client stands, and what speaks against sending this draft."""
    standing = standing_of(user, row.client)
    warning = standing.warning(row.total, row.currency) if row.is_draft else ""
    return {"standing": standing, "warning": warning}


@require_safe
@role_required(*SELLERS)
def invoice_paper(request, pk):
    """The invoice as it is printed."""
    row = get_visible(Invoice, pk, request.user)
    return render(request, "sales/paper.html", sheet(row, Firm.get()) | {"wide": True})


@role_required(*SELLERS)
def invoice_edit(request, pk):
    """Terms and lines of a draft."""
    row = get_editable(Invoice, pk, request.user)
    if not row.is_draft:
        messages.error(request, _("This invoice was sent and stays as it is."))
        return redirect(row)
    saved, about = row.money, _billing(request.user, row)
    form = InvoiceForm(request.POST or None, instance=row)
    lines = line_forms(row, user=request.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        write_invoice(row, terms=form.cleaned_data, lines=lines.lines)
        messages.success(request, _("The draft is saved."))
        again = "more" in request.POST
        return redirect("sales:invoice_edit", pk) if again else redirect(row)
    context = {"form": form, "lines": lines, "invoice": row, "saved": saved}
    context |= about | {"faults": draft_faults(lines, form)}
    status = 422 if request.method == "POST" else 200
    return render(request, "sales/invoice_form.html", context, status=status)


@require_POST
@role_required(*SELLERS)
def invoice_send(request, pk):
    row = get_editable(Invoice, pk, request.user)
    row.send(by=request.user)
    messages.success(request, _("The invoice is sent; the client is told."))
    return redirect(row)


@require_POST
@role_required(*SELLERS)
def invoice_discard(request, pk):
    row = get_editable(Invoice, pk, request.user)
    client = row.client
    row.discard(by=request.user)
    messages.success(request, _("The draft is gone."))
    return redirect(client)


@require_POST
@role_required(*SELLERS)
def invoice_void(request, pk):
    return _take_back(
        request, pk, lambda row, why: row.void(reason=why, by=request.user)
    )


@require_POST
@role_required(*SELLERS)
def invoice_credit(request, pk):
    return _take_back(
        request, pk, lambda row, why: credit_invoice(row, reason=why, by=request.user)
    )


def _take_back(request, pk, verb):
    row = get_editable(Invoice, pk, request.user)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, row, reason=form, status=422)
    verb(row, form.cleaned_data["reason"])
    messages.success(request, _("The invoice is taken back."))
    return redirect(row)


@require_POST
@role_required(*SELLERS)
def invoice_pay(request, pk):
    """Write down a payment, a refund or a failed try; a refused one keeps its form."""
    row = get_editable(Invoice, pk, request.user)
    form = PaymentForm(request.POST, invoice=row)
    if not form.is_valid():
        return _page(request, row, payment=form, status=422)
    try:
        Payment.write(row, by=request.user, **form.cleaned_data)
    except PaymentRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        row.refresh_from_db()
        return _page(request, row, payment=form, status=409)
    messages.success(request, _("Written down."))
    return redirect(row)
