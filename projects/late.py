"""Tell both sides of a milestone that got late, once for each day it was planned for."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from notifications.actions import record
from projects.models import LateNotice, Milestone, Project
from projects.reactions import readers

# Somebody who begins with this product, or imports, is not warned of the past.
FRESH = timedelta(days=14)
WORKED_ON = (Project.State.PLANNED, Project.State.ACTIVE)


def send_due(limit: int = 500) -> int:
    """Tell of every milestone that got late and was not told of; says of how many."""
    due = got_late().order_by("planned_on", "pk").values_list("pk", flat=True)
    return sum(tell(pk) for pk in list(due[:limit]))


def got_late() -> QuerySet:
    """Late ones nobody was told of; nothing of what is paused, over, blocked or away."""
    known = LateNotice.objects.filter(
        milestone=OuterRef("pk"), planned_on=OuterRef("planned_on")
    )
    return Milestone.objects.late().filter(
        ~Exists(known),
        planned_on__gte=timezone.localdate() - FRESH,
        project__state__in=WORKED_ON,
        project__trashed__isnull=True,
        project__client__trashed__isnull=True,
        project__client__blocked__isnull=True,
    )


@transaction.atomic
def tell(pk: int) -> bool:
    """Tell of one milestone, unless somebody else did: the unique row decides who."""
    milestone = got_late().filter(pk=pk).select_related("project__client").first()
    if milestone is None:
        return False
    people = []
    if milestone.client_visible:
        people = [one.user for one in readers(milestone.project.client)]
    _notice, made = LateNotice.objects.get_or_create(
        milestone=milestone,
        planned_on=milestone.planned_on,
        defaults={"told_client": bool(people)},
    )
    if made:
        _tell_team(milestone)
    if made and people:
        _tell_client(milestone, people)
    return made


def with_notices(milestones: QuerySet) -> QuerySet:
    """Annotate `warned` and `told_client`: when and whom the last warning reached."""
    known = LateNotice.objects.filter(
        milestone=OuterRef("pk"), planned_on=OuterRef("planned_on")
    )
    return milestones.annotate(
        warned=Subquery(known.values("at")[:1]),
        told_client=Subquery(known.values("told_client")[:1]),
    )


def _tell_team(milestone: Milestone) -> None:
    text = _("{milestone} is late: it was planned for {day}.")
    day = date_format(milestone.planned_on, "j M Y")
    text = text.format(milestone=milestone, day=day)
    milestone.project.record("milestone.late", by=None, text=text, about=[milestone])


def _tell_client(milestone: Milestone, people: list) -> None:
    """In the bell here; the mail is `projects.reactions.mail_milestone_delayed`."""
    project = milestone.project
    text = _("{milestone} is taking longer than planned; the new date will follow.")
    record(
        "milestone.delayed",
        project,
        by=None,
        text=text.format(milestone=milestone),
        about=[project.client, milestone],
        tell=people,
        client_visible=True,
    )
