"""A lead is made by hand."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Medium
from leads.models import Lead, Stage
from notifications.models import EventTopic


@pytest.fixture
def url(setup_rows):
    return reverse("leads:create")


def typed(**changes):
    return {"name": "Shop for York", "currency": "EUR", "stage": "1", **changes}


def test_bd_makes_a_lead_and_owns_it(client, bd, url):
    client.force_login(bd)
    medium = Medium.objects.get(name="Referral")
    stage = Stage.objects.get(name="Qualified")
    answer = client.post(
        url,
        typed(
            contact_name="Ann",
            email="ann@york.example",
            medium=medium.pk,
            value="1500.50",
            stage=stage.pk,
            city="York",
            country="United Kingdom",
            next_step="Call Ann",
            next_step_on="2030-05-06",
        ),
    )
    lead = Lead.objects.get()
    assert answer.url == lead.get_absolute_url()
    assert (lead.owner, lead.department, lead.state) == (bd, bd.department, "open")
    assert (lead.value, lead.medium, lead.stage) == (Decimal("1500.50"), medium, stage)
    assert lead.place.is_placed
    assert "ann@york.example" in lead.search
    event = EventTopic.objects.about(lead).get().event
    assert (event.kind, event.actor) == ("lead.created", bd)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"value": "99999999999.99"}, "stays below 10,000,000,000"),
        ({"value": "1000000000", "currency": "KWD"}, "stays below 1,000,000,000"),
        ({"next_step_on": "2020-01-01"}, "plan the next step for today or later"),
    ],
)
def test_a_slip_in_value_or_day_is_asked_about(client, bd, url, wrong, said):
    client.force_login(bd)
    answer = client.post(url, typed(**wrong))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Lead.objects.exists()


def test_a_step_may_be_for_today(client, bd, url):
    client.force_login(bd)
    client.post(url, typed(next_step="Call", next_step_on=timezone.localdate()))
    assert Lead.objects.get().next_step_on == timezone.localdate()


def test_with_a_client_the_lead_follows_its_owner(client, manager, customer, url):
    client.force_login(manager)
    client.post(url, typed(client=customer.pk, owner=manager.pk))
    lead = Lead.objects.get()
    assert (lead.client, lead.owner, lead.company) == (
        customer,
        customer.owner,
        customer.name,
    )
    assert EventTopic.objects.about(customer).get().event.kind == "lead.created"


def test_a_second_project_of_a_client_is_a_second_lead(client, bd, lead, url):
    client.force_login(bd)
    client.post(url, typed(client=lead.client.pk))
    assert Lead.objects.filter(client=lead.client).count() == 2


def test_the_form_begins_with_the_client_one_came_from(client, bd, customer, url):
    client.force_login(bd)
    page = client.get(url, {"client": customer.pk}).content.decode()
    assert customer.name in page


@pytest.mark.parametrize("asked", ["x", "9" * 40, "²", "-1", ""])
def test_a_client_that_cannot_be_read_is_ignored(client, bd, url, asked):
    client.force_login(bd)
    assert client.get(url, {"client": asked}).status_code == 200


def test_a_manager_gives_it_to_someone_of_the_department(
    client, manager, bd, far_bd, url
):
    client.force_login(manager)
    assert client.post(url, typed(owner=far_bd.pk)).status_code == 422
    assert client.post(url, typed(owner=bd.pk)).status_code == 302
    assert Lead.objects.get().owner == bd


def test_bd_cannot_take_a_hidden_client(client, bd, far_customer, url):
    client.force_login(bd)
    assert client.post(url, typed(client=far_customer.pk)).status_code == 422
    assert not Lead.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"name": "a\x00b"},
        {"value": "-1"},
        {"value": "1e400"},
        {"value": "NaN"},
        {"value": "lots"},
        {"currency": "Euro"},
        {"currency": "e1r"},
        {"email": "nobody"},
        {"phone": "12"},
        {"medium": "999999"},
        {"medium": "web"},
        {"stage": "6"},
        {"stage": "9" * 40},
        {"next_step_on": "soon"},
        {"next_step_on": "0001-01-01"},
        {"latitude": "91"},
        {"latitude": "nan"},
        {"client": "Nobody Ltd"},
        {"client": "9" * 40},
        {"client": "a\x00b"},
        {"client": "²"},
        {"city": "y" * 101},
        {"external_id": "i" * 101},
    ],
)
def test_what_is_malformed_comes_back_with_what_was_typed(client, bd, url, wrong):
    client.force_login(bd)
    answer = client.post(url, typed(contact_name="Ann Typed", **wrong))
    assert answer.status_code == 422
    assert "Ann Typed" in answer.content.decode()
    assert not Lead.objects.exists()


def test_an_id_is_given_once(client, bd, lead, url):
    lead.external_id = "A-1"
    lead.save(update_fields=["external_id"])
    client.force_login(bd)
    assert client.post(url, typed(external_id="A-1")).status_code == 422


def test_developers_and_clients_make_no_leads(client, dev, portal_owner, url):
    client.force_login(dev)
    assert client.post(url, typed()).status_code == 404
    client.force_login(portal_owner)
    assert client.post(url, typed()).status_code == 404
    assert not Lead.objects.exists()
