"""After a meeting: held or missed, and what was said in it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from leads.models import Meeting
from notifications.models import EventTopic
from tests.cast.meetings import at_ten

pytestmark = pytest.mark.django_db


@pytest.fixture
def hold_url(meeting):
    return reverse("meetings:hold", args=[meeting.pk])


@pytest.fixture
def note_url(meeting):
    return reverse("meetings:note", args=[meeting.pk])


@pytest.fixture
def afterwards(meeting):
    with time_machine.travel(at_ten() + timedelta(hours=1)):
        yield


def test_one_that_was_held_counts_as_a_word_exchanged(
    client, bd, meeting, hold_url, afterwards
):
    client.force_login(bd)
    client.post(hold_url)
    meeting.refresh_from_db()
    said = meeting.lead.interactions.get()
    assert (meeting.state, said.kind, said.at) == ("held", "meeting", meeting.starts)
    assert EventTopic.objects.about(meeting.client)[0].event.kind == "meeting.held"


def test_one_that_was_missed_does_not(client, bd, meeting, hold_url, afterwards):
    client.force_login(bd)
    client.post(hold_url, {"missed": "on"})
    meeting.refresh_from_db()
    assert meeting.state == "missed"
    assert not meeting.lead.interactions.exists()
    assert not EventTopic.objects.about(meeting.client)[0].event.client_visible


def test_before_it_began_nobody_can_say(client, bd, meeting, hold_url):
    client.force_login(bd)
    page = client.post(hold_url, follow=True).content.decode()
    assert "is still to come" in page
    meeting.refresh_from_db()
    assert meeting.is_booked


def test_it_is_said_once(client, bd, meeting, hold_url, afterwards):
    client.force_login(bd)
    client.post(hold_url)
    client.post(hold_url)
    assert meeting.lead.interactions.count() == 1


def test_what_lies_behind_waits_for_a_word(bd, meeting, afterwards):
    assert Meeting.objects.visible_to(bd).unsettled().get() == meeting


def test_notes_are_kept_and_shown_to_the_client_only_when_marked(
    client, bd, meeting, note_url
):
    client.force_login(bd)
    client.post(note_url, {"text": "They hesitate"})
    client.post(note_url, {"text": "We start in May", "client_visible": "on"})
    meeting.refresh_from_db()
    assert (meeting.notes, meeting.notes_visible) == ("We start in May", True)
    seen = EventTopic.objects.about(meeting.client).client_visible()
    texts = " ".join(topic.event.text for topic in seen)
    assert ("We start in May" in texts, "They hesitate" in texts) == (True, False)


@pytest.mark.parametrize("text", ["", "x" * 10_001, "a\x00"])
def test_empty_or_endless_notes_are_refused(client, bd, note_url, text):
    client.force_login(bd)
    assert client.post(note_url, {"text": text}).status_code == 422


def test_get_holds_nothing(client, bd, hold_url):
    client.force_login(bd)
    assert client.get(hold_url).status_code == 405


def test_others_do_not_learn_that_it_exists(client, other_bd, hold_url, note_url):
    client.force_login(other_bd)
    assert client.post(hold_url).status_code == 404
    assert client.post(note_url, {"text": "x"}).status_code == 404


def test_the_host_finds_no_link_to_what_is_hidden(client, bd, other_bd, meeting, lead):
    meeting.host = other_bd
    meeting.save(update_fields=["host"])
    for person, links in ((bd, True), (other_bd, False)):
        client.force_login(person)
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert lead.name in page
        assert (f'href="{lead.get_absolute_url()}"' in page) is links


def test_a_manager_without_a_department_sees_own_meetings_only(manager, meeting):
    manager.department = None
    manager.save(update_fields=["department"])
    assert not Meeting.objects.visible_to(manager).exists()
