"""Changes to several rows of sales at once."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Firm, User
from leads.models import Lead
from notifications.actions import record
from sales.models import Quotation, QuotationLine, QuotationLocked

TRIES = 5


@transaction.atomic
def make_quotation(lead: Lead, *, by: User) -> Quotation:
    """A draft for this lead, with the firm's tax and the next running number."""
    values = {"lead": lead, "currency": lead.currency, "tax_rate": Firm.get().tax_rate}
    quotation = _numbered(values, by)
    text = _("{by} began {quotation}.").format(by=by, quotation=quotation)
    record("quotation.created", quotation, by=by, text=text, about=[lead, lead.client])
    return quotation


def _numbered(values: dict[str, Any], by: User) -> Quotation:
    """Try the next number again while somebody else takes it first."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                number = Quotation.next_number()
                return Quotation.objects.create(**values, number=number, by=by)
        except IntegrityError:
            if not left:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def write_quotation(
    quotation: Quotation,
    *,
    terms: dict[str, Any],
    lines: Iterable[dict[str, Any]],
) -> None:
    """Write a draft's terms and lines anew and sum it up; what was sent stays."""
    if not quotation.locked().is_draft:
        raise QuotationLocked(quotation)
    for name, value in terms.items():
        setattr(quotation, name, value)
    quotation.save(update_fields=list(terms))
    quotation.lines.all().delete()
    QuotationLine.objects.bulk_create(
        QuotationLine(quotation=quotation, position=position, **line)
        for position, line in enumerate(lines)
    )
    quotation.sum_up()
