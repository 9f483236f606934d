"""Asking for a quotation: what a basket becomes."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Client, Contact, Firm, Medium, User
from crm.lib.errors import NotAllowedNow
from leads.actions import create, keep
from leads.models import Interaction, Lead, Stage
from leads.receiving import in_charge
from notifications.actions import record
from sales.actions import numbered, write_quotation
from sales.basket import sums_of
from sales.models import BasketLine, Product, Quotation

MEDIUM = "Website"  # as a new firm calls it
BIGGEST = Decimal(10) ** 11  # what a quotation's total can hold, whatever the tax
Lines = list[BasketLine]


class BasketEmpty(NotAllowedNow):
    def __init__(self) -> None:
        text = _(
            "There is nothing in your basket. What you asked for already stands under "
            "Quotations."
        )
        super().__init__(text, back=reverse("portal:quotations"))


class NoLongerSold(NotAllowedNow):
    def __init__(self, products: Iterable[Product]):
        text = _("No longer sold: {names}. Take it out and ask again; the rest stays.")
        names = ", ".join(map(str, products))
        super().__init__(text.format(names=names), back=reverse("portal:basket"))


class TooMuchAtOnce(NotAllowedNow):
    def __init__(self) -> None:
        text = _("That is more than one quotation can hold; ask for less of it.")
        super().__init__(text, back=reverse("portal:basket"))


@transaction.atomic
def ask(contact: Contact, *, note: str = "", by: User) -> Lead:
    """Make one lead of the basket, with drafts to price and send, and empty it.

    Pressing twice waits for the contact's row and then finds an empty basket.
    """
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    lines = list(BasketLine.objects.filter(contact=contact).with_products())
    _must_be_possible(lines)
    lead = _lead(contact, lines)
    drafts = _drafts(lead, lines)
    word = Interaction(
        lead=lead,
        kind=Interaction.Kind.EMAIL,
        direction=Interaction.Direction.IN,
        medium=lead.medium,
        text="\n".join([*map(_in_words, lines), *filter(None, [note])]),
    )
    keep(word, by=None)
    BasketLine.objects.filter(pk__in=[line.pk for line in lines]).delete()
    record(
        "quotation.asked",
        lead,
        by=by,
        text=_("{by} asked for a quotation:").format(by=contact) + f"\n{word.text}",
        about=[lead.client, *drafts],
        tell=in_charge(lead),
        client_visible=True,
    )
    return lead


def _must_be_possible(lines: Lines) -> None:
    if not lines:
        raise BasketEmpty
    gone = [line.product for line in lines if not line.product.is_shown]
    if gone:
        raise NoLongerSold(gone)
    if any(total >= BIGGEST for total in sums_of(lines).values()):
        raise TooMuchAtOnce


def _lead(contact: Contact, lines: Lines) -> Lead:
    """Another lead of the client, worth what its own currency's products come to."""
    client, sums = contact.client, sums_of(lines)
    usual = Firm.get().currency or settings.DEFAULT_CURRENCY
    currency = usual if usual in sums or not sums else max(sums, key=sums.__getitem__)
    names = ", ".join(str(line.product) for line in lines)
    lead = Lead(
        name=f"{_shortened(names, 120)} – {client.name}"[:200],
        client=client,
        contact_name=contact.name,
        email=contact.email,
        phone=contact.phone,
        interest=_shortened(names, 120),
        value=sums.get(currency),
        currency=currency,
        medium=_medium(client),
        stage=Stage.first_of(Stage.Kind.OPEN),
    )
    text = _("{lead} came from the catalogue.").format(lead=lead)
    return create(lead, by=None, said=text)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _medium(client: Client) -> Medium | None:
    return Medium.objects.filter(name=MEDIUM).first() or client.medium


def _drafts(lead: Lead, lines: Lines) -> list[Quotation]:
    """A draft for each currency; what has no price yet stands in the lead's own."""
    parts: dict[str, Lines] = {lead.currency: []}
    for line in lines:
        priced = line.product.price is not None
        currency = line.product.currency if priced else lead.currency
        parts.setdefault(currency, []).append(line)
    return [_draft(lead, name, part) for name, part in parts.items() if part]


def _draft(lead: Lead, currency: str, lines: Lines) -> Quotation:
    """A seller's draft at today's prices; a price on request is 0 and keeps it unsent."""
    values = {"lead": lead, "currency": currency, "asked": timezone.now()}
    draft = numbered(values, lead.owner)
    usual = Firm.get().tax_rate
    rows: list[dict[str, Any]] = [
        {
            "product": line.product,
            "text": line.product.name,
            "quantity": line.quantity,
            "price": line.product.price or 0,
            "tax_rate": usual,
        }
        for line in lines
    ]
    write_quotation(draft, terms={}, lines=rows)
    return draft


def _in_words(line: BasketLine) -> str:
    return f"{line} – {line.money or _('price on request')}"
