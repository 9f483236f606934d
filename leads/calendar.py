"""Week and month as grids: what lies where, in the reader's zone."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode

from accounts.models import User
from crm.lib.clock import instant
from leads.free import QUARTER, STEP, quarters
from leads.models import Absence, Meeting, timetable

WEEK = timedelta(days=7)
PER_HOUR = 60 // STEP
OFFICE = (8, 18)  # hours that a week shows at least
IN_A_CELL = 3  # meetings that a day of the month names


@dataclass(frozen=True)
class View:
    """Whose calendar is read by whom, around which day."""

    user: User
    who: str  # "me", "all" or a person's number
    person: User | None  # None for everybody in sight
    day: date

    @property
    def zone(self):
        return timezone.get_current_timezone()

    def url(self, name, **changes):
        wanted = {"day": self.day, "who": self.who} | changes
        return f"{reverse(name)}?{urlencode(wanted)}"

    def meetings(self, start, end):
        rows = Meeting.objects.visible_to(self.user).taking_time().between(start, end)
        if self.person:
            rows = rows.filter(host=self.person)
        return list(rows.with_names())

    def absences(self, first, last):
        people = Absence.objects.visible_to(self.user).within(first, last)
        if self.person:
            people = people.filter(person=self.person)
        return list(people.filter(person__is_active=True).select_related("person"))


@dataclass
class Entry:
    """A meeting on one day, or the time somebody is busy with what one may not see."""

    starts: datetime
    ends: datetime
    meeting: Meeting | None = None
    tone: str = ""
    row: int = 1
    span: int = 1
    host: str = ""

    @property
    def label(self):
        start = date_format(self.starts, "H:i")
        return f"{start}–{date_format(self.ends, 'H:i')}"


@dataclass
class Day:
    date: date
    entries: list = field(default_factory=list)
    away: list = field(default_factory=list)
    off: list = field(default_factory=list)  # (row, span) outside working hours
    slots: list = field(default_factory=list)  # (row, address) to book by pointer
    book_url: str = ""
    week_url: str = ""
    in_month: bool = True

    @property
    def is_today(self):
        return self.date == timezone.localdate()

    @property
    def is_past(self):
        return self.date < timezone.localdate()

    @property
    def shown(self):
        return self.entries[:IN_A_CELL]

    @property
    def more(self):
        return len(self.entries) - IN_A_CELL


def monday(day):
    return day - timedelta(days=day.weekday())


def week(view):
    """The seven days around the view's day, as the week page draws them."""
    first = monday(view.day)
    days = _days(view, first, 7)
    if not any(day.entries or day.is_today for day in days[5:]):
        days = days[:5]
    early, late = _hours_shown(days)
    table = _timetable(view, first)
    for day in days:
        _place(day, early)
        _shade(day, table, view.zone, early, late)
        day.slots = list(_slots(view, day, early, late))
    return {
        "days": days,
        "hours": [
            {"label": f"{hour:02d}:00", "row": (hour - early) * PER_HOUR + 1}
            for hour in range(early, late)
        ],
        "rows": (late - early) * PER_HOUR,
        "title": _span_title(first, first + timedelta(days=6)),
        "previous": view.url("meetings:week", day=first - WEEK),
        "next": view.url("meetings:week", day=first + WEEK),
        "today": view.url("meetings:week", day=timezone.localdate()),
    }


def month(view):
    """The weeks that touch the month of the view's day."""
    first = view.day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    start = monday(first)
    weeks = (monday(after - timedelta(days=1)) - start).days // 7 + 1
    days = _days(view, start, weeks * 7)
    for day in days:
        day.in_month = day.date.month == first.month
    return {
        "weeks": [days[n : n + 7] for n in range(0, len(days), 7)],
        "title": date_format(first, "F Y"),
        "previous": view.url(
            "meetings:month", day=(first - timedelta(days=1)).replace(day=1)
        ),
        "next": view.url("meetings:month", day=after),
        "today": view.url("meetings:month", day=timezone.localdate()),
    }


def _days(view, first, number):
    """Days with their meetings and absences: three queries, however many rows."""
    zone = view.zone
    days = [Day(first + timedelta(days=n)) for n in range(number)]
    start = instant(first, time(0), zone)
    end = instant(first + timedelta(days=number), time(0), zone)
    entries = _entries(view, start, end)
    absences = view.absences(first, days[-1].date)
    for day in days:
        day.entries = [e for e in entries if _on(e, day.date, zone)]
        day.away = [
            {
                "who": "" if view.person else str(a.person),
                "why": a.reason_for(view.user),
            }
            for a in absences
            if a.first <= day.date <= a.last
        ]
        day.book_url = "" if day.is_past else _book_url(view, day=day.date)
        day.week_url = view.url("meetings:week", day=day.date)
    return days


def _book_url(view, **query):
    if view.person:
        query["host"] = view.person.pk
    return f"{reverse('meetings:book')}?{urlencode(query)}"


def _entries(view, start, end):
    meetings = view.meetings(start, end)
    hosts = sorted({meeting.host_id for meeting in meetings})
    entries = []
    for meeting in meetings:
        tone = (
            meeting.tone if view.person else str(hosts.index(meeting.host_id) % 8 + 1)
        )
        host = "" if view.person else str(meeting.host)
        local = [m.astimezone(view.zone) for m in (meeting.starts, meeting.ends)]
        entries.append(Entry(*local, meeting=meeting, tone=tone, host=host))
    if view.person and view.person != view.user:
        known = {(meeting.starts, meeting.ends) for meeting in meetings}
        busy = Meeting.objects.taking_time().of_host(view.person).between(start, end)
        entries += [
            Entry(one.astimezone(view.zone), two.astimezone(view.zone))
            for one, two in busy.values_list("starts", "ends")
            if (one, two) not in known
        ]
    return sorted(entries, key=lambda entry: entry.starts)


def _on(entry, day, zone):
    """Whether the entry touches the day."""
    last = entry.ends - QUARTER
    return entry.starts.date() <= day <= last.astimezone(zone).date()


def _hours_shown(days):
    """The first and last hour of the grid: office hours, and whatever lies beyond."""
    early, late = OFFICE
    for day in days:
        for entry in day.entries:
            start, end = _minutes(entry, day.date)
            early, late = min(early, start // 60), max(late, -(-end // 60))
    return early, late


def _minutes(entry, day):
    """Where the entry lies on that day, in minutes of the clock; it may cross midnight."""
    start = (
        entry.starts.hour * 60 + entry.starts.minute
        if entry.starts.date() == day
        else 0
    )
    end = (
        entry.ends.hour * 60 + entry.ends.minute
        if entry.ends.date() == day
        else 24 * 60
    )
    return start, max(end, start + STEP)


def _place(day, early):
    for entry in day.entries:
        start, end = _minutes(entry, day.date)
        entry.row = (start - early * 60) // STEP + 1
        entry.span = max(1, (end - start) // STEP)


def _timetable(view, first):
    """The hours of the person whose week it is; None for everybody's."""
    if view.person is None:
        return None
    start = instant(first, time(0), view.zone)
    table = timetable(view.person, start, start + WEEK)
    return table if table.has_hours else None


def _shade(day, table, zone, early, late):
    """Stretches of the day in which the person does not work."""
    if table is None:
        return
    start = instant(day.date, time(early), zone)
    run = 0
    for number, quarter in enumerate(
        quarters(start, start + timedelta(hours=late - early))
    ):
        works = table.works(quarter) and not table.absence(quarter, quarter + QUARTER)
        if works and run:
            day.off.append({"row": number - run + 1, "span": run})
        run = 0 if works else run + 1
    if run:
        day.off.append({"row": (late - early) * PER_HOUR - run + 1, "span": run})


def _slots(view, day, early, late):
    """An address per hour still to come, for those who point at the grid."""
    now = timezone.localtime().replace(tzinfo=None)
    for hour in range(early, min(late, 24)):
        at = datetime.combine(day.date, time(hour))  # a wall clock's, so without zone
        if at > now:
            url = _book_url(view, at=at.isoformat(timespec="minutes"))
            yield {
                "row": (hour - early) * PER_HOUR + 1,
                "url": url,
                "label": f"{hour:02d}:00",
            }


def _span_title(first, last):
    """ "23 – 29 November 2026", over a month's end "30 November – 6 December 2026"."""
    end = date_format(last, "j F Y")
    if first.month == last.month:
        return f"{first.day} – {end}"
    return f"{date_format(first, 'j F')} – {end}"
