"""What the home page of a project developer says of their milestones."""

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.lib.charts import Slice, pie
from projects.models import Milestone

SHOWN = 12
AHEAD = timedelta(days=14)
OPEN = (Milestone.State.PLANNED, Milestone.State.ACTIVE)


def late(user):
    """Own milestones whose day has passed, the oldest first."""
    rows = Milestone.objects.visible_to(user).late().select_related("project__client")
    return rows.order_by("planned_on", "pk")[:SHOWN]


def coming(user):
    """Own milestones of the next fortnight, the nearest first."""
    today = timezone.localdate()
    rows = Milestone.objects.visible_to(user).filter(
        state__in=OPEN, planned_on__range=(today, today + AHEAD)
    )
    rows = rows.select_related("project__client")
    return rows.order_by("planned_on", "pk")[:SHOWN]


def milestones_pie(user):
    """Own milestones by state, the late ones apart."""
    mine = Milestone.objects.visible_to(user).order_by()
    tally = dict(mine.values_list("state").annotate(n=Count("pk")))
    overdue = dict(mine.late().values_list("state").annotate(n=Count("pk")))
    shown = {state: n - overdue.get(state, 0) for state, n in tally.items()}
    tones = {"planned": "other", "active": "accent", "done": "done"}
    slices = [
        Slice(label, shown.get(state, 0), tone=tones[state])
        for state, label in Milestone.State.choices
        if state in tones and shown.get(state)
    ]
    if overdue:
        slices.append(Slice(_("Late"), sum(overdue.values()), tone="danger"))
    return pie(slices, title=_("Your milestones"))
