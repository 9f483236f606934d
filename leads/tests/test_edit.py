"""The details of a lead are changed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from leads.models import Lead
from notifications.models import EventTopic


@pytest.fixture
def url(lead):
    return reverse("leads:edit", args=[lead.pk])


def typed(lead, **changes):
    return {
        "name": lead.name,
        "client": lead.client_id or "",
        "contact_name": lead.contact_name,
        "company": lead.company,
        "email": lead.email,
        "medium": lead.medium_id or "",
        "value": lead.value,
        "currency": lead.currency,
        **changes,
    }


def test_bd_changes_a_lead_and_the_timeline_says_what(client, bd, lead, url):
    client.force_login(bd)
    assert client.get(url).status_code == 200
    client.post(url, typed(lead, value="1500", contact_name="Zoe", city="York"))
    lead.refresh_from_db()
    assert (lead.value, lead.contact_name) == (Decimal(1500), "Zoe")
    assert lead.place.city == "York"
    assert "zoe" in lead.search
    text = EventTopic.objects.about(lead).get().event.text
    assert "Ben Seller changed New mill website." in text
    assert "value: 1200.00 → 1500" in text


def test_nothing_changed_is_no_event(client, bd, lead, url):
    client.force_login(bd)
    assert client.post(url, typed(lead)).status_code == 302
    assert not EventTopic.objects.about(lead).exists()


def test_another_client_brings_its_owner(client, admin, lead, far_customer, url):
    client.force_login(admin)
    client.post(url, typed(lead, client=far_customer.pk))
    lead.refresh_from_db()
    assert (lead.client, lead.owner) == (far_customer, far_customer.owner)
    assert lead.department == far_customer.department


def test_two_people_editing_keep_each_others_changes(client, bd, lead, url):
    client.force_login(bd)
    stale = typed(lead, contact_name="Zoe")
    Lead.objects.filter(pk=lead.pk).update(next_step="Call at once")
    client.post(url, {**stale, "next_step": "Call at once"})
    lead.refresh_from_db()
    assert (lead.contact_name, lead.next_step) == ("Zoe", "Call at once")


def test_what_is_wrong_is_said_and_nothing_is_saved(client, bd, lead, url):
    client.force_login(bd)
    answer = client.post(url, typed(lead, name="", value="-3"))
    assert answer.status_code == 422
    lead.refresh_from_db()
    assert (lead.name, lead.value) == ("New mill website", 1200)


def test_others_do_not_learn_that_it_exists(client, other_bd, url):
    client.force_login(other_bd)
    assert client.get(url).status_code == 404
    assert client.post(url, {}).status_code == 404
