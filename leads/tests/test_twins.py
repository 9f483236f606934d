"""Who is known already is seen while a lead or client is typed."""

import pytest
from django.db import connection
from django.urls import reverse

from accounts.duplicates import Typed, mailbox
from accounts.models import Client
from leads.models import Lead
from notifications.models import Event
from tests.cast.leads import lead_of

TYPED = {"name": "Shop", "currency": "EUR", "stage": "1"}


@pytest.fixture
def typing(client):
    """What the page says to somebody who has typed this much."""

    def call(person, route="leads:twins", **given):
        client.force_login(person)
        return client.get(reverse(route), given).content.decode()

    return call


@pytest.fixture
def met(lead):
    lead.phone = "+4930901820"
    lead.search = lead.found_by()
    lead.save(update_fields=["phone", "search"])
    return lead


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"email": "CARLA+x@acorn.example"}, "lead: the same e-mail"),
        ({"phone": "+49 30 90 18 20"}, "lead: the same telephone"),
        ({"phone": "0049-30-901820"}, "lead: nearly the same telephone"),
        ({"email": "carla@acom.example"}, "lead: nearly the same e-mail"),
        ({"contact_name": "carla CONTACT"}, "lead: the same name"),
        ({"company": "Acorn Mills GmbH"}, "client: the same name"),
    ],
)
def test_equal_and_nearly_equal_ones_are_named_with_the_reason(
    typing, bd, met, given, reason
):
    page = typing(bd, **given)
    assert f"{met.get_absolute_url()}" in page or "client" in reason
    assert reason in page


@pytest.mark.skipif(connection.vendor != "postgresql", reason="trigrams")
def test_a_slip_in_a_name_is_seen_through(typing, bd, customer):
    assert "nearly the same name" in typing(bd, company="Acron Mills")


def test_strangers_and_halves_are_not_warned_of(typing, bd, met):
    zoe = {"email": "zoe@zoo.example", "contact_name": "Zoe", "phone": "+49 30"}
    assert not typing(bd, **zoe).strip()
    assert not typing(bd, email="carla", company="x").strip()
    assert not typing(bd, client=met.client_id, email=met.email).strip()


def test_a_hidden_row_says_only_that_it_is_there(typing, other_bd, met):
    page = typing(other_bd, email=met.email)
    assert (
        "Already in a colleague&#x27;s care." in page
        or "Already in a colleague's care." in page
    )
    assert "Ask the manager" in page
    assert met.name not in page
    assert "same e-mail" not in page


def test_an_equal_address_stops_the_first_save_and_not_the_second(client, bd, met):
    client.force_login(bd)
    url = reverse("leads:create")
    answer = client.post(url, TYPED | {"email": met.email})
    assert (answer.status_code, b"the same e-mail" in answer.content) == (422, True)
    assert Lead.objects.count() == 1
    client.post(url, TYPED | {"email": met.email, "seen": "1"})
    assert Lead.objects.count() == 2


def test_the_warning_that_stopped_the_save_says_so_and_has_the_focus(client, bd, met):
    client.force_login(bd)
    page = client.post(reverse("leads:create"), TYPED | {"email": met.email})
    assert b"Not saved yet: this may be" in page.content
    assert "press “Create the lead” once more".encode() in page.content
    assert b'role="alert" tabindex="-1" autofocus' in page.content


def test_nothing_says_not_saved_yet_beside_what_must_be_corrected(client, bd, met):
    client.force_login(bd)
    given = TYPED | {"email": met.email, "name": ""}
    page = client.post(reverse("leads:create"), given)
    assert b"the same e-mail" in page.content
    assert b"Not saved yet" not in page.content


def test_many_leads_of_a_client_do_not_hide_it(typing, bd, met, customer):
    for n in range(6):
        lead_of(customer, f"Mill {n}")
    customer.contacts.create(name="Carla", email=met.email)
    page = typing(bd, email=met.email, company=customer.name)
    known = ["client: the same name", "contact: the same e-mail", "lead: the same"]
    places = [page.index(reason) for reason in known]
    assert places == sorted(places)
    assert page.count("<li>") == 5


def test_a_client_is_taken_out_of_the_warning(typing, client, bd, met, customer):
    page = typing(bd, email=met.email)
    assert f'name="take" value="{customer.pk}"' in page
    given = TYPED | {"email": met.email, "client": "", "take": customer.pk}
    client.post(reverse("leads:create"), given)
    assert Lead.objects.latest("pk").client == customer


def test_the_choice_of_a_client_outlasts_more_typing(typing, bd, met, customer):
    page = typing(bd, email=met.email, take=customer.pk)
    assert f'value="{customer.pk}" checked' in page


def test_a_client_that_is_not_seen_cannot_be_taken(client, bd, far_customer):
    client.force_login(bd)
    given = TYPED | {"take": far_customer.pk}
    assert client.post(reverse("leads:create"), given).status_code == 422
    assert not Lead.objects.exists()


def test_an_equal_name_alone_stops_nothing(client, bd, met):
    client.force_login(bd)
    client.post(reverse("leads:create"), TYPED | {"contact_name": met.contact_name})
    assert Lead.objects.count() == 2


def test_a_client_is_compared_with_clients_and_their_people(
    typing, client, bd, customer
):
    customer.contacts.create(name="Ann", email="ann@acorn.example", phone="+4930901820")
    page = typing(bd, "accounts:client_twins", email="ann@acorn.example")
    assert "contact: the same e-mail" in page
    data = {"kind": "firm", "name": "Mill", "phone": "+49 30 901820"}
    answer = client.post(reverse("accounts:client_create"), data)
    assert b"the same telephone" in answer.content
    client.post(reverse("accounts:client_create"), data | {"seen": "1"})
    assert Client.objects.filter(name="Mill").exists()


@pytest.fixture
def asking(client, other_bd, met, typing):
    page = typing(other_bd, email=met.email)
    token = page.partition('value="')[2].partition('"')[0]
    url = reverse("accounts:ask_manager")
    return lambda rows=token: client.post(
        url, {"rows": rows}, headers={"HX-Request": "true"}
    )


def test_the_managers_of_the_department_are_asked_once(
    asking, met, manager, far_manager, other_bd
):
    before = met.history.count()
    assert b"The manager is asked" in asking().content
    assert b"was asked already" in asking().content
    event = Event.objects.get(kind="duplicate.asked")
    assert list(event.topics.values_list("topic", "object_id")) == [
        ("leads.lead", met.pk)
    ]
    assert event.actor == other_bd
    assert [row.recipient for row in event.notifications.all()] == [manager]
    assert met.history.count() == before


def test_a_question_that_is_not_ones_own_is_refused(asking, client, bd):
    client.force_login(bd)
    assert asking().status_code == 422
    assert asking("x").status_code == 422
    assert not Event.objects.filter(kind="duplicate.asked").exists()


def test_asking_by_get_is_refused(client, bd):
    client.force_login(bd)
    assert client.get(reverse("accounts:ask_manager")).status_code == 405


def test_addresses_are_compared_as_the_post_office_does():
    assert mailbox("Ann.Lee+crm@GoogleMail.com") == mailbox("annlee@gmail.com")
    assert Typed.of({"phone": "0\x00"}, (), "").phone == "0"
