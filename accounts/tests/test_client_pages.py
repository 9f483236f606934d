"""Making, changing, blocking and trashing a client through its pages."""

import pytest
from django.urls import reverse

from accounts.models import Client, Contact, Firm

NEW = {
    "kind": "firm",
    "name": "Birch Bakery",
    "email": "hello@birch.example",
    "city": "Graz",
    "country": "Austria",
}


def url(name, *args):
    return reverse(f"accounts:{name}", args=args)


def test_a_business_developer_adds_a_client(client, bd):
    client.force_login(bd)
    response = client.post(url("client_create"), NEW)
    made = Client.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.owner, made.department, made.place.city) == (bd, bd.department, "Graz")


def test_a_manager_gives_it_to_somebody_of_the_department(client, manager, bd, far_bd):
    client.force_login(manager)
    assert (
        client.post(url("client_create"), NEW | {"owner": far_bd.pk}).status_code == 422
    )
    client.post(url("client_create"), NEW | {"owner": bd.pk})
    assert Client.objects.get().owner == bd


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "required"),
        ({"phone": "12"}, "phone"),
        ({"email": "x"}, "valid email"),
        ({"email": "Office@Acorn.example"}, "Acorn Mills has this e-mail already"),
        ({"email": "office@fern.example"}, "in a colleague"),
        ({"birth_year": "1492"}, "1900"),
        ({"kind": "planet"}, "valid choice"),
        ({"name": "x" * 201}, "200 characters"),
        ({"medium": "999999"}, "valid choice"),
        ({"signed_up": "31/31/31"}, "valid date"),
    ],
)
def test_bad_input_is_said_beside_the_field(
    client, bd, customer, far_customer, change, words
):
    client.force_login(bd)
    response = client.post(url("client_create"), NEW | change)
    assert response.status_code == 422
    assert words in response.content.decode()


@pytest.fixture
def hamburg(db):
    Firm.get()
    Firm.objects.update(country="DE")


def test_telephones_are_read_as_of_the_firms_country(client, bd, customer, hamburg):
    client.force_login(bd)
    client.post(url("client_create"), NEW | {"phone": "040 12345678"})
    assert str(Client.objects.get(name="Birch Bakery").phone) == "+494012345678"
    said = {"name": "Ann Miller", "right": "owner", "phone": "040/123456-79"}
    client.post(url("contact_create", customer.pk), said)
    assert str(customer.contacts.get(name="Ann Miller").phone) == "+494012345679"


@pytest.mark.parametrize(
    ("country", "words"),
    [("DE", "(e.g. 030 123456)"), ("", "+12125552368"), ("XX", "+12125552368")],
)
def test_a_wrong_telephone_is_answered_with_one_of_the_country(
    client, bd, hamburg, country, words
):
    Firm.objects.update(country=country)
    client.force_login(bd)
    page = client.post(url("client_create"), NEW | {"phone": "040"}).content.decode()
    assert words in page


def test_what_was_typed_is_not_lost(client, bd):
    client.force_login(bd)
    page = client.post(url("client_create"), NEW | {"name": ""}).content.decode()
    assert "hello@birch.example" in page


def test_an_edit_keeps_the_place_when_it_was_not_touched(client, bd, customer):
    client.force_login(bd)
    client.post(url("client_create"), NEW)
    made = Client.objects.get(name="Birch Bakery")
    client.post(url("client_edit", made.pk), NEW | {"name": "Birch"})
    made.refresh_from_db()
    assert (made.name, made.place.city) == ("Birch", "Graz")


def test_a_manager_takes_a_client_over(client, manager, customer, bd):
    client.force_login(manager)
    data = {"kind": "firm", "name": "Acorn Mills", "owner": manager.pk}
    response = client.post(url("client_edit", customer.pk), data)
    customer.refresh_from_db()
    assert customer.owner == manager
    assert response.url == customer.get_absolute_url()


def test_trash_offers_a_way_back(client, bd, customer):
    client.force_login(bd)
    page = client.post(url("client_trash", customer.pk), follow=True).content.decode()
    assert url("client_restore", customer.pk) in page
    assert client.get(customer.get_absolute_url()).status_code == 404
    client.post(url("client_restore", customer.pk))
    assert client.get(customer.get_absolute_url()).status_code == 200


def test_block_and_unblock_by_the_pages(client, bd, customer):
    client.force_login(bd)
    page = client.post(url("client_block", customer.pk), follow=True).content.decode()
    assert "Blocked" in page
    client.post(url("client_unblock", customer.pk))
    customer.refresh_from_db()
    assert not customer.is_blocked


@pytest.mark.parametrize("verb", ["block", "unblock", "trash", "restore"])
def test_verbs_refuse_get(client, bd, customer, verb):
    client.force_login(bd)
    assert client.get(url(f"client_{verb}", customer.pk)).status_code == 405


def test_the_first_contact_is_the_main_one_and_there_is_one(client, bd, customer):
    client.force_login(bd)
    add = url("contact_create", customer.pk)
    client.post(add, {"name": "Nora", "right": "owner"})
    client.post(add, {"name": "Nils", "right": "reader", "is_primary": "on"})
    main = Contact.objects.filter(client=customer, is_primary=True)
    assert [row.name for row in main] == ["Nils"]


def test_a_contact_is_edited(client, bd, contact):
    client.force_login(bd)
    data = {"name": "Nora Old", "right": "reader", "email": contact.email}
    client.post(url("contact_edit", contact.pk), data)
    contact.refresh_from_db()
    assert (contact.name, contact.right) == ("Nora Old", "reader")


def test_the_record_page_shows_facts_and_contacts(client, bd, contact):
    client.force_login(bd)
    page = client.get(contact.client.get_absolute_url()).content.decode()
    assert "office@acorn.example" in page
    assert "Nora New" in page
    assert "Invite" in page
