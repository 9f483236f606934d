"""Quotations: listed, made for a lead, sent, answered, made anew."""

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
from crm.lib.paging import counted
from leads.models import Lead
from notifications.panels import timeline
from sales.actions import make_quotation, revise_quotation, write_quotation
from sales.exports import QUOTATIONS
from sales.filters import QuotationFilter
from sales.forms import AcceptForm, DeclineForm, TermsForm, draft_faults, line_forms
from sales.models import Invoice, Quotation
from sales.panels import TONES, invoices_with_tones, with_tones
from sales.paper import sheet
from sales.standing import standing_of

MANY = 100  # that wait; who has more needs no exact number


@require_http_methods(LISTING)
@role_required(*SELLERS)
def quotations(request):
    """Fifty quotations at a time, by state."""
    filters = QuotationFilter(request.GET)
    rows = Quotation.objects.visible_to(request.user)
    page = filters.page(rows.with_names(), request.GET.get("after"))
    if request.method == "POST":
        return export(request, page, QUOTATIONS)
    context = {
        "page": page,
        "quotations": with_tones(page.rows),
        "filters": filters,
        "waiting": counted(rows.waiting(), MANY),
        "expired": counted(rows.expired(), MANY),
        "show_owner": request.user.role != "bd",
    }
    return render(request, "sales/quotation_list.html", context)


@require_POST
@role_required(*SELLERS)
def quote(request, pk):
    """Begin a quotation for a lead and open it."""
    lead = get_editable(Lead, pk, request.user)
    made = make_quotation(lead, by=request.user)
    return redirect("sales:quotation_edit", made.pk)


def record_page(request, row, *, accept=None, decline=None, panels=(), status=200):
    """The quotation's own page; what other apps say of it comes in `panels`."""
    lines = list(row.lines.select_related("product"))
    name = {"name": row.lead.contact_name}
    newer = Quotation.objects.visible_to(request.user).filter(replaces=row)
    bills = Invoice.objects.visible_to(request.user).filter(quotation=row)
    context = {
        "quotation": row,
        "tone": TONES[row.state],
        "newer": newer,
        "can_revise": row.state in ("sent", "declined") and not newer,
        "lines": lines,
        "sums": row.sums(lines),
        "accept_form": accept or AcceptForm(initial=name),
        "decline_form": decline or DeclineForm(initial=name),
        "timeline": timeline(request.user, row)[1],
        "panels": panels,
        "invoices": invoices_with_tones(bills.invoices()),
        **quoting(request.user, row),
    }
    return render(request, "sales/quotation_detail.html", context, status=status)


def quoting(user, row):
    """How the client stands, and what speaks against quoting this."""
    client = row.lead.client
    if client is None:
        return {"standing": None, "warning": ""}
    standing = standing_of(user, client)
    undecided = row.is_draft or row.is_waiting
    warning = standing.warning(row.total, row.currency) if undecided else ""
    return {"standing": standing, "warning": warning}


@require_safe
@role_required(*SELLERS)
def quotation_paper(request, pk):
    """The quotation as it is printed."""
    row = get_visible(Quotation, pk, request.user)
    context = sheet(row, Firm.get()) | {"wide": True}
    return render(request, "sales/paper.html", context)


@role_required(*SELLERS)
def quotation_edit(request, pk):
    """Terms and lines of a draft; "Save and add lines" shows three more."""
    row = get_editable(Quotation, pk, request.user)
    if not row.is_draft:
        messages.error(request, _("This quotation was sent and stays as it is."))
        return redirect(row)
    saved, about = row.money, quoting(request.user, row)
    form = TermsForm(request.POST or None, instance=row)
    lines = line_forms(row, user=request.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        write_quotation(row, terms=form.cleaned_data, lines=lines.lines)
        messages.success(request, _("The draft is saved."))
        return redirect("sales:quotation_edit", pk) if _more(request) else redirect(row)
    context = {"form": form, "lines": lines, "quotation": row, "saved": saved}
    context |= about | {"faults": draft_faults(lines, form)}
    status = 422 if request.method == "POST" else 200
    return render(request, "sales/quotation_form.html", context, status=status)


def _more(request):
    return "more" in request.POST


@require_POST
@role_required(*SELLERS)
def quotation_send(request, pk):
    row = get_editable(Quotation, pk, request.user)
    row.send(by=request.user)
    messages.success(request, _("The quotation is sent; the client is told."))
    return redirect(row)


@require_POST
@role_required(*SELLERS)
def quotation_revise(request, pk):
    """Begin the next version; the client sees it when it is sent."""
    row = get_editable(Quotation, pk, request.user)
    draft = revise_quotation(row, by=request.user)
    return redirect("sales:quotation_edit", draft.pk)


@require_POST
@role_required(*SELLERS)
def quotation_accept(request, pk):
    """Write down the client's yes, given by telephone or on paper."""
    row = get_editable(Quotation, pk, request.user)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return record_page(request, row, accept=form, status=422)
    row.accept(name=form.cleaned_data["name"], by=request.user)
    messages.success(request, _("Accepted. Now the project can be started."))
    return redirect(row)


@require_POST
@role_required(*SELLERS)
def quotation_decline(request, pk):
    row = get_editable(Quotation, pk, request.user)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return record_page(request, row, decline=form, status=422)
    row.decline(**form.cleaned_data, by=request.user)
    return redirect(row)


@require_POST
@role_required(*SELLERS)
def quotation_discard(request, pk):
    row = get_editable(Quotation, pk, request.user)
    lead = row.lead
    row.discard(by=request.user)
    messages.success(request, _("The draft is gone."))
    return redirect(lead)
