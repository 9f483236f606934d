"""A lead that lies untouched goes on to the next who can take it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from leads.actions import create
from leads.models import Absence, AssignmentRule, Lead, Stage, WorkHours
from leads.passing import pass_on_untouched, worked
from notifications.actions import record


@pytest.fixture
def lead(setup_rows, rule, bd, other_bd):
    """Ben's turn, five hours ago, by a rule that waits for four."""
    AssignmentRule.objects.update(hours=4)
    row = Lead(name="Roof", stage=Stage.first_of("open"))
    create(row, by=None, said="Roof came in.")
    Lead.objects.update(given=timezone.now() - timedelta(hours=5))
    return row


def owner_of(lead):
    lead.refresh_from_db()
    return lead.owner


def test_it_goes_to_the_next_and_both_are_told(lead, bd, other_bd):
    assert pass_on_untouched() == 1
    assert owner_of(lead) == other_bd
    assert lead.why.startswith("Ben Seller did not get to it. Rule “The rest”")
    assert bd.notifications.filter(event__kind="lead.assigned").exists()
    assert other_bd.notifications.get().event.text.endswith(lead.why)
    assert pass_on_untouched() == 0


def test_before_its_hours_it_stays(lead, bd):
    Lead.objects.update(given=timezone.now() - timedelta(hours=3))
    assert pass_on_untouched() == 0
    assert owner_of(lead) == bd


def test_whoever_touched_it_keeps_it(lead, bd):
    lead.plan("Call", None, by=bd)
    assert pass_on_untouched() == 0
    assert owner_of(lead) == bd
    assert lead.given is None


def test_closed_and_trashed_leads_stay(lead, bd, admin):
    lead.trash(by=admin)
    assert pass_on_untouched() == 0
    assert owner_of(lead) == bd


def test_with_nobody_else_the_managers_hear_once(lead, bd, other_bd, manager):
    day = timezone.localdate()
    Absence.objects.create(person=other_bd, first=day, last=day + timedelta(days=1))
    assert pass_on_untouched() == pass_on_untouched() == 0
    assert owner_of(lead) == bd
    assert manager.notifications.get().event.kind == "lead.untouched"


def test_only_working_hours_count(lead, bd):
    day = (timezone.now() + timedelta(days=3)).weekday()
    WorkHours.objects.create(person=bd, weekday=day, starts=540, ends=1020)
    assert pass_on_untouched() == 0
    assert owner_of(lead) == bd


def test_hours_are_those_of_a_wall_clock():
    zone, friday = ZoneInfo("Europe/Berlin"), datetime(2026, 3, 27, 14, tzinfo=UTC)
    week = {4: [(540, 1020)], 0: [(540, 1440)]}
    monday = friday + timedelta(days=3)  # the clocks went on by an hour meanwhile
    assert worked(week, zone, friday, monday) == timedelta(hours=2 + 7)
    assert worked({}, zone, friday, monday) == timedelta(days=3)
    assert worked(week, zone, monday, friday) == timedelta()


def test_that_an_import_changed_many_is_no_touch(lead, bd, other_bd, manager):
    record("import.changed", lead, by=manager, text="Changed by the import of x.csv.")
    assert pass_on_untouched() == 1
    assert owner_of(lead) == other_bd
