"""A lead is put away, and taken out again."""

import pytest
from django.urls import reverse

from leads.models import Lead
from notifications.models import EventTopic


@pytest.fixture
def url(lead):
    return reverse("leads:trash", args=[lead.pk])


@pytest.fixture
def back(lead):
    return reverse("leads:restore", args=[lead.pk])


def test_it_is_gone_and_can_be_undone(client, bd, lead, url, back):
    client.force_login(bd)
    page = client.post(url, follow=True).content.decode()
    assert back in page
    assert client.get(lead.get_absolute_url()).status_code == 404
    client.post(back)
    assert client.get(lead.get_absolute_url()).status_code == 200
    kinds = [topic.event.kind for topic in EventTopic.objects.about(lead)]
    assert kinds == ["lead.restored", "lead.trashed"]


def test_it_stays_where_its_id_was_given_away(client, bd, lead, make_leads, back):
    Lead.objects.filter(pk=lead.pk).update(external_id="A-1")
    lead.refresh_from_db()
    lead.trash(by=bd)
    make_leads(1, external_id="A-1")
    client.force_login(bd)
    answer = client.post(back, follow=True)
    assert "stays in the trash" in answer.content.decode()
    lead.refresh_from_db()
    assert lead.trashed


def test_a_lead_outside_the_trash_is_not_taken_out(client, bd, back):
    client.force_login(bd)
    assert client.post(back).status_code == 404


def test_others_do_not_learn_that_it_exists(client, bd, other_bd, lead, url, back):
    client.force_login(other_bd)
    assert client.post(url).status_code == 404
    lead.trash(by=bd)
    assert client.post(back).status_code == 404


def test_get_changes_nothing(client, bd, url, back):
    client.force_login(bd)
    assert client.get(url).status_code == 405
    assert client.get(back).status_code == 405
