"""A closed lead is opened again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import Stage
from notifications.models import EventTopic


@pytest.fixture
def url(lead):
    return reverse("leads:reopen", args=[lead.pk])


def test_it_is_back_in_the_stage_it_was_closed_from(client, bd, lead, url):
    lead.move(Stage.objects.get(name="Quoted"), by=bd)
    lead.lose(reason="budget", by=bd)
    client.force_login(bd)
    client.post(url)
    lead.refresh_from_db()
    assert (lead.state, lead.stage.name) == ("open", "Quoted")
    assert (lead.lost_reason, lead.closed) == ("", None)
    assert EventTopic.objects.about(lead).first().event.kind == "lead.reopened"


def test_the_first_stage_where_its_past_is_not_known(client, bd, lead, url):
    lead.win(by=bd)
    lead.history.all().delete()
    client.force_login(bd)
    client.post(url)
    lead.refresh_from_db()
    assert lead.stage.name == "New"


def test_an_open_lead_is_not_opened(client, bd, lead, url):
    client.force_login(bd)
    assert "is open already" in client.post(url, follow=True).content.decode()


@pytest.fixture
def started(lead, bd):
    lead.win(by=bd)
    lead.note_project(timezone.now())
    return lead


def test_a_lead_whose_project_was_started_stays_won(client, bd, started, url):
    client.force_login(bd)
    page = client.post(url, follow=True).content.decode()
    started.refresh_from_db()
    assert (started.state, "undo that start first" in page) == ("won", True)


def test_such_a_lead_offers_no_way_to_reopen_it(client, bd, started, url):
    client.force_login(bd)
    page = client.get(started.get_absolute_url()).content.decode()
    assert (url in page, "undo that start on" in page) == (False, True)


def test_others_do_not_learn_that_it_exists(client, other_bd, url):
    client.force_login(other_bd)
    assert client.post(url).status_code == 404


def test_get_changes_nothing(client, bd, url):
    client.force_login(bd)
    assert client.get(url).status_code == 405
