"""A cancelled meeting gives its time free and tells the calendars."""

import pytest
from django.urls import reverse

from notifications.models import EventTopic, Message
from tests.cast.meetings import meeting_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(meeting):
    return reverse("meetings:cancel", args=[meeting.pk])


def test_the_time_is_free_and_the_guests_are_told(client, bd, lead, meeting, url):
    client.force_login(bd)
    client.post(url, {"reason": "Trade fair"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == ("cancelled", 1)
    assert not meeting.slots.exists()
    assert not meeting.reminders.exists()
    mail = Message.objects.get(kind="meeting_cancelled", address=lead.email)
    assert "Why: Trade fair" in mail.body
    assert "METHOD:CANCEL" in mail.calendar
    assert meeting_of(lead).is_booked


def test_the_reason_stands_in_the_timeline(client, bd, lead, meeting, url):
    client.force_login(bd)
    client.post(url, {"reason": "Trade fair"})
    assert "Trade fair" in EventTopic.objects.about(lead)[0].event.text


def test_twice_is_refused(client, bd, meeting, url):
    meeting.cancel(by=bd)
    client.force_login(bd)
    client.post(url, {})
    assert Message.objects.filter(kind="meeting_cancelled").count() == 2  # guest, host


def test_a_long_reason_is_refused(client, bd, meeting, url):
    client.force_login(bd)
    assert client.post(url, {"reason": "x" * 201}).status_code == 422


def test_others_do_not_learn_that_it_exists(client, other_bd, url):
    client.force_login(other_bd)
    assert client.post(url, {}).status_code == 404
