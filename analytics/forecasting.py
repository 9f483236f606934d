"""What stages convert, and what a month is expected to bring: counted every night.

A lead that was in a stage, or in a later one, has reached it. Leads that were never seen
in an open stage (an import brought them closed) count in the overall share alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from accounts.models import Firm
from analytics.models import Forecast, StageRate
from crm.lib.dates import month_of
from leads.expected import expected_month
from leads.models import Lead, Stage

PRIOR = 10  # leads: so much does the overall share weigh beside what a stage shows
USUAL_DAYS = 30  # to a win, while none is known
CHUNK = 5000
Counts = Mapping[int | None, tuple[int, int]]  # stage (None: all) → won, lost


@dataclass(frozen=True)
class Rates:
    """The share of leads won, per stage; None overall while no lead is closed."""

    overall: Decimal | None
    per_stage: dict[int, Decimal]
    counts: Counts

    def of(self, stage: int) -> Decimal:
        """A stage's share; the overall one where nothing is known of it."""
        return self.per_stage.get(stage, self.overall or Decimal(0))


def rates_of(own: Counts, firm: tuple[int, int]) -> Rates:
    """The shares of a part of the firm; small numbers shrink to the overall one."""
    if not sum(firm):
        return Rates(None, {}, own)
    base = Decimal(firm[0]) / sum(firm)
    overall = _shrunk(own.get(None, (0, 0)), base)
    known = {stage: _shrunk(counts, overall) for stage, counts in own.items() if stage}
    return Rates(overall, known, own)


def _shrunk(counts: tuple[int, int], towards: Decimal) -> Decimal:
    won, lost = counts
    return (won + PRIOR * towards) / (won + lost + PRIOR)


@transaction.atomic
def refresh() -> None:
    """Count the stages anew and, at the first time in a month, keep its forecast."""
    Firm.get()
    Firm.objects.select_for_update().get(pk=1)  # two workers take turns
    count_stages()
    month = month_of(timezone.localdate())
    if not Forecast.objects.filter(month=month).exists():
        store_forecast()


def count_stages() -> None:
    """Write the counts per stage and owner, and the days to a win of each stage."""
    stages = {stage.pk: stage for stage in Stage.objects.open()}
    tally: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
    days: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for owner, department, state, closed, entered in closed_leads():
        seen = {pk: at for pk, at in entered if pk in stages}
        deepest = max((stages[pk].position for pk in seen), default=-1)
        reached = [pk for pk, stage in stages.items() if stage.position <= deepest]
        lost = int(state == Stage.Kind.LOST)
        for stage in (None, *reached):
            tally[stage, owner, department][lost] += 1
        for pk, at in seen.items():
            if not lost and closed and closed >= at:
                days[pk][0] += (closed - at).days
                days[pk][1] += 1
    StageRate.objects.all().delete()
    StageRate.objects.bulk_create(
        StageRate(
            stage_id=stage, owner_id=owner, department_id=department, won=won, lost=lost
        )
        for (stage, owner, department), (won, lost) in tally.items()
    )
    note_days(stages.values(), days)


def closed_leads() -> Iterator[tuple[Any, Any, str, datetime, list[tuple]]]:
    """Owner, department, state, closing time and entered stages of each closed lead.

    Two streams in the same order, so that memory does not grow with the leads.
    """
    closed = Lead.objects.alive().exclude(state=Stage.Kind.OPEN).order_by("pk")
    rows = closed.values_list("pk", "owner", "department", "state", "closed")
    past = Lead.history.model.objects.order_by("id", "stage")
    past = past.values_list("id", "stage").annotate(at=Min("history_date"))
    histories = groupby(past.iterator(chunk_size=CHUNK), lambda row: row[0])
    key, entered = next(histories, (None, ()))
    for pk, *facts in rows.iterator(chunk_size=CHUNK):
        while key is not None and key < pk:
            key, entered = next(histories, (None, ()))
        own = [(stage, at) for _id, stage, at in entered] if key == pk else []
        yield (*facts, own)


def note_days(stages: Any, days: Mapping[int, list[int]]) -> None:
    """Push the mean days to a win into the stages, where lists read them."""
    total, wins = (sum(known[i] for known in days.values()) for i in (0, 1))
    usual = total / wins if wins else USUAL_DAYS
    for stage in stages:
        own, n = days.get(stage.pk, (0, 0))
        stage.days_to_win = min(round((own + PRIOR * usual) / (n + PRIOR)), 9999)
        stage.save(update_fields=["days_to_win"])


def store_forecast() -> None:
    """Keep what this month is expected to bring, of the leads that are open now."""
    today = timezone.localdate()
    shares = rates_of_owners()
    stages = {stage.pk: stage for stage in Stage.objects.open()}
    rows = Lead.objects.alive().open().order_by()
    rows = rows.values_list("owner", "department", "currency", "stage")
    rows = rows.annotate(
        since=TruncDate("stage_since"),
        n=Count("pk"),
        worth=Coalesce(Sum("value"), ZERO),
    )
    found: dict[tuple, Forecast] = {}
    for owner, department, currency, stage, since, n, worth in rows.iterator():
        days = stages[stage].days_to_win
        if expected_month(since, days, today) == month_of(today):
            key = (owner, department, currency)
            row = found.setdefault(key, blank(month_of(today), *key))
            add(row, n, worth, shares(owner).of(stage))
    Forecast.objects.bulk_create(found.values())


ZERO = Decimal(0)


def blank(month: Any, owner: Any, department: Any, currency: str) -> Forecast:
    return Forecast(
        month=month,
        owner_id=owner,
        department_id=department,
        currency=currency,
        value=ZERO,
        weighted=ZERO,
    )


def add(row: Forecast, leads: int, worth: Decimal, share: Decimal) -> None:
    row.leads += leads
    row.value += Decimal(worth)
    row.weighted += round(Decimal(worth) * share, 2)


def rates_of_owners() -> Any:
    """A function from owner to their Rates."""
    own: dict[Any, dict] = defaultdict(dict)
    firm = [0, 0]
    rows = StageRate.objects.order_by().values_list("owner", "stage")
    for owner, stage, won, lost in rows.annotate(w=Sum("won"), l=Sum("lost")):
        own[owner][stage] = (won, lost)
        if stage is None:
            firm = [firm[0] + won, firm[1] + lost]
    known: dict[Any, Rates] = {}

    def of(owner: Any) -> Rates:
        if owner not in known:
            known[owner] = rates_of(own.get(owner, {}), (firm[0], firm[1]))
        return known[owner]

    return of
