"""From rows to figures: one grouped query per feature table, never one per row.

Everything here counts what was known before the reference date `T`; rows in the trash
do not exist. Money stays in minor units and is never added across currencies.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Client, Firm
from crm.lib.money import to_minor
from leads.models import Interaction, Lead
from sales.models import Purchase

YEAR = timedelta(days=365)
# Upper ends, in hours, of the buckets in which answering times are kept: buckets can
# be added up per reader, medians cannot. The last bucket is open.
WAIT_HOURS = (0.25, 0.5, 1, 2, 4, 8, 16, 24, 48, 72, 120, 168, 336, 720)
BUCKETS = len(WAIT_HOURS) + 1


class Cell(NamedTuple):
    """What a figure is kept for; place and medium are None where not asked or known."""

    place: int | None
    medium: int | None
    owner: int | None
    department: int | None
    currency: str


class Tally:
    """Sums per cell, by name of the figure's column."""

    def __init__(self) -> None:
        self.cells: dict[Cell, Counter[str]] = {}

    def add(self, cell: Cell, **sums: int | None) -> None:
        into = self.cells.setdefault(cell, Counter())
        for name, value in sums.items():
            into[name] += int(value or 0)

    def per(self, what: str, *names: str) -> Counter[Any]:
        """The sum of the named columns per place, medium, owner, …"""
        found: Counter[Any] = Counter()
        for cell, sums in self.cells.items():
            found[getattr(cell, what)] += sum(sums[name] for name in names)
        return found

    def total(self, name: str) -> int:
        return sum(sums[name] for sums in self.cells.values())


def before(day: date) -> datetime:
    """The first moment that no longer counts."""
    return timezone.make_aware(datetime.combine(day, time()))


def main_currency(day: date) -> tuple[str, dict[str, int]]:
    """The currency most purchases are in, and the counts of the others.

    Amounts are only compared and added within one; ties go to the firm's own.
    """
    counts = dict(
        Purchase.objects.filter(day__lt=day)
        .order_by()
        .values_list("currency")
        .annotate(n=Count("*"))
    )
    own = Firm.get().currency
    if not counts:
        return own, {}
    main = min(counts, key=lambda code: (-counts[code], code != own, code))
    return main, {code: n for code, n in counts.items() if code != main}


def sums_of(day: date, *, places: bool) -> Tally:
    """Leads, clients and purchases per place (if asked) × medium × owner × currency."""
    tally = Tally()
    add_leads(tally, day, places=places)
    add_clients(tally, day, places=places)
    add_purchases(tally, day, places=places)
    return tally


def add_leads(tally: Tally, day: date, *, places: bool) -> None:
    """Count leads that came before the day; a later win or loss is not yet known."""
    closed = Q(closed__lt=before(day)) | Q(closed__isnull=True)
    won, lost = Q(state="won") & closed, Q(state="lost") & closed
    rows = grouped(
        Lead.objects.alive().filter(created__lt=before(day)),
        *keys("", places=places),
        "currency",
        leads=Count("*"),
        won=Count("pk", filter=won),
        lost=Count("pk", filter=lost),
        value=Sum("value", filter=won),
    )
    for *key, currency, leads, n_won, n_lost, value in rows:
        tally.add(
            cell(key, currency, places=places),
            leads=leads,
            won=n_won,
            lost=n_lost,
            won_cents=to_minor(value, currency) if value else 0,
        )


def add_clients(tally: Tally, day: date, *, places: bool) -> None:
    rows = grouped(known_clients(day), *keys("", places=places), clients=Count("*"))
    for *key, clients in rows:
        tally.add(cell(key, "", places=places), clients=clients)


def add_purchases(tally: Tally, day: date, *, places: bool) -> None:
    """Sum purchases less refunds; only totals of 0 or more count as a purchase."""
    rows = grouped(
        Purchase.objects.filter(day__lt=day, client__trashed__isnull=True),
        *keys("client__", places=places),
        "currency",
        purchases=Count("pk", filter=Q(cents__gte=0)),
        cents=Sum("cents"),
    )
    for *key, currency, purchases, cents in rows:
        tally.add(cell(key, currency, places=places), purchases=purchases, cents=cents)


def known_clients(day: date) -> QuerySet:
    """Clients that had not signed up on or after the day."""
    return Client.objects.alive().exclude(signed_up__gte=day)


def keys(prefix: str, *, places: bool) -> list[str]:
    names = ["medium_id", "owner_id", "department_id"]
    return [prefix + name for name in (["place_id", *names] if places else names)]


def cell(key: list[int | None], currency: str, *, places: bool) -> Cell:
    return Cell(*(key if places else [None, *key]), currency)


def grouped(rows: QuerySet, *by: str, **sums: Any) -> Iterator[tuple]:
    """One GROUP BY query: the keys, then the sums, as tuples."""
    return (
        rows.order_by()
        .values(*by)
        .annotate(**sums)
        .values_list(*by, *sums)
        .iterator(chunk_size=10_000)
    )


# --- Contacts and their answers -------------------------------------------------


def contacts(day: date) -> QuerySet:
    """What we sent out by a medium before the day; notes are not contacts."""
    moment = before(day)
    return (
        Interaction.objects.filter(
            direction=Interaction.Direction.OUT, medium__isnull=False, at__lt=moment
        )
        .exclude(kind=Interaction.Kind.NOTE)
        .filter(lead__trashed__isnull=True, client__trashed__isnull=True)
        .annotate(
            seller=Coalesce("lead__owner_id", "client__owner_id"),
            part=Coalesce("lead__department_id", "client__department_id"),
        )
    )


@dataclass
class Answers:
    """Hours until each answer, all of them and in buckets per cell."""

    hours: dict[int, list[float]]  # medium → every answer
    buckets: dict[Cell, list[int]]


def add_contacts(tally: Tally, day: date) -> Answers:
    """Count what was sent and answered, and how long the answers took: two queries."""
    known = Q(answered__lt=before(day))
    rows = grouped(
        contacts(day),
        "medium_id",
        "seller",
        "part",
        sent=Count("*"),
        heard=Count("pk", filter=known),
    )
    for *key, sent, heard in rows:
        tally.add(Cell(None, *key, ""), sent=sent, answered=heard)
    answers = Answers({}, {})
    times = contacts(day).filter(known).order_by()
    fields = ("medium_id", "seller", "part", "at", "answered")
    for *key, at, answered in times.values_list(*fields).iterator(chunk_size=10_000):
        hours = max((answered - at).total_seconds(), 0) / 3600
        answers.hours.setdefault(key[0], []).append(hours)
        spot = answers.buckets.setdefault(Cell(None, *key, ""), [0] * BUCKETS)
        spot[int(np.searchsorted(WAIT_HOURS, hours))] += 1
    return answers


def add_wins(tally: Tally, day: date) -> dict[int, list[float]]:
    """Add days to win and wins of clients who bought again; days of each medium."""
    won = Lead.objects.alive().filter(state="won", closed__lt=before(day))
    days: dict[int, list[float]] = {}
    fields = (*keys("", places=False), "created", "closed")
    rows = won.order_by().values_list(*fields).iterator(chunk_size=10_000)
    for *key, created, closed in rows:
        took = max((closed - created).days, 0)
        days.setdefault(key[0], []).append(took)
        tally.add(Cell(None, *key, ""), won_days=took)
    again = (
        Purchase.objects.filter(day__lt=day, cents__gte=0)
        .order_by()
        .values("client")
        .annotate(n=Count("*"))
        .filter(n__gte=2)
    )
    repeated = won.filter(client__in=again.values("client"))
    for *key, repeats in grouped(repeated, *keys("", places=False), repeats=Count("*")):
        tally.add(Cell(None, *key, ""), repeats=repeats)
    return days


def contacts_of_each(day: date) -> Iterator[tuple]:
    """(client or None, lead or None, medium, sent, answered) of everybody written to."""
    rows = contacts(day).annotate(who=Coalesce("client_id", "lead__client_id"))
    return grouped(
        rows,
        "who",
        "lead_id",
        "medium_id",
        sent=Count("*"),
        heard=Count("pk", filter=Q(answered__lt=before(day))),
    )


# --- What clients bought --------------------------------------------------------


@dataclass(frozen=True)
class Bought:
    """Figures of the clients before a day, one row each, ordered by client."""

    client: np.ndarray
    owner: list[int | None]
    department: list[int | None]
    signed_up: np.ndarray
    first: np.ndarray
    last: np.ndarray
    cents: np.ndarray  # over the 365 days before, less refunds, in one currency
    purchases: np.ndarray  # over the 365 days before


def bought(day: date, currency: str, *, mixed: bool) -> Bought:
    """Group the purchases by client, in one query, and put them beside the clients.

    `mixed`: there are other currencies too. Their days and numbers count, their
    amounts do not.
    """
    year = Q(day__gte=day - YEAR)
    real = Q(cents__gte=0)
    amount = year & Q(currency=currency) if mixed else year
    rows = grouped(
        Purchase.objects.filter(day__lt=day),
        "client_id",
        count=Count("pk", filter=year & real),
        total=Sum("cents", filter=amount),
        oldest=Min("day", filter=real),
        newest=Max("day", filter=real),
    )
    figures = {client: rest for client, *rest in rows}
    clients = list(
        Client.objects.alive()
        .order_by("pk")
        .values_list("pk", "owner_id", "department_id", "signed_up")
    )
    none = (0, 0, None, None)
    own = [figures.get(pk, none) for pk, *_ in clients]
    return Bought(
        client=np.array([row[0] for row in clients], dtype=np.int64),
        owner=[row[1] for row in clients],
        department=[row[2] for row in clients],
        signed_up=days(row[3] for row in clients),
        first=days(row[2] for row in own),
        last=days(row[3] for row in own),
        cents=np.array([row[1] or 0 for row in own], dtype=np.int64),
        purchases=np.array([row[0] for row in own], dtype=np.int64),
    )


def days(values: Iterable[date | None]) -> np.ndarray:
    return np.array(list(values), dtype="datetime64[D]")
