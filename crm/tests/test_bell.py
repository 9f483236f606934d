"""The bell: what happened, who is told, and links only to what one may open."""

import pytest
from django.urls import reverse

from notifications.actions import record

LIST = reverse("notifications:list")
READ = reverse("notifications:read")


def urls(client, user):
    client.force_login(user)
    return [entry["url"] for entry in client.get(LIST).context["fresh"]]


def test_an_entry_leads_to_what_it_is_about(client, bd, lead, admin):
    record("lead.note", lead, by=admin, text="Hello.", tell=[bd])
    assert urls(client, bd) == [lead.get_absolute_url()]


def test_what_one_may_not_open_is_plain_text(client, other_bd, lead, admin):
    record("lead.note", lead, by=admin, text="Hello.", tell=[other_bd])
    assert urls(client, other_bd) == [""]
    assert "Hello." in client.get(LIST).content.decode()


def test_a_client_is_led_into_the_customer_area(client, portal_owner, customer, bd):
    record("client.note", customer, by=bd, text="Hello.", tell=[portal_owner])
    assert urls(client, portal_owner) == [reverse("portal:messages")]


def test_an_invitation_that_was_accepted_leads_to_its_client(
    client, bd, invitation, customer
):
    record("invitation.x", invitation, by=None, text="Y", about=[customer], tell=[bd])
    assert urls(client, bd) == [customer.get_absolute_url()]


def test_only_who_manages_people_is_led_to_a_person(
    client, manager, bd, colleague, admin
):
    record("user.x", colleague, by=admin, text="X", tell=[manager, bd])
    assert urls(client, manager) == [colleague.get_absolute_url()]
    assert urls(client, bd) == [""]


def test_who_acts_is_not_told(client, bd, lead):
    record("lead.note", lead, by=bd, text="Hello.", tell=[bd])
    assert urls(client, bd) == []


def test_all_are_marked_as_read(client, bd, lead, admin, other_bd):
    record("lead.note", lead, by=admin, text="Hello.", tell=[bd, other_bd])
    client.force_login(bd)
    assert "1 is new." in client.get(LIST).content.decode()
    page = client.post(READ, follow=True).content.decode()
    assert "Nothing new." in page
    assert other_bd.notifications.unread().count() == 1


def test_one_is_marked_as_read(client, bd, lead, admin):
    for text in ("One.", "Two."):
        record("lead.note", lead, by=admin, text=text, tell=[bd])
    client.force_login(bd)
    page = client.get(LIST)
    assert page.context["fresh"][0]["read_url"] in page.content.decode()
    client.post(page.context["fresh"][0]["read_url"])
    page = client.get(LIST)
    assert (len(page.context["fresh"]), len(page.context["known"])) == (1, 1)


def test_another_ones_bell_is_out_of_reach(client, other_bd, notification):
    client.force_login(other_bd)
    url = reverse("notifications:read_one", args=[notification.pk])
    assert client.post(url).status_code == 404
    notification.refresh_from_db()
    assert notification.read is None


def test_marking_one_needs_a_post(client, bd, notification):
    client.force_login(bd)
    url = reverse("notifications:read_one", args=[notification.pk])
    assert client.get(url).status_code == 405


def test_an_entry_names_the_record_when_its_text_does_not(client, bd, lead, admin):
    record("lead.note", lead, by=admin, text="It is done.", tell=[bd])
    client.force_login(bd)
    entry = client.get(LIST).context["fresh"][0]
    assert entry["text"] == f"{lead.name}: It is done."


def test_reading_needs_a_post(client, bd):
    client.force_login(bd)
    assert client.get(READ).status_code == 405


@pytest.mark.parametrize("count", [2, 60])
def test_the_bell_costs_the_same_for_2_and_60(
    client, bd, lead, admin, count, django_assert_max_num_queries
):
    for n in range(count):
        record("lead.note", lead, by=admin, text=f"Hello {n}.", tell=[bd])
    client.force_login(bd)
    client.get(LIST)
    with django_assert_max_num_queries(10):
        client.get(LIST)
