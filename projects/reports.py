"""How projects stand as a whole: by state, late ones, who has how much, for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from crm.lib.charts import Bars, Pie, Slice, bars, pie, written
from leads.models import Task
from projects.forms import developers
from projects.hours import in_words
from projects.models import Milestone, Project, TimeEntry
from projects.outline import TONES

WEEKS, YEAR = timedelta(weeks=4), timedelta(days=365)
LATE_SHOWN, CLIENTS_SHOWN = 10, 50
# A state has its colour of the lists; a pie needs one for what is over as well.
COLOURS = TONES | {"done": "done", "cancelled": "other"}


def list_url(**wish: Any) -> str:
    return f"{reverse('projects:list')}?{urlencode(wish)}"


@dataclass(frozen=True)
class Standing:
    """How many projects are in each state, and how many of them are late."""

    counts: dict[str, int]
    late: int

    @property
    def running(self) -> int:
        over = (Project.State.DONE, Project.State.CANCELLED)
        return sum(n for state, n in self.counts.items() if state not in over)

    @property
    def sentence(self) -> str:
        text = ngettext(
            "{n} project is running, {late} late.",
            "{n} projects are running, {late} of them late.",
            self.running,
        )
        late = written(self.late) if self.late else _("none")
        return text.format(n=written(self.running), late=late)

    @property
    def pie(self) -> Pie:
        slices = [
            Slice(label, n, url=list_url(state=state), tone=COLOURS[state])
            for state, label in Project.State.choices
            if (n := self.counts.get(state))
        ]
        return pie(slices, title=_("Projects by state"))


def standing(user: User) -> Standing:
    """The projects one may see, by state, in one query."""
    passed = Milestone.objects.late().filter(project=OuterRef("pk"))
    over = Q(state__in=(Project.State.DONE, Project.State.CANCELLED))
    rows = Project.objects.visible_to(user).order_by().values("state")
    rows = rows.annotate(
        n=Count("pk"), late=Count("pk", filter=Q(Exists(passed)) & ~over)
    )
    found = list(rows)
    counts = {row["state"]: row["n"] for row in found}
    return Standing(counts, sum(row["late"] for row in found))


def late_milestones(user: User) -> list[Milestone]:
    """The ones that are late for the longest, of running projects."""
    running = Project.objects.visible_to(user).active()
    rows = Milestone.objects.visible_to(user).late().filter(project__in=running)
    rows = rows.select_related("project__client").order_by("planned_on", "pk")
    return list(rows[:LATE_SHOWN])


@dataclass
class Load:
    """What one developer has to do, and how long they worked lately."""

    who: User
    tasks: int = 0
    milestones: int = 0
    hours: Decimal = Decimal(0)

    @property
    def hours_text(self) -> str:
        return in_words(self.hours)

    @property
    def tasks_url(self) -> str:
        return (
            f"{reverse('tasks:list')}?{urlencode({'who': 'all', 'owner': self.who.pk})}"
        )

    @property
    def projects_url(self) -> str:
        return list_url(developer=self.who.pk)


@dataclass(frozen=True)
class Team:
    """The developers one may name, each with their load."""

    rows: list[Load]

    @cached_property
    def charts(self) -> list[Bars]:
        """Open tasks, and hours of the last four weeks."""
        tasks = [Slice(str(one.who), one.tasks, one.tasks_url) for one in self.rows]
        hours = [
            Slice(str(one.who), one.hours, one.projects_url, text=one.hours_text)
            for one in self.rows
        ]
        return [
            bars(tasks, title=_("Open tasks")),
            bars(hours, title=_("Hours of the last four weeks")),
        ]


def team(user: User) -> Team:
    people = {one.pk: Load(one) for one in developers(user).order_by("first_name")}
    tasks = Task.objects.visible_to(user).open().filter(owner__in=people)
    for who, n in _tally(tasks, "owner", Count("pk")):
        people[who].tasks = n
    running = Project.objects.visible_to(user).active()
    steps = Milestone.objects.visible_to(user).open().filter(project__in=running)
    steps = steps.filter(project__members__user__in=people)
    for who, n in _tally(steps, "project__members__user", Count("pk")):
        people[who].milestones = n
    since = timezone.localdate() - WEEKS
    hours = TimeEntry.objects.visible_to(user).filter(by__in=people, day__gt=since)
    for who, n in _tally(hours, "by", Sum("hours")):
        people[who].hours = n
    return Team(list(people.values()))


def _tally(rows: Any, column: str, what: Any) -> Iterable[tuple[Any, Any]]:
    return rows.order_by().values_list(column).annotate(n=what)


@dataclass(frozen=True)
class ClientHours:
    """How long was worked for a client in the last twelve months."""

    pk: int
    name: str
    hours: Decimal

    @property
    def text(self) -> str:
        return in_words(self.hours)

    @property
    def url(self) -> str:
        return list_url(state="all", client=self.pk)


def hours_by_client(user: User) -> list[ClientHours]:
    """Those for whom was worked the most, most first."""
    since = timezone.localdate() - YEAR
    rows = TimeEntry.objects.visible_to(user).filter(day__gt=since).order_by()
    rows = rows.values_list("project__client", "project__client__name")
    rows = rows.annotate(n=Sum("hours")).order_by("-n", "project__client")
    return [ClientHours(*row) for row in rows[:CLIENTS_SHOWN]]


def client_pie(rows: list[ClientHours]) -> Pie:
    slices = [Slice(row.name, row.hours, row.url, text=row.text) for row in rows]
    title = _("Hours by client, last twelve months")
    return pie(
        slices,
        title=title,
        show=lambda n: in_words(Decimal(n)),
        other_url=list_url(state="all"),
    )
