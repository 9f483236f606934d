"""When somebody is free: wall-clock hours, absences and meetings in, instants out.

Pure: no database and no clock. The day is counted in quarters of an hour of UTC, on
which the offset of every zone in use changes; so a quarter lies wholly within the
working hours or wholly without, also on the days when clocks are changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

STEP = 15  # minutes
QUARTER = timedelta(minutes=STEP)
DAY_MINUTES = 24 * 60
Span = tuple[datetime, datetime]


def on_quarter(moment: datetime) -> bool:
    """Whether a moment lies on a quarter of an hour."""
    return not (moment.second or moment.microsecond or moment.minute % STEP)


def quarters(start: datetime, end: datetime) -> Iterator[datetime]:
    """The quarters of an hour in [start, end), as instants of UTC; start is rounded up."""
    moment = start.astimezone(UTC).replace(second=0, microsecond=0)
    moment -= timedelta(minutes=moment.minute % STEP)
    if moment < start:
        moment += QUARTER
    while moment < end:
        yield moment
        moment += QUARTER


@dataclass(frozen=True)
class Timetable:
    """One person's hours by weekday (0 is Monday; minutes after midnight), and what fills them.

    `away` holds days, both ends included; `busy` holds meetings as [start, end).
    Between two meetings there are at least `before` minutes to prepare the later one
    and `after` minutes to write up the earlier one; the same minutes may serve both.
    """

    zone: ZoneInfo
    hours: Mapping[int, Sequence[tuple[int, int]]]
    away: Sequence[tuple[date, date]] = ()
    busy: Sequence[Span] = field(default=())
    before: int = 0
    after: int = 0

    @property
    def has_hours(self) -> bool:
        return any(self.hours.values())

    @property
    def gap(self) -> timedelta:
        """What lies between two meetings at least."""
        return timedelta(minutes=max(self.before, self.after))

    def absence(self, start: datetime, end: datetime) -> tuple[date, date] | None:
        """The absence that touches [start, end), by the person's own calendar."""
        first = start.astimezone(self.zone).date()
        last = (end - QUARTER).astimezone(self.zone).date()
        return next((a for a in self.away if a[0] <= last and first <= a[1]), None)

    def works(self, quarter: datetime) -> bool:
        """Whether the person works in the quarter of an hour that begins then."""
        local = quarter.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        today = self.hours.get(local.weekday(), ())
        return any(start <= minute and minute + STEP <= end for start, end in today)

    def works_throughout(self, start: datetime, end: datetime) -> bool:
        return all(self.works(quarter) for quarter in quarters(start, end))

    def clash(self, start: datetime, end: datetime, gap: timedelta) -> Span | None:
        """The meeting that [start, end) would meet, or come nearer to than `gap`."""
        return next(
            (b for b in self.busy if b[0] < end + gap and start < b[1] + gap), None
        )

    def fits(self, start: datetime, end: datetime) -> bool:
        """Whether a meeting may be offered then."""
        return (
            self.works_throughout(start, end)
            and self.absence(start, end) is None
            and self.clash(start, end, self.gap) is None
        )

    def free(self, start: datetime, end: datetime, minutes: int) -> list[datetime]:
        """Every instant in [start, end) at which a meeting of `minutes` may begin."""
        if minutes <= 0 or minutes % STEP:
            raise ValueError(
                f"a meeting lasts quarters of an hour, not {minutes} minutes"
            )
        if not self.has_hours:
            return []
        length = timedelta(minutes=minutes)
        return [
            q
            for q in quarters(start, end)
            if self.works(q) and self.fits(q, q + length)
        ]
