"""Changes to several rows of sales at once."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from leads.models import Lead
from notifications.actions import record
from sales.models import (
    NewerVersion,
    Paper,
    Quotation,
    QuotationLine,
    QuotationLocked,
)
from sales.models.quotations import DAYS_VALID

TRIES = 5


@transaction.atomic
def make_quotation(lead: Lead, *, by: User) -> Quotation:
    """A draft for this lead, valid for a month, with the next running number."""
    day = timezone.localdate() + timedelta(days=DAYS_VALID)
    values = {"lead": lead, "currency": lead.currency, "valid_until": day}
    quotation = numbered(values, by)
    text = _("{by} began {quotation}.").format(by=by, quotation=quotation)
    record("quotation.created", quotation, by=by, text=text, about=[lead, lead.client])
    return quotation


def numbered(values: dict[str, Any], by: User | None) -> Quotation:
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
def revise_quotation(quotation: Quotation, *, by: User) -> Quotation:
    """A draft of the next version; sending it ends this one, until then both stand."""
    fresh = quotation.locked()
    newer = Quotation.objects.filter(replaces=fresh).first()
    if newer:
        raise NewerVersion(newer)
    if fresh.state not in (Quotation.State.SENT, Quotation.State.DECLINED):
        raise QuotationLocked(fresh)
    version = fresh.version + 1
    base = fresh.number.rpartition("/")[0] if fresh.version > 1 else fresh.number
    draft = Quotation.objects.create(
        lead=fresh.lead,
        number=f"{base}/{version}",
        version=version,
        replaces=fresh,
        currency=fresh.currency,
        discount=fresh.discount,
        note=fresh.note,
        valid_until=timezone.localdate() + timedelta(days=DAYS_VALID),
        by=by,
    )
    copy_lines(fresh, draft, QuotationLine, "quotation")
    text = _("{by} began {quotation}.").format(by=by, quotation=draft)
    about = [fresh, fresh.lead, fresh.lead.client]
    record("quotation.revised", draft, by=by, text=text, about=about)
    return draft


def copy_lines(source: Paper, target: Paper, model: Any, name: str) -> None:
    """Write the lines of one paper under another and sum them up."""
    model.objects.bulk_create(
        model(**{name: target}, position=line.position, **line.values())
        for line in source.lines.all()
    )
    target.sum_up()


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
    write_lines(quotation, terms, lines, QuotationLine, "quotation")


def write_lines(
    paper: Paper,
    terms: dict[str, Any],
    lines: Iterable[dict[str, Any]],
    model: Any,
    name: str,
) -> None:
    """Put these terms and lines in the place of what a draft held."""
    for field, value in terms.items():
        setattr(paper, field, value)
    paper.save(update_fields=list(terms))
    paper.lines.all().delete()
    model.objects.bulk_create(
        model(**{name: paper}, position=position, **line)
        for position, line in enumerate(lines)
    )
    paper.sum_up()


def remind_expiring() -> int:
    """Remind of every quotation whose last days have come; says of how many."""
    due = list(Quotation.objects.expiring().with_names()[:200])
    for quotation in due:
        quotation.remind()
    return len(due)
