"""What was said is kept, with the next step, in one go."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Medium
from leads.actions import log
from leads.models import Interaction
from notifications.models import EventTopic


@pytest.fixture
def url(lead):
    return reverse("leads:log", args=[lead.pk])


def typed(**changes):
    return {"kind": "call", "direction": "out", "text": "Asked for a price", **changes}


def test_a_call_with_its_next_step_is_one_submit(client, bd, lead, url):
    client.force_login(bd)
    telephone = Medium.objects.get(name="Telephone")
    client.post(
        url,
        typed(
            medium=telephone.pk,
            they_answered="on",
            next_step="Send it",
            next_step_on="2030-05-06",
        ),
    )
    said = lead.interactions.get()
    assert (said.by, said.client, said.medium) == (bd, lead.client, telephone)
    assert said.answered == said.at
    lead.refresh_from_db()
    assert (lead.next_step, lead.next_step_on) == ("Send it", date(2030, 5, 6))
    kinds = [topic.event.kind for topic in EventTopic.objects.about(lead)]
    assert kinds == ["lead.planned", "interaction.call"]


def test_it_stands_in_the_timelines_of_lead_and_client(client, bd, lead, url):
    client.force_login(bd)
    client.post(url, typed(kind="note", text="Prefers mornings"))
    assert "Prefers mornings" in client.get(lead.get_absolute_url()).content.decode()
    event = EventTopic.objects.about(lead.client).get().event
    assert (event.text, event.client_visible) == ("Note\nPrefers mornings", False)


def test_an_unchanged_step_is_not_planned_again(client, bd, lead, url):
    lead.plan("Send it", date(2030, 5, 6), by=bd)
    client.force_login(bd)
    client.post(url, typed(next_step="Send it", next_step_on="2030-05-06"))
    assert EventTopic.objects.about(lead).count() == 2


def test_what_the_client_may_read_is_marked(client, bd, lead, url):
    client.force_login(bd)
    client.post(url, typed(client_visible="on"))
    assert EventTopic.objects.about(lead).get().event.client_visible


def test_a_word_from_them_answers_our_newest(bd, lead):
    at = timezone.now() - timedelta(days=3)
    for days in (0, 1):
        said = Interaction(
            lead=lead, kind="email", text="Hello?", at=at + timedelta(days)
        )
        log(said, by=bd)
    log(Interaction(lead=lead, direction="in", kind="call", text="Yes!"), by=bd)
    older, newer = lead.interactions.filter(direction="out").order_by("at")
    assert older.answered is None
    assert newer.answered is not None


def test_the_line_says_what_it_was_and_when(bd, lead):
    long_ago = timezone.now().replace(year=2020, month=3, day=4)
    log(Interaction(lead=lead, direction="in", at=long_ago, text="Hi"), by=bd)
    event = EventTopic.objects.about(lead).get().event
    assert event.text == "Call: they reached us, by Telephone, 4 Mar 2020\nHi"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 10_001},
        {"text": "a\x00"},
        {"kind": "smoke"},
        {"direction": "up"},
        {"medium": "x"},
        {"at": "soon"},
        {"at": "0001-01-01T00:00"},
        {"at": "2999-01-01T00:00"},
        {"at": "9999-12-31T23:59"},
        {"next_step": "x" * 201},
        {"next_step_on": "0001-01-01"},
    ],
)
def test_what_is_malformed_is_said(client, bd, lead, url, wrong):
    client.force_login(bd)
    assert client.post(url, typed(**wrong)).status_code == 422
    assert not lead.interactions.exists()


def test_others_do_not_learn_that_it_exists(client, other_bd, url):
    client.force_login(other_bd)
    assert client.post(url, typed()).status_code == 404


def test_a_list_asks_in_a_dialog_and_goes_on_where_one_was(client, bd, lead, url):
    client.force_login(bd)
    back = f"{url}?next=/leads/%3Fsort%3Dvalue"
    part = client.get(back, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'name="next_step"' in part
    assert f'action="{back}"' in part
    assert client.post(back, typed()).url == "/leads/?sort=value"
