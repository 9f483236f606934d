"""Changes that make, write and take back invoices."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import Client, User
from crm.lib.errors import NotAllowedNow
from notifications.actions import record
from sales.actions import copy_lines, write_lines
from sales.models import Invoice, InvoiceLine, InvoiceLocked, Quotation


class NoClientYet(NotAllowedNow):
    def __init__(self, quotation: Quotation) -> None:
        text = _("This lead has no client yet: start its project first.")
        super().__init__(text, quotation)


class NotAccepted(NotAllowedNow):
    def __init__(self, quotation: Quotation) -> None:
        super().__init__(_("Only an accepted quotation is billed."), quotation)


class BilledAlready(NotAllowedNow):
    def __init__(self, invoice: Invoice) -> None:
        super().__init__(_("This is billed already: here is the invoice."), invoice)


def origin_of(row: Model) -> str:
    """How an invoice names what it bills."""
    return f"{row._meta.label_lower}:{row.pk}"


def bill(client: Client, *, origin: str, by: User, **values: Any) -> Invoice:
    """A draft for this client; what `origin` names is billed once."""
    known = Invoice.objects.standing_for(origin).first() if origin else None
    if known:
        raise BilledAlready(known)
    try:
        with transaction.atomic():
            return Invoice.objects.create(client=client, origin=origin, by=by, **values)
    except IntegrityError:  # somebody else billed it this moment
        raise BilledAlready(Invoice.objects.standing_for(origin).get()) from None


@transaction.atomic
def bill_quotation(quotation: Quotation, *, by: User) -> Invoice:
    """A draft with the lines of an accepted quotation."""
    client = quotation.lead.client
    if quotation.state != Quotation.State.ACCEPTED:
        raise NotAccepted(quotation)
    if client is None:
        raise NoClientYet(quotation)
    part = quotation.invoices.invoices().in_force().first()  # of a milestone, or all
    if part:
        raise BilledAlready(part)
    invoice = bill(
        client,
        origin=origin_of(quotation),
        by=by,
        quotation=quotation,
        currency=quotation.currency,
        discount=quotation.discount,
        subject=quotation.lead.name,
    )
    copy_lines(quotation, invoice, InvoiceLine, "invoice")
    _record_begun(invoice, by, quotation)
    return invoice


def _record_begun(invoice: Invoice, by: User, *about: Any) -> None:
    text = _("{by} began an invoice over {money}.")
    text = text.format(by=by, money=invoice.money)
    record("invoice.created", invoice, by=by, text=text, about=[invoice.client, *about])


@transaction.atomic
def bill_step(
    client: Client,
    *,
    origin: str,
    line: dict[str, Any],
    by: User,
    about: Iterable[Any] = (),
    **values: Any,
) -> Invoice:
    """A draft with one line, for a step of the work; `values` are further columns."""
    invoice = bill(client, origin=origin, by=by, **values)
    InvoiceLine.objects.create(invoice=invoice, **line)
    invoice.sum_up()
    _record_begun(invoice, by, *about)
    return invoice


@transaction.atomic
def write_invoice(
    invoice: Invoice, *, terms: dict[str, Any], lines: Iterable[dict[str, Any]]
) -> None:
    """Write a draft's terms and lines anew and sum it up; what was sent stays."""
    if not invoice.locked().is_draft:
        raise InvoiceLocked(invoice)
    write_lines(invoice, terms, lines, InvoiceLine, "invoice")
    invoice.save(update_fields=["search"])


@transaction.atomic
def credit_invoice(invoice: Invoice, *, reason: str, by: User) -> Invoice:
    """Take a whole invoice back by a credit note, which has a number of its own."""
    invoice = invoice.locked()
    if not invoice.can_be_credited:
        raise InvoiceLocked(invoice)
    note = Invoice.objects.create(
        client=invoice.client,
        kind=Invoice.Kind.CREDIT,
        credits=invoice,
        quotation=invoice.quotation,
        subject=invoice.subject,
        currency=invoice.currency,
        discount=invoice.discount,
        reason=reason,
        by=by,
    )
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=note,
            position=line.position,
            **line.values() | {"quantity": -line.quantity},
        )
        for line in invoice.lines.all()
    )
    note.sum_up()
    note.issue(0)
    invoice.take_back(reason)
    text = _("{by} credited {invoice} by {note}: {reason}").format(
        by=by, invoice=invoice, note=note.number, reason=reason
    )
    invoice.record("invoice.credited", by=by, text=text)
    return note


def remind_overdue() -> int:
    """Tell the owners of invoices that have become overdue; says of how many."""
    due = list(Invoice.objects.to_remind().with_names()[:200])
    for invoice in due:
        invoice.remind()
    return len(due)
