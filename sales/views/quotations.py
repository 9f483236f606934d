"""Quotations: made for a lead, sent, answered."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.lib.access import SELLERS, get_editable, get_visible, role_required
from leads.models import Lead
from notifications.panels import timeline
from sales.actions import make_quotation, write_quotation
from sales.forms import AcceptForm, DeclineForm, LineFormSet, TermsForm, first_lines
from sales.models import Product, Quotation
from sales.panels import TONES

PRODUCTS_OFFERED = 200


@require_POST
@role_required(*SELLERS)
def quote(request, pk):
    """Begin a quotation for a lead and open it."""
    lead = get_editable(Lead, pk, request.user)
    made = make_quotation(lead, by=request.user)
    return redirect("sales:quotation_edit", made.pk)


@require_safe
@role_required(*SELLERS)
def quotation(request, pk):
    row = get_visible(Quotation, pk, request.user)
    name = {"name": row.lead.contact_name}
    return _page(request, row, AcceptForm(initial=name), DeclineForm(initial=name))


def _page(request, row, accept_form, decline_form, *, status=200):
    net = row.net()
    context = {
        "quotation": row,
        "tone": TONES[row.state],
        "lines": row.lines.select_related("product"),
        "net": net,
        "tax": row.total - net,
        "accept_form": accept_form,
        "decline_form": decline_form,
        "timeline": timeline(request.user, row)[1],
    }
    return render(request, "sales/quotation_detail.html", context, status=status)


@role_required(*SELLERS)
def quotation_edit(request, pk):
    """Terms and lines of a draft; "Save and add lines" shows three more."""
    row = get_editable(Quotation, pk, request.user)
    if not row.is_draft:
        messages.error(request, _("This quotation was sent and stays as it is."))
        return redirect(row)
    form = TermsForm(request.POST or None, instance=row)
    lines = LineFormSet(
        request.POST or None,
        initial=first_lines(row),
        form_kwargs={"user": request.user},
    )
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        write_quotation(row, terms=form.cleaned_data, lines=lines.lines)
        messages.success(request, _("The draft is saved."))
        return redirect("sales:quotation_edit", pk) if _more(request) else redirect(row)
    offered = Product.objects.visible_to(request.user).sold()[:PRODUCTS_OFFERED]
    context = {"form": form, "lines": lines, "quotation": row, "products": offered}
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
def quotation_accept(request, pk):
    """Write down the client's yes, given by telephone or on paper."""
    row = get_editable(Quotation, pk, request.user)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, DeclineForm(), status=422)
    row.accept(name=form.cleaned_data["name"], by=request.user)
    messages.success(request, _("Accepted. Now the project can be started."))
    return redirect(row)


@require_POST
@role_required(*SELLERS)
def quotation_decline(request, pk):
    row = get_editable(Quotation, pk, request.user)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, row, AcceptForm(), form, status=422)
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
