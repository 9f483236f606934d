"""What the desk of a project developer shows: projects, milestones, hours."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Case, Count, F, Min, Q, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.lib.charts import Slice, pie
from projects.hours import Hours, in_words, with_hours
from projects.models import Milestone, Project, TimeEntry
from projects.outline import shown_to, with_outlines

SHOWN, PROJECTS = 12, 8
AHEAD = timedelta(days=14)
OPEN = (Milestone.State.PLANNED, Milestone.State.ACTIVE)
OVER = (Project.State.DONE, Project.State.CANCELLED)
OF_WHAT_IS_OVER = Q(project__state__in=OVER)


@dataclass(frozen=True)
class Soonest:
    """The first of some milestones, and how many there are in all."""

    rows: list[Milestone]

    @property
    def total(self):
        return self.rows[0].of_kind if self.rows else 0

    @property
    def left(self):
        return self.total - len(self.rows)


def coming_up(user):
    """Open milestones until a fortnight from now: (late ones, coming ones).

    One query: the database numbers and counts each kind.
    """
    today = timezone.localdate()
    rows = Milestone.objects.visible_to(user).open().exclude(OF_WHAT_IS_OVER)
    rows = rows.filter(planned_on__lte=today + AHEAD).select_related("project__client")
    kind = {"partition_by": Case(When(planned_on__lt=today, then=1), default=0)}
    rows = rows.annotate(
        of_kind=Window(Count("pk"), **kind),
        nth=Window(RowNumber(), order_by=["planned_on", "pk"], **kind),
    )
    found = list(rows.filter(nth__lte=SHOWN).order_by("planned_on", "pk"))
    late = [row for row in found if row.planned_on < today]
    coming = [row for row in found if row.planned_on >= today]
    return Soonest(late), Soonest(coming)


def projects_of(user):
    """Running projects, the most urgent first, each with how it stands and its hours."""
    open_ones = Q(milestones__state__in=OPEN)
    rows = Project.objects.visible_to(user).active().select_related("client")
    rows = rows.annotate(first=Min("milestones__planned_on", filter=open_ones))
    rows = rows.order_by(F("first").asc(nulls_last=True), "pk")
    found = with_outlines(shown_to(user, with_hours(rows))[: PROJECTS + 1])
    for project in found:
        project.hours_used = Hours(project.used or Decimal(0), project.budget_hours)
    return found


def hours_this_week(user):
    """What one has logged since Monday."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    rows = TimeEntry.objects.visible_to(user).filter(by=user, day__gte=monday)
    return in_words(rows.total())


def milestones_pie(user):
    """Own milestones by state, the late ones apart; of what is over the done ones."""
    due = Q(state__in=OPEN, planned_on__lt=timezone.localdate())
    rows = Milestone.objects.visible_to(user).order_by().values("state")
    rows = rows.exclude(OF_WHAT_IS_OVER, state__in=OPEN)
    rows = rows.annotate(n=Count("pk"), due=Count("pk", filter=due))
    tally = {row["state"]: row for row in rows}
    tones = {"planned": "other", "active": "accent", "done": "done"}
    slices = [
        Slice(label, n, tone=tones[state])
        for state, label in Milestone.State.choices
        if state in tones and (n := _in_time(tally, state))
    ]
    if overdue := sum(row["due"] for row in tally.values()):
        slices.append(Slice(_("Late"), overdue, tone="danger"))
    return pie(slices, title=_("Your milestones"))


def _in_time(tally, state):
    row = tally.get(state, {"n": 0, "due": 0})
    return row["n"] - row["due"]
