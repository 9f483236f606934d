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


def test_a_step_is_not_planned_for_a_day_that_is_over(client, bd, lead, url):
    client.force_login(bd)
    answer = client.post(url, {"step": "Call", "on": "2020-01-01"})
    assert answer.status_code == 422
    assert "plan the next step for today or later" in answer.content.decode()
    assert EventTopic.objects.about(lead).count() == 0


def test_a_step_that_is_late_may_be_reworded_and_stay_late(client, bd, lead, url):
    lead.plan("Call", date(2020, 1, 1), by=bd)
    client.force_login(bd)
    client.post(url, {"step": "Call Carla", "on": "2020-01-01"})
    typed = {"kind": "call", "direction": "out", "text": "Hi", "next_step": "Wait"}
    given = typed | {"next_step_on": "2020-01-02"}
    log = reverse("leads:log", args=[lead.pk])
    assert client.post(log, given).status_code == 422
    client.post(log, given | {"next_step_on": "2020-01-01"})
    lead.refresh_from_db()
    assert (lead.next_step, lead.next_step_on) == ("Wait", date(2020, 1, 1))


def test_a_lead_with_a_late_step_and_a_huge_value_can_be_edited(client, bd, lead):
    lead.next_step_on, lead.value = date(2020, 1, 1), 10**11
    lead.save(update_fields=["next_step_on", "value"])
    client.force_login(bd)
    given = {"name": "Anew", "currency": "EUR", "value": 10**11}
    url = reverse("leads:edit", args=[lead.pk])
    client.post(url, given | {"next_step_on": "2020-01-01"})
    lead.refresh_from_db()
    assert lead.name == "Anew"


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
