"""A lead is lost, with the reason."""

import pytest
from django.urls import reverse


@pytest.fixture
def url(lead):
    return reverse("leads:lose", args=[lead.pk])


def test_a_manager_loses_it_and_the_owner_is_told_why(client, manager, lead, url):
    client.force_login(manager)
    client.post(url, {"reason": "too expensive"})
    lead.refresh_from_db()
    assert (lead.state, lead.lost_reason) == ("lost", "too expensive")
    assert "too expensive" in lead.owner.notifications.get().event.text


def test_it_asks_on_a_page_of_its_own(client, bd, url):
    client.force_login(bd)
    assert "Why was it lost?" in client.get(url).content.decode()


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201, "a\x00b"])
def test_a_reason_is_needed(client, bd, lead, url, reason):
    client.force_login(bd)
    assert client.post(url, {"reason": reason}).status_code == 422
    lead.refresh_from_db()
    assert lead.is_open


def test_a_won_lead_is_not_lost(client, bd, lead, url):
    lead.win(by=bd)
    client.force_login(bd)
    client.post(url, {"reason": "budget"})
    lead.refresh_from_db()
    assert lead.state == "won"


def test_others_do_not_learn_that_it_exists(client, other_bd, url):
    client.force_login(other_bd)
    assert client.get(url).status_code == 404
    assert client.post(url, {"reason": "budget"}).status_code == 404
