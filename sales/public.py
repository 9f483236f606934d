"""What a mailed link opens: no login, no session, nothing to guess, nothing to index.

The link itself is the right to answer and no cookie adds to it, so there is nothing
that another site could ride on: these views need no CSRF token and set no cookie.
"""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Firm
from crm.lib.errors import NotAllowedNow
from crm.lib.visitors import address_of, by_link, rate_limited
from sales.forms import AcceptForm, DeclineForm
from sales.models import Invoice, Quotation
from sales.panels import invoices_with_tones
from sales.paper import sheet

READS, ANSWERS = 60, 20  # per address and minute
ANSWERED = ["GET", "HEAD", "POST"]  # what is read leads back to the quotation


def too_often(request):
    text = _("This page was asked for too often. Wait a minute and try again.")
    return dead_end(request, text, status=429)


def dead_end(request, text, *, status):
    context = {"text": text, "firm": Firm.get()}
    return render(request, "sales/link_over.html", context, status=status)


def not_valid(request):
    text = _(
        "This link is not valid. Open it from our mail again, as a whole, "
        "or ask us for a new one."
    )
    return dead_end(request, text, status=404)


@by_link
@require_safe
@rate_limited("invoice", per_minute=READS, refuse=too_often)
def invoice(request, text):
    """An invoice to read and print; nothing can be done with it."""
    row = Invoice.objects.signed(text).select_related("client", "credits").first()
    if row is None:
        return not_valid(request)
    [row] = invoices_with_tones([row])
    context = sheet(row, Firm.get()) | {"wide": True}
    return render(request, "sales/link_invoice.html", context)


def _quotation_of(text):
    return Quotation.objects.signed(text).select_related("lead__client", "by").first()


@by_link
@require_safe
@rate_limited("quotation", per_minute=READS, refuse=too_often)
def quotation(request, text):
    row = _quotation_of(text)
    return not_valid(request) if row is None else _page(request, row, text)


def _page(request, row, text, *, accept=None, decline=None, refusal="", status=200):
    firm = Firm.get()
    if row.is_waiting and row.is_expired:
        context = {"quotation": row, "firm": firm}
        return render(request, "sales/link_expired.html", context, status=410)
    name = {"name": row.lead.contact_name}
    newer = Quotation.objects.filter(replaces=row).exclude(state="draft").first()
    context = sheet(row, firm) | {
        "quotation": row,
        "link": text,
        "refusal": refusal,
        "newer": newer,
        "accept_form": accept or AcceptForm(initial=name),
        "decline_form": decline or DeclineForm(initial=name),
        "wide": True,
    }
    return render(request, "sales/link_quotation.html", context, status=status)


@by_link
@require_http_methods(ANSWERED)
@rate_limited("accept", per_minute=ANSWERS, refuse=too_often)
def quotation_accept(request, text):
    row, form = _quotation_of(text), AcceptForm(request.POST)
    if row is None:
        return not_valid(request)
    if request.method != "POST":
        return _back(request, row, text)
    if not form.is_valid():
        return _page(request, row, text, accept=form, status=422)
    return _answer(request, text, row, row.accept, form)


@by_link
@require_http_methods(ANSWERED)
@rate_limited("decline", per_minute=ANSWERS, refuse=too_often)
def quotation_decline(request, text):
    row, form = _quotation_of(text), DeclineForm(request.POST)
    if row is None:
        return not_valid(request)
    if request.method != "POST":
        return _back(request, row, text)
    if not form.is_valid():
        return _page(request, row, text, decline=form, status=422)
    return _answer(request, text, row, row.decline, form)


def _back(request, row, text):
    """Where a form that came again with its errors is opened anew, as after a reload."""
    if row.is_waiting and row.is_expired:
        return _page(request, row, text)
    return redirect("signed:quotation", text)


def _answer(request, text, row, verb, form):
    """The verb's refusal is shown here: a stranger has no page to be sent back to."""
    try:
        verb(**form.cleaned_data, address=address_of(request) or None)
    except NotAllowedNow as refusal:
        now = _quotation_of(text)
        return _page(request, now, text, refusal=str(refusal), status=409)
    return redirect("signed:quotation", text)
