"""The rows of one order, and how they differ from what is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.importing.base import BATCH, Verdict
from accounts.importing.reader import Record
from accounts.models import Client
from sales.models import Product, Purchase, PurchaseLine


@dataclass(slots=True)
class Line:
    """One record of an order; `cents` is None when it says nothing of money."""

    order: str
    client: str
    day: date | None
    currency: str
    cents: int | None
    quantity: Decimal
    text: str
    product: Product | None = None
    names_product: bool = False

    @property
    def key(self) -> tuple:
        pk = self.product.pk if self.product else None
        return (pk, self.text, self.quantity, self.cents)


@dataclass(slots=True)
class Order:
    """All records of one order number; a record without one is an order of its own."""

    name: str
    verdicts: list[Verdict] = field(default_factory=list)
    client: Client | None = None
    day: date | None = None
    currency: str = ""
    stored: Purchase | None = None

    @property
    def lines(self) -> list[Line]:
        return [verdict.row for verdict in self.verdicts]

    @property
    def goods(self) -> list[Line]:
        return [line for line in self.lines if line.names_product]

    @property
    def has_money(self) -> bool:
        return any(line.cents is not None for line in self.lines)

    @property
    def cents(self) -> int:
        return sum(line.cents or 0 for line in self.lines)

    def first(self, name: str) -> Any:
        """What the first record says that says it."""
        return next((v for line in self.lines if (v := getattr(line, name))), None)

    def reject(self, reason: str) -> None:
        for verdict in self.verdicts:
            verdict.reject(reason)

    def settle(self, outcome: str, reason: str = "") -> None:
        for verdict in self.verdicts:
            verdict.outcome, verdict.reason = outcome, reason

    def keeps_bare(self, text: str) -> bool:
        """Whether the stored order has this very line, and of no product."""
        lines = self.stored.lines.all() if self.stored else ()
        return any(line.text == text and not line.product_id for line in lines)

    def differs(self, stored: Purchase) -> bool:
        """Whether the file says otherwise than the stored order."""
        if (self.day or stored.day) != stored.day:
            return True
        if self.has_money and (self.cents, self.currency) != (
            stored.cents,
            stored.currency,
        ):
            return True
        kept = [
            (line.product_id, line.text, line.quantity, line.cents)
            for line in stored.lines.all()
        ]
        keys = sorted(map(repr, (line.key for line in self.goods)))
        return bool(self.goods) and keys != sorted(map(repr, kept))

    def rows(self) -> Iterator[PurchaseLine]:
        for line in self.goods:
            yield PurchaseLine(
                purchase=self.stored,
                product=line.product,
                text=line.text,
                quantity=line.quantity,
                cents=line.cents or 0,
            )


def whole_orders(records, order_of, *, scattered: bool) -> Iterator[list[Record]]:
    """Batches of records that never cut an order in two.

    Records are streamed; only a file whose orders are `scattered` is gathered first.
    """
    if scattered:
        gathered: dict[str, list[Record]] = {}
        for record in records:
            key = order_of(record) or f"#{record.line}"
            gathered.setdefault(key, []).append(record)
        records = (record for group in gathered.values() for record in group)
    batch: list[Record] = []
    last = None
    for record in records:
        order = order_of(record)
        if len(batch) >= BATCH and (not order or order != last):
            yield batch
            batch = []
        batch.append(record)
        last = order
    if batch:
        yield batch
