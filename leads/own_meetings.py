"""Meetings as those see them who are no staff: a host's free times, both clocks, refusals."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.lib.clock import zone_of
from leads.meeting_forms import USUAL_MINUTES, DayForm
from leads.meeting_times import offer
from leads.models import meeting_refusals as refusals

# Why somebody is not free is nobody's business outside the firm.
PRIVATE = (
    refusals.NoHours,
    refusals.OutsideHours,
    refusals.HostAway,
    refusals.HostGone,
    refusals.TooNear,
)


def choice(request, host, kinds, *, chosen=None):
    """The kinds to choose from, the one that is chosen, and the free times for it.

    ?kind= and ?day= say what is looked at; a kind that is not offered is the first.
    """
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    kind = next((k for k in kinds if str(k.pk) == asked), kinds[0] if kinds else None)
    minutes = kind.minutes if kind else USUAL_MINUTES
    return {
        "kinds": kinds,
        "kind": kind,
        "minutes": minutes,
        "times": times(request, host, minutes, chosen=chosen),
    }


def times(request, host, minutes, *, but=None, chosen=None):
    """The days of a week from ?day= on with free times; none for a host who left."""
    form = DayForm(request.GET)
    day = form.cleaned_data["day"] if form.is_valid() else None
    found = offer(host, day, minutes, but=but, chosen=chosen)
    if not (host.is_active and host.is_seller):
        found |= {"days": [], "has_hours": False}
    return found


def clocks(meeting):
    """Begin and end by the reader's clock, and by the host's where that shows another time."""
    here = timezone.get_current_timezone()
    there = zone_of(meeting.host.zone)
    starts = meeting.starts
    differ = starts.astimezone(here).utcoffset() != starts.astimezone(there).utcoffset()
    zone = timezone.get_current_timezone_name()
    return {
        "zone": zone,
        "when": _span(meeting, here),
        "there": _span(meeting, there) if differ else "",
        "host_zone": there.key,
    }


def _span(meeting, zone):
    """ "Monday 23 November 2026, 10:00–10:30"."""
    starts, ends = (at.astimezone(zone) for at in (meeting.starts, meeting.ends))
    return f"{date_format(starts, 'l j F Y, H:i')}–{date_format(ends, 'H:i')}"


def in_short(refusal, host):
    """What the other side is told; never why the host is not free."""
    if isinstance(refusal, PRIVATE):
        refusal = refusals.SlotTaken(host)
    if isinstance(refusal, refusals.MeetingBegun):
        return _("It has begun, so it can neither be moved nor cancelled any more.")
    return str(refusal)


def is_settled(refusal):
    """Whether no other time would help: it has begun, or is cancelled already."""
    return isinstance(refusal, refusals.MeetingOver | refusals.MeetingBegun)
