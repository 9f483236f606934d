"""Dates in words, and dates as files write them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FORMATS = (
    "%Y-%m-%d",
    "%Y%m%d",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
)
STAMPS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%m/%d/%Y %H:%M:%S%z",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%d.%m.%Y %H:%M",
)


def parse(text: str, *, day_first: bool = False) -> datetime | date:
    """Read a date or time as exports write it; ValueError when it is none.

    "09/01/2008" is read month first unless `day_first`, or unless only the other
    reading exists ("25/12/2008").
    """
    raw = str(text).strip()
    found = parse_datetime(raw) if len(raw) > 10 else None
    if found:
        return found
    slashed = ("%d/%m/%Y", "%m/%d/%Y") if day_first else ("%m/%d/%Y", "%d/%m/%Y")
    for pattern in (
        *STAMPS,
        *FORMATS,
        *slashed,
        *(p.replace("/", "-") for p in slashed),
    ):
        try:
            read = datetime.strptime(raw, pattern)  # noqa: DTZ007 - made aware by callers
        except ValueError:
            continue
        return read if "%H" in pattern else read.date()
    raise ValueError(f"{text!r} is not a date")


def parse_time(text: str, zone: ZoneInfo, *, day_first: bool = False) -> datetime:
    """`parse()` as an aware time in `zone`; a bare date is its noon."""
    found = parse(text, day_first=day_first)
    if not isinstance(found, datetime):
        found = datetime.combine(found, time(12))
    return found if timezone.is_aware(found) else found.replace(tzinfo=zone)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after.

    >>> next_month(date(2025, 12, 31))
    datetime.date(2026, 1, 1)
    """
    return month_of(month_of(day) + timedelta(days=32))


def months_before(day: date, n: int) -> date:
    """The first day of the month that lies n months before that of `day`."""
    first = month_of(day)
    for _month in range(n):
        first = month_of(first - timedelta(days=1))
    return first


def read_month(text: str) -> date:
    """ "2026-11" as its first day; ValueError when it is no month of our time."""
    year, _dash, month = text.strip().partition("-")
    if not (len(year) == 4 and year.isdecimal() and month.isdecimal()):
        raise ValueError(text)
    found = date(int(year), int(month), 1)
    if not 1900 <= found.year <= 2200:
        raise ValueError(text)
    return found


def when(moment: datetime | date | None, *, today: date | None = None) -> str:
    """A date in words: "today 14:05", "yesterday", "in 3 days", "4 Nov", "4 Nov 2025"."""
    if moment is None:
        return ""
    clock = ""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
        clock = date_format(moment, "H:i")
        moment = moment.date()
    today = today or timezone.localdate()
    days = (moment - today).days
    if days == 0:
        return _("today {time}").format(time=clock).strip()
    if days == -1:
        return _("yesterday")
    if days == 1:
        return _("tomorrow {time}").format(time=clock).strip()
    if -7 < days < 0:
        return ngettext("{n} day ago", "{n} days ago", -days).format(n=-days)
    if 0 < days < 7:
        return ngettext("in {n} day", "in {n} days", days).format(n=days)
    return date_format(moment, "j M" if moment.year == today.year else "j M Y")
