"""What may be done with a client, and what the timeline says of it."""

import pytest

from accounts.actions import change_client, create_client
from accounts.models import Client
from accounts.models.clients import ClientIdTaken
from accounts.places import Spot
from notifications.models import EventTopic


def told(client):
    """The kinds of the client's events, newest first."""
    return [topic.event.kind for topic in EventTopic.objects.about(client)]


def test_a_new_client_is_in_the_care_of_who_makes_it(bd):
    client = create_client(
        by=bd, name="Ärzte & Söhne", where=Spot("Graz", "", "Austria")
    )
    assert (client.owner, client.department) == (bd, bd.department)
    assert client.place.city == "Graz"
    assert client.search == "arzte & sohne"
    assert told(client) == ["client.created"]


def test_a_change_writes_only_what_differs(customer, bd):
    before = customer.history.count()
    change_client(customer, by=bd, name=customer.name, industry="Milling")
    customer.refresh_from_db()
    assert customer.industry == "Milling"
    assert "milling" in customer.search
    assert customer.history.count() == before + 1
    assert "industry" in EventTopic.objects.about(customer)[0].event.text


def test_no_change_leaves_no_trace(customer, bd):
    change_client(customer, by=bd, name=customer.name)
    assert told(customer) == []


def test_department_follows_the_new_owner_and_both_are_told(
    customer, bd, far_bd, admin
):
    change_client(customer, by=admin, owner=far_bd)
    customer.refresh_from_db()
    assert (customer.owner, customer.department) == (far_bd, far_bd.department)
    assert bd.notifications.get().event.kind == "client.assigned"
    assert far_bd.notifications.get().event.kind == "client.assigned"


def test_trash_hides_and_restore_brings_back(customer, bd):
    customer.trash(by=bd)
    assert not Client.objects.visible_to(bd).exists()
    assert Client.objects.visible_to(bd, trashed=True).get() == customer
    customer.restore(by=bd)
    assert Client.objects.visible_to(bd).get() == customer


def test_a_client_whose_id_was_given_away_stays_in_the_trash(customer, bd):
    change_client(customer, by=bd, external_id="C-1")
    customer.refresh_from_db()
    customer.trash(by=bd)
    create_client(by=bd, name="Another", external_id="C-1")
    with pytest.raises(ClientIdTaken):
        customer.restore(by=bd)


def test_the_trash_of_others_is_hidden(
    customer, bd, other_bd, far_manager, portal_owner
):
    customer.trash(by=bd)
    for user in (other_bd, far_manager, portal_owner):
        assert not Client.objects.visible_to(user, trashed=True).exists()


def test_search_needs_every_word_and_no_accents(bd):
    client = create_client(by=bd, name="Café Zürich", email="office@zuerich.example")
    assert Client.objects.found("zurich CAFE").get() == client
    assert not Client.objects.found("zurich bakery").exists()


def test_clients_are_found_by_place_and_by_area(bd):
    client = create_client(by=bd, name="A", where=Spot("Graz", "", "Austria"))
    client.place.area = "Styria south"
    client.place.save(update_fields=["area"])
    assert Client.objects.around("graz").get() == client
    assert Client.objects.around("styria SOUTH").get() == client


def test_blocking_shuts_out_the_people_of_the_client(customer, portal_owner, bd):
    customer.block(by=bd)
    portal_owner.refresh_from_db()
    assert customer.is_blocked
    assert not portal_owner.is_active
    customer.unblock(by=bd)
    portal_owner.refresh_from_db()
    assert portal_owner.is_active
