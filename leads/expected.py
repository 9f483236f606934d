"""In which month an open lead is likely won, if it is: by its stage and since when.

A lead in its stage longer than a win usually takes is expected now.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from crm.lib.dates import month_of, next_month
from leads.models import Stage


def midnight(day: date) -> datetime:
    """When the day begins where the reader is, so that an index can serve it."""
    return timezone.make_aware(datetime.combine(day, time.min))


def expected_month(since: date, days: int, today: date) -> date:
    """The first day of the month in which `since` + `days` lies, this one at least."""
    return month_of(max(since + timedelta(days=days), today))


def expected_in(rows: QuerySet, month: date) -> QuerySet:
    """The open leads whose `expected_month` is this one; none for a month gone by."""
    this = month_of(timezone.localdate())
    if month < this:
        return rows.none()
    hit = Q(pk__in=[])
    for stage in Stage.objects.open():
        days = timedelta(days=stage.days_to_win)
        part = Q(stage=stage, stage_since__lt=midnight(next_month(month) - days))
        if month > this:
            part &= Q(stage_since__gte=midnight(month - days))
        hit |= part
    return rows.open().filter(hit)
