"""The next step and its day."""

from datetime import date

import pytest
from django.urls import reverse

from notifications.models import EventTopic


@pytest.fixture
def url(lead):
    return reverse("leads:plan", args=[lead.pk])


def test_bd_plans_a_step(client, bd, lead, url):
    client.force_login(bd)
    client.post(url, {"step": "Send the quotation", "on": "2030-05-06"})
    lead.refresh_from_db()
    assert (lead.next_step, lead.next_step_on) == (
        "Send the quotation",
        date(2030, 5, 6),
    )
    text = EventTopic.objects.about(lead).get().event.text
    assert "Send the quotation (by 6 May 2030)" in text


def test_both_empty_takes_it_away(client, bd, lead, url):
    lead.plan("Call", date(2030, 1, 1), by=bd)
    client.force_login(bd)
    client.post(url, {"step": "", "on": ""})
    lead.refresh_from_db()
    assert (lead.next_step, lead.next_step_on) == ("", None)


@pytest.mark.parametrize(
    "wrong",
    [{"on": "soon"}, {"on": "0001-01-01"}, {"step": "x" * 201}, {"step": "\x00"}],
)
def test_what_is_malformed(client, bd, lead, url, wrong):
    client.force_login(bd)
    assert client.post(url, {"step": "Call", **wrong}).status_code == 422
    lead.refresh_from_db()
    assert lead.next_step == ""


def test_others_do_not_learn_that_it_exists(client, other_bd, url):
    client.force_login(other_bd)
    assert client.post(url, {"step": "Call"}).status_code == 404
