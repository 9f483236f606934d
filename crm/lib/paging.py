"""Pages that cost the same at any depth."""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

CAP = 10_000


@dataclass(frozen=True)
class Counted:
    """How many rows there are, no further than one above `cap`."""

    number: int
    cap: int

    @property
    def text(self) -> str:
        """The number, or "10,000+"."""
        if self.number > self.cap:
            return _("{n}+").format(n=number_format(self.cap, force_grouping=True))
        return number_format(self.number, force_grouping=True)


def counted(rows: QuerySet, cap: int = CAP) -> Counted:
    """Count the rows, but not all of very many."""
    return Counted(rows.order_by()[: cap + 1].count(), cap)


class KeysetPage:
    """One page of a queryset, continued after a row instead of at an offset.

    `order` names plain columns, "-" for descending, ending in the primary key; each
    but the first column must not be null. `after` is the opaque text of `.next`; one
    that cannot be read shows the first page.
    """

    def __init__(
        self,
        queryset: QuerySet,
        after: str | None = None,
        *,
        order: tuple[str, ...] = ("-created", "-pk"),
        size: int = 50,
        cap: int = CAP,
    ):
        self.base = queryset
        self.order = order
        self.size = size
        self.cap = cap
        self.after = _fitting(queryset, order, _decode(after, len(order)))

    @property
    def ordered(self) -> QuerySet:
        """Every row of the list, in the order of its pages."""
        return self.base.order_by(*(_nulls_last(name) for name in self.order))

    @cached_property
    def _fetched(self) -> list:
        rows = self.ordered
        if self.after:
            rows = rows.filter(_beyond(self.order, self.after))
        return list(rows[: self.size + 1])

    @property
    def rows(self) -> list:
        return self._fetched[: self.size]

    @cached_property
    def next(self) -> str:
        """The `after` of the following page, or "" on the last one."""
        if len(self._fetched) <= self.size:
            return ""
        last = self.rows[-1]
        return _encode([getattr(last, name.lstrip("-")) for name in self.order])

    @cached_property
    def count(self) -> int:
        """How many rows there are, counted no further than one above the cap."""
        return counted(self.base, self.cap).number

    @property
    def count_text(self) -> str:
        return Counted(self.count, self.cap).text

    @property
    def is_first(self) -> bool:
        return not self.after

    def __iter__(self) -> Iterator:
        return iter(self.rows)


def _nulls_last(name: str) -> Any:
    return F(name[1:]).desc() if name.startswith("-") else F(name).asc()


def _beyond(order: tuple[str, ...], values: list) -> Q:
    """Rows strictly after `values` in `order`, as one index can serve it."""
    condition = Q()
    for depth in range(len(order), 0, -1):
        name, value = order[depth - 1], values[depth - 1]
        field, op = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        step = Q(**{f"{field}__{op}": value})
        condition = (
            step if depth == len(order) else step | (Q(**{field: value}) & condition)
        )
    first, value = order[0], values[0]
    bound = "lte" if first.startswith("-") else "gte"
    return Q(**{f"{first.lstrip('-')}__{bound}": value}) & condition


def _fitting(
    queryset: QuerySet, order: tuple[str, ...], values: list | None
) -> list | None:
    """The values if each fits its column: an address can be typed by anybody."""
    options = queryset.model._meta
    try:
        for name, value in zip(order, values or (), strict=bool(values)):
            plain = name.lstrip("-")
            column = options.pk if plain == "pk" else options.get_field(plain)
            column.to_python(value)
    except (ValidationError, OverflowError, TypeError, ValueError):
        return None
    return values


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return {"t": value.isoformat()}
    return str(value) if isinstance(value, Decimal) else value


def _encode(values: list) -> str:
    raw = json.dumps([_plain(v) for v in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _decode(text: str | None, width: int) -> list | None:
    if not text:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        read = [
            (datetime if "T" in v["t"] else date).fromisoformat(v["t"])
            if isinstance(v, dict)
            else v
            for v in values
        ]
    except (ValueError, TypeError, KeyError, binascii.Error):
        return None
    simple = all(
        isinstance(v, str | int | float | date) and v is not None for v in read
    )
    return read if len(read) == width and simple else None
