"""Reminders: by the owner's clock, in the bell and by mail, each time once."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command

from crm.lib.clock import instant, next_monday
from leads import task_reminders as reminders
from leads.models import Task
from notifications.models import Message
from tests.cast.tasks import task_of

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def berliner(bd):
    bd.zone = "Europe/Berlin"
    bd.save(update_fields=["zone"])
    return bd


def planned(lead, owner, day, at=None, **fields):
    with time_machine.travel("2026-01-01 12:00"):
        return task_of(lead, owner, due_on=day, due_at=at, **fields)


def sweep(moment):
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        return reminders.send_due()


def test_the_owner_is_told_once_in_the_bell_and_by_mail(lead, berliner):
    task = planned(lead, berliner, date(2026, 2, 3), time(10, 30))
    assert sweep("2026-02-03T09:29:00+00:00") == 0
    assert sweep("2026-02-03T09:31:00+00:00") == 1
    assert sweep("2026-02-03T09:32:00+00:00") == 0
    bell = berliner.notifications.get(event__kind="task.due")
    assert bell.event.text == f"Due 3 Feb 2026 10:30: {task} ({lead})"
    mail = Message.objects.get(kind="task_due")
    assert (mail.address, mail.recipient) == (berliner.email, berliner)
    assert f"/tasks/{task.pk}/" in mail.body


@pytest.mark.parametrize(
    ("day", "at", "remind", "moment"),
    [
        (date(2026, 3, 28), time(9), 0, "2026-03-28T08:00"),  # the last day of winter
        (date(2026, 3, 29), time(9), 0, "2026-03-29T07:00"),  # summer began at 2:00
        (date(2026, 3, 29), time(2, 30), 0, "2026-03-29T01:30"),  # skipped: 3:30 it is
        (date(2026, 10, 25), time(2, 30), 0, "2026-10-25T00:30"),  # twice: the first
        (date(2026, 10, 25), time(9), 24 * 60, "2026-10-24T07:00"),  # 9:00 the day before
        (date(2026, 10, 25), time(3), 60, "2026-10-25T01:00"),  # an hour is an hour
        (date(2026, 10, 26), None, 0, "2026-10-26T08:00"),  # no clock: 9 in the morning
    ],
)  # fmt: skip
def test_it_is_right_across_a_clock_change(lead, berliner, day, at, remind, moment):
    task = planned(lead, berliner, day, at, remind=remind)
    assert task.remind_at.strftime("%Y-%m-%dT%H:%M") == moment


def test_a_day_ends_at_its_owners_midnight(lead, berliner):
    task = planned(lead, berliner, date(2026, 7, 1))
    assert task.due == datetime(2026, 7, 1, 21, 59, 59, tzinfo=ZoneInfo("UTC"))


def test_who_moves_keeps_the_time_they_named(lead, berliner):
    task = planned(lead, berliner, date(2026, 2, 3), time(10))
    berliner.zone = "America/New_York"
    berliner.save(update_fields=["zone"])
    assert sweep("2026-02-03T09:01:00+00:00") == 0  # ten in Berlin
    assert sweep("2026-02-03T15:01:00+00:00") == 1  # ten in New York
    task.refresh_from_db()
    assert task.zone == "America/New_York"


def test_who_moves_east_of_it_is_reminded_at_once(lead, berliner):
    planned(lead, berliner, date(2026, 2, 3), time(10))
    berliner.zone = "Asia/Tokyo"
    berliner.save(update_fields=["zone"])
    assert sweep("2026-02-03T07:00:00+00:00") == 1  # ten in Tokyo was at one


def test_a_task_put_off_reminds_again(lead, berliner):
    task = planned(lead, berliner, date(2026, 2, 3), time(10))
    assert sweep("2026-02-03T09:01:00+00:00") == 1
    with time_machine.travel("2026-02-03 09:30"):
        Task.objects.get(pk=task.pk).postpone(date(2026, 2, 5), by=berliner)
    assert sweep("2026-02-05T09:01:00+00:00") == 1
    assert Message.objects.filter(kind="task_due").count() == 2


@pytest.mark.parametrize("end", ["finish", "trash"])
def test_what_is_over_reminds_nobody(lead, berliner, end):
    task = planned(lead, berliner, date(2026, 2, 3), time(10))
    getattr(task, end)(by=berliner)
    assert sweep("2026-02-03T09:01:00+00:00") == 0


def test_who_may_no_longer_see_it_or_is_blocked_is_not_told(
    lead, berliner, other_bd, admin
):
    planned(lead, berliner, date(2026, 2, 3), time(10))
    lead.assign(other_bd, by=admin)
    assert sweep("2026-02-03T09:01:00+00:00") == 0
    lead.assign(berliner, by=admin)
    planned(lead, berliner, date(2026, 2, 4), time(10))
    berliner.block(by=admin)
    assert sweep("2026-02-04T09:01:00+00:00") == 0
    assert not Message.objects.filter(kind="task_due").exists()


def test_what_has_passed_when_it_is_noted_needs_no_reminder(lead, berliner):
    assert planned(lead, berliner, date(2025, 12, 31)).remind_at is None


def test_the_mail_is_in_the_owners_language_and_leaves_by_command(
    lead, berliner, mailoutbox
):
    planned(lead, berliner, date(2026, 2, 3), time(10))
    with time_machine.travel("2026-02-03 09:30"):
        call_command("send_due")
    assert [mail.subject for mail in mailoutbox] == ["Due: Call the miller"]


def test_an_instant_is_what_the_clock_shows():
    assert instant(date(2026, 6, 1), time(12), BERLIN).hour == 10
    assert next_monday(date(2026, 11, 23)) == date(2026, 11, 30)
    assert next_monday(date(2026, 11, 22)) == date(2026, 11, 23)
