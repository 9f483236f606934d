"""Reminders come at the right wall-clock time, once, and to those who can get them."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command

from leads import reminders
from leads.models import Meeting, MeetingGuest
from notifications.models import Message

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2027, 3, 20, 12, tzinfo=UTC)  # a week before Berlin's clocks change


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def monday_nine(bd, lead):
    """The morning after the change, nine o'clock in Berlin."""
    bd.zone = "Europe/Berlin"
    bd.save(update_fields=["zone"])
    starts = datetime(2027, 3, 28, 9, tzinfo=BERLIN)
    lead.phone = "+491701234567"
    row = Meeting(
        title="Talk",
        lead=lead,
        host=bd,
        starts=starts,
        ends=starts + timedelta(hours=1),
    )
    return row.book(by=bd, guests=[MeetingGuest.of_lead(lead)], anyway=True)


def reminded():
    rows = Message.objects.filter(kind="meeting_reminder").order_by("pk")
    return [(row.channel, row.address) for row in rows]


def test_nine_o_clock_is_remembered_at_nine_the_day_before(monday_nine):
    due = [r.due.astimezone(BERLIN) for r in monday_nine.reminders.order_by("due")]
    assert [f"{at:%d %H:%M %z}" for at in due] == ["27 09:00 +0100", "28 08:00 +0200"]


def test_the_mail_comes_the_day_before_and_not_earlier(march, bd, lead, monday_nine):
    march.move_to(datetime(2027, 3, 27, 7, 59, tzinfo=UTC))
    assert reminders.send_due() == 0
    march.move_to(datetime(2027, 3, 27, 8, 0, tzinfo=UTC))
    assert reminders.send_due() == 1
    assert reminded() == [("email", bd.email), ("email", lead.email)]
    assert bd.notifications.get().event.kind == "meeting.reminded"


def test_an_hour_before_comes_an_sms(march, bd, lead, monday_nine):
    march.move_to(datetime(2027, 3, 28, 6, 0, tzinfo=UTC))
    monday_nine.reminders.filter(kind="day").delete()
    assert reminders.send_due() == 1
    assert reminded() == [("sms", "+491701234567")]
    text = Message.objects.get(channel="sms")
    assert "28 Mar, 09:00 (Europe/Berlin)" in text.body
    assert text.purpose == "service"


def test_nobody_is_reminded_twice(march, monday_nine):
    march.move_to(datetime(2027, 3, 27, 9, tzinfo=UTC))
    assert [reminders.send_due(), reminders.send_due()] == [1, 0]
    assert len(reminded()) == 2


def test_a_reminder_that_somebody_gave_is_not_given(march, monday_nine):
    march.move_to(datetime(2027, 3, 27, 9, tzinfo=UTC))
    reminder = monday_nine.reminders.get(kind="day")
    assert reminders.give(reminder.pk)
    assert not reminders.give(reminder.pk)


def test_after_a_move_it_is_remembered_anew(march, bd, monday_nine):
    march.move_to(datetime(2027, 3, 27, 9, tzinfo=UTC))
    reminders.send_due()
    monday_nine.move(datetime(2027, 3, 30, 9, tzinfo=BERLIN), by=bd, anyway=True)
    march.move_to(datetime(2027, 3, 29, 9, tzinfo=BERLIN))
    assert reminders.send_due() == 1
    assert len(reminded()) == 4


def test_what_is_over_or_cancelled_is_not_called_to_mind(march, bd, monday_nine):
    march.move_to(datetime(2027, 3, 28, 12, tzinfo=UTC))
    assert reminders.send_due() == 0
    assert reminded() == []


def test_a_cancelled_meeting_is_not_called_to_mind(march, bd, monday_nine):
    monday_nine.cancel(by=bd)
    march.move_to(datetime(2027, 3, 27, 9, tzinfo=UTC))
    assert reminders.send_due() == 0


def test_a_blocked_client_is_not_written_to(march, bd, admin, monday_nine):
    monday_nine.client.block(by=admin)
    march.move_to(datetime(2027, 3, 27, 9, tzinfo=UTC))
    reminders.send_due()
    assert reminded() == [("email", bd.email)]


def test_the_command_gives_them_too(march, monday_nine):
    march.move_to(datetime(2027, 3, 27, 9, tzinfo=UTC))
    call_command("send_due", stdout=StringIO())
    assert len(reminded()) == 2


def test_a_meeting_of_this_afternoon_has_only_the_hour_before(bd):
    starts = NOW + timedelta(hours=3)
    row = Meeting(
        title="Soon", host=bd, starts=starts, ends=starts + timedelta(hours=1)
    )
    row.book(by=bd, anyway=True)
    assert [r.kind for r in row.reminders.all()] == ["hour"]
