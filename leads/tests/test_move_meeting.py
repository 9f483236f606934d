"""A meeting moves to another time, and calendars hear of it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from notifications.models import EventTopic, Message
from tests.cast.meetings import at_ten, meeting_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(meeting):
    return reverse("meetings:move", args=[meeting.pk])


def to(moment, **more):
    return {"starts": moment.isoformat(), **more}


def test_it_moves_with_its_quarters_reminders_and_sequence(
    client, bd, meeting, url, hours
):
    client.force_login(bd)
    client.post(url, to(at_ten(5)))
    meeting.refresh_from_db()
    assert (meeting.starts, meeting.minutes, meeting.sequence) == (at_ten(5), 30, 1)
    assert meeting.slots.first().start == at_ten(5)
    due = meeting.reminders.values_list("due", flat=True)
    assert sorted(due) == [at_ten(4), at_ten(5) - timedelta(hours=1)]
    assert EventTopic.objects.about(meeting.lead)[0].event.kind == "meeting.moved"
    assert "SEQUENCE:1" in Message.objects.filter(kind="meeting_moved")[0].calendar


def test_it_may_overlap_itself(client, bd, meeting, url, hours):
    client.force_login(bd)
    client.post(url, to(at_ten() + timedelta(minutes=15)))
    meeting.refresh_from_db()
    assert meeting.starts == at_ten() + timedelta(minutes=15)


def test_onto_another_meeting_it_does_not_move(client, bd, lead, meeting, url, hours):
    meeting.move(at_ten(5), by=bd)
    meeting_of(lead)
    client.force_login(bd)
    answer = client.post(url, to(at_ten()))
    assert (answer.status_code, "not free then" in answer.content.decode()) == (
        409,
        True,
    )
    meeting.refresh_from_db()
    assert (meeting.starts, meeting.slots.count()) == (at_ten(5), 2)


def test_a_meeting_that_began_stays(client, bd, meeting, url, hours):
    client.force_login(bd)
    with time_machine.travel(at_ten() + timedelta(minutes=1)):
        client.force_login(bd)
        answer = client.post(url, to(at_ten(6)))
    assert "has begun" in answer.content.decode()
    assert answer.status_code == 409


def test_a_cancelled_one_stays(client, bd, meeting, url):
    meeting.cancel(by=bd)
    client.force_login(bd)
    assert "is cancelled already" in client.post(url, to(at_ten(6))).content.decode()


@pytest.mark.parametrize("data", [{}, {"starts": "x"}, {"at": "2030-05-06T10:07"}])
def test_what_is_malformed_is_said(client, bd, url, data):
    client.force_login(bd)
    assert client.post(url, data).status_code == 422


def test_others_do_not_learn_that_it_exists(client, other_bd, url):
    client.force_login(other_bd)
    assert client.post(url, to(at_ten(5))).status_code == 404
