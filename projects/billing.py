"""A milestone as something to bill: projects says what for, sales writes the invoice."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.models import Firm, User
from projects.models import Milestone, MilestoneClosed, Project
from sales.billing import bill_step, origin_of
from sales.models import Invoice, Quotation
from sales.sums import rounded


def bills_of(project: Project) -> QuerySet:
    """The invoices that stand for its milestones."""
    name = Value(f"{Milestone._meta.label_lower}:")
    number = Cast("pk", CharField())
    origins = project.milestones.order_by().values_list(Concat(name, number))
    return Invoice.objects.in_force().filter(origin__in=origins)


def with_invoices(user: User, milestones: Iterable[Milestone]) -> list[Milestone]:
    """The milestones, each with its `invoice` where it was billed; one query."""
    rows = list(milestones)
    found = Invoice.objects.visible_to(user).standing_for_any(map(origin_of, rows))
    bills = {invoice.origin: invoice for invoice in found}
    for row in rows:
        row.invoice = bills.get(origin_of(row))
    return rows


@dataclass(frozen=True)
class Proposal:
    """What a milestone's invoice may start with."""

    currency: str
    price: Decimal | None = None  # before tax
    tax_rate: Decimal | None = None  # None: the firm's usual one
    quotation: Quotation | None = None  # the price is an equal part of it
    billed: Invoice | None = None  # bills the whole quotation already


def accepted_for(milestone: Milestone, *, by: User) -> Quotation | None:
    """The quotation that was accepted last for the project."""
    rows = Quotation.objects.visible_to(by).filter(lead=milestone.project.lead_id)
    accepted = rows.filter(state=Quotation.State.ACCEPTED)
    return accepted.order_by("-answered").first()


def proposal(milestone: Milestone, *, by: User) -> Proposal:
    """An equal part of what the client accepted for this project."""
    quotation = accepted_for(milestone, by=by)
    if quotation is None:
        return Proposal(Firm.get().currency)
    bills = Invoice.objects.visible_to(by)
    billed = bills.standing_for(origin_of(quotation)).first()
    sums, currency = quotation.sums(), quotation.currency
    steps = milestone.project.milestones.exclude(state=Milestone.State.CANCELLED)
    part = rounded(sums.net / max(steps.count(), 1), currency)
    rates = {rate.rate for rate in sums.rates}
    return Proposal(
        currency,
        price=None if billed else part,
        tax_rate=rates.pop() if len(rates) == 1 else None,
        quotation=quotation,
        billed=billed,
    )


@transaction.atomic
def bill_milestone(milestone: Milestone, *, by: User, **line: Any) -> Invoice:
    """A draft with one line for a milestone; once, and never for a cancelled one.

    `line`: text, price, tax_rate and currency. It counts as a part of the quotation
    that the client accepted for the project.
    """
    if milestone.locked().state == Milestone.State.CANCELLED:
        raise MilestoneClosed(milestone)
    project = milestone.project
    quotation = accepted_for(milestone, by=by)
    subject = f"{project.name}: {milestone.name}"[:200]
    return bill_step(
        project.client,
        origin=origin_of(milestone),
        subject=subject,
        currency=line.pop("currency"),
        quotation=quotation,
        line=line,
        by=by,
        about=[project, project.lead],
    )
