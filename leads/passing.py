"""Leads that lie untouched go on to the next who can take them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from crm.lib.clock import instant, zone_of
from leads.assigning import Assigner
from leads.free import DAY_MINUTES
from leads.models import AssignmentRule, Lead, Task, WorkHours
from leads.tasking import hand_over
from notifications.actions import record
from notifications.models import EventTopic

AT_ONCE = 200  # leads looked at per rule and run
# What people do to many leads at once, or before one was given, is no touch.
UNTOUCHING = ("lead.created", "import.changed", "import.given_back")


def pass_on_untouched() -> int:
    """Pass on every lead that a rule gave and nobody touched for its hours; says how many.

    Safe to run twice: each lead is locked and judged again.
    """
    passed = 0
    for rule in AssignmentRule.objects.filter(hours__isnull=False):
        since = timezone.now() - timedelta(hours=rule.hours)
        late = rule.leads.alive().open().filter(given__lte=since, client=None)
        for pk in late.order_by("-given").values_list("pk", flat=True)[:AT_ONCE]:
            passed += _pass_on(pk)
    return passed


@transaction.atomic
def _pass_on(pk: int) -> bool:
    rows = Lead.objects.alive().open().filter(pk=pk, given__isnull=False)
    rows = rows.select_related("owner", "rule", "place", "medium", "department")
    lead = rows.select_for_update(of=("self",)).first()
    if lead is None or lead.owner is None or lead.rule is None:
        return False
    if is_touched(lead):
        lead.settle()
        return False
    if _waited(lead) < timedelta(hours=lead.rule.hours or 0):
        return False
    assigner = Assigner()
    choice = assigner.choose(lead, but=lead.owner)
    if choice is None:
        _tell_managers(lead)
        return False
    why = _("{who} did not get to it. {why}").format(who=lead.owner, why=choice.why)
    lead.pass_on(choice.owner, rule=choice.rule, why=why)
    assigner.take(choice)
    assigner.keep_turns()
    hand_over(Task.objects.about(lead), choice.owner)
    return True


def is_touched(lead: Lead) -> bool:
    """Whether anybody did anything about the lead since it was given."""
    topics = EventTopic.objects.filter(topic=Lead._meta.label_lower, object_id=lead.pk)
    done = topics.filter(event__actor__isnull=False, event__created__gt=lead.given)
    return done.exclude(event__kind__in=UNTOUCHING).exists()


def _waited(lead: Lead) -> timedelta:
    week = WorkHours.week_of(lead.owner)
    return worked(week, zone_of(lead.owner.zone), lead.given, timezone.now())


def worked(
    week: dict[int, list], zone: ZoneInfo, start: datetime, end: datetime
) -> timedelta:
    """How much of [start, end) lies in the hours of a week; all of it where none is set.

    `week`: weekday (0 is Monday) → [(from, to), …] in minutes after midnight.
    """
    if not any(week.values()):
        return end - start
    total, day = timedelta(), start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        for opens, closes in week.get(day.weekday(), ()):
            begin, stop = _at(day, opens, zone), _at(day, closes, zone)
            total += max(min(stop, end) - max(begin, start), timedelta())
        day += timedelta(days=1)
    return total


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    if minutes == DAY_MINUTES:
        return instant(day + timedelta(days=1), time(0), zone)
    return instant(day, time(*divmod(minutes, 60)), zone)


def _tell_managers(lead: Lead) -> None:
    """Nobody else can take it: it stays, and those above hear of it, once."""
    lead.settle()
    managers = User.objects.filter(
        role=User.Role.MANAGER, department=lead.department_id
    )
    text = _("{lead} lies untouched with {owner}, and nobody else can take it.")
    text = text.format(lead=lead, owner=lead.owner)
    record("lead.untouched", lead, by=None, text=text, tell=[*managers, lead.owner])
