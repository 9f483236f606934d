"""A lead is won."""

import pytest
from django.urls import reverse

from notifications.models import EventTopic


@pytest.fixture
def url(lead):
    return reverse("leads:win", args=[lead.pk])


def test_a_manager_wins_it_and_the_owner_is_told(client, manager, lead, url):
    client.force_login(manager)
    answer = client.post(url, follow=True)
    lead.refresh_from_db()
    assert (lead.state, lead.stage.kind) == ("won", "won")
    assert lead.closed is not None
    assert lead.owner.notifications.get().event.kind == "lead.won"
    assert EventTopic.objects.about(lead.client).get().event.kind == "lead.won"
    assert reverse("leads:reopen", args=[lead.pk]) in answer.content.decode()


def test_a_lost_lead_is_not_won(client, bd, lead, url):
    lead.lose(reason="budget", by=bd)
    client.force_login(bd)
    answer = client.post(url, follow=True)
    assert "reopen it first" in answer.content.decode()
    lead.refresh_from_db()
    assert lead.state == "lost"


def test_others_do_not_learn_that_it_exists(client, far_manager, url):
    client.force_login(far_manager)
    assert client.post(url).status_code == 404


def test_get_changes_nothing(client, bd, url):
    client.force_login(bd)
    assert client.get(url).status_code == 405
