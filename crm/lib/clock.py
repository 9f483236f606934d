"""Wall clocks: what people mean by a day and a time where they are."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name, or the firm's own where there is none."""
    try:
        return ZoneInfo(name or timezone.get_default_timezone_name())
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(timezone.get_default_timezone_name())


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When a clock in `zone` shows it.

    What a clock skips in spring comes as much later as it skips; what it shows twice
    in autumn is meant the first time.
    """
    local = datetime.combine(day, at.replace(fold=0), tzinfo=zone)
    return local.astimezone(ZoneInfo("UTC"))


def today_in(zone: ZoneInfo) -> date:
    return timezone.now().astimezone(zone).date()


def next_monday(day: date) -> date:
    """The Monday after `day`, which is never the day itself."""
    return day + timedelta(days=7 - day.weekday())
