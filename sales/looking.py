"""Noting what clients do in the catalogue, so that a page neither waits nor fails for it."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Contact
from crm.lib.jobs import nudge
from sales.models import Product, ProductEvent

VISIT, VIEW, BASKET = ProductEvent.Kind


def saw(contact: Contact | None, product: Product | None = None) -> None:
    """Have it noted that they opened the catalogue, or this product; writes nothing.

    A worker writes the row: the page must not wait for the lock of a table, and a page
    that is only read has nothing to fail with. A dead broker loses the row, which is a
    fact for statistics and nobody's business. After commit, for whoever sees the pages
    as this client ("view as") looks within a transaction that is taken back.
    """
    if contact is None:
        return
    kind, key = (VIEW, product.pk) if product else (VISIT, None)
    args: tuple[Any, ...] = (kind.value, contact.pk, key, timezone.now().isoformat())
    transaction.on_commit(partial(nudge, "sales.note", *args))


def note(kind: str, contact: int, product: int | None, at: str) -> None:
    """Write what was seen, once per contact, product and hour; safe to run twice."""
    who = Contact.objects.filter(pk=contact).first()
    if who and (product is None or Product.objects.filter(pk=product).exists()):
        keep(who, kind, product, datetime.fromisoformat(at))


def keep(contact: Contact, kind: str, product: int | None, at: datetime) -> None:
    """The row of it, unless this hour has one: the unique key decides, not a look."""
    hour = at.astimezone(UTC).strftime("%Y%m%d%H")
    row = ProductEvent(
        client_id=contact.client_id,
        contact=contact,
        product_id=product,
        kind=kind,
        at=at,
        key=f"{kind}:{contact.pk}:{product or ''}:{hour}",
    )
    ProductEvent.objects.bulk_create([row], ignore_conflicts=True)
