"""Free times as buttons: grouped by the reader's days."""

from datetime import timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format

from crm.lib.clock import today_in, zone_of
from leads.models import WorkHours, free_times

DAYS = 7  # looked at in one go


def first_day(host, day):
    """The first day to look at: the one asked for, but none that is past at the host's."""
    today = today_in(zone_of(host.zone))
    return max(day or today, today)


def offer(host, day, minutes, *, but=None, chosen=None):
    """What the choice of times shows: days with free times from `day` on, or why none."""
    today, day = first_day(host, None), first_day(host, day)
    found = free_times(host, day, day + timedelta(days=DAYS - 1), minutes, but=but)
    has_hours = bool(found) or bool(WorkHours.week_of(host))
    zone = zone_of(host.zone)
    local = (timezone.localtime(moment) for moment in found)
    days = [
        {
            "date": date,
            "times": [
                {
                    "value": moment.isoformat(),
                    "label": date_format(moment, "H:i"),
                    "there": _there(moment, zone),
                    "chosen": moment == chosen,
                }
                for moment in group
            ],
        }
        for date, group in groupby(local, key=lambda moment: moment.date())
    ]
    return {
        "host": host,
        "days": days,
        "day": day,
        "has_hours": has_hours,
        "earlier": max(day - timedelta(days=DAYS), today) if day > today else None,
        "later": day + timedelta(days=DAYS),
        "last": day + timedelta(days=DAYS - 1),
        "reader_zone": timezone.get_current_timezone_name(),
        "host_zone": zone.key,
    }


def _there(moment, zone):
    """What the host's clock shows then, where it is not what the reader's shows."""
    there = moment.astimezone(zone)
    if there.utcoffset() == moment.utcoffset():
        return ""
    return date_format(there, "H:i" if there.date() == moment.date() else "D H:i")
