"""The people of a client's firm: owners invite, change the right, take the login away."""

import re

import pytest
from django.urls import reverse

from accounts.models import ApiToken, Client, Contact, Invitation, User
from notifications.models import Event, Message

PEOPLE = reverse("portal:people")
INVITE = reverse("portal:person_invite")
NORA = {"name": "Nora New", "email": "nora@acorn.example", "right": "reader"}


def url(verb, user):
    return reverse(f"portal:person_{verb}", args=[user.contact.pk])


def text_of(response):
    return response.content.decode()


@pytest.fixture
def owner(client, portal_owner):
    """The test client, signed in as the owner."""
    client.force_login(portal_owner)
    return client


def test_an_owner_sees_the_people_of_the_own_firm(owner, portal_reader, foreign_portal):
    page = text_of(owner.get(PEOPLE))
    assert "Rolf Reader" in page
    assert "Take the login away" in page
    assert "Flora Owner" not in page


def test_a_reader_sees_the_list_and_no_button(client, portal_reader, portal_owner):
    client.force_login(portal_reader)
    page = text_of(client.get(PEOPLE))
    assert "Petra Owner" in page
    assert "Take the login away" not in page


def test_an_owner_invites_and_the_account_manager_is_told(owner, customer, bd):
    page = text_of(owner.post(INVITE, NORA, follow=True))
    assert "nora@acorn.example gets a link" in page
    contact = customer.contacts.get(name="Nora New")
    assert (contact.right, contact.invitations.get().state) == ("reader", "open")
    assert bd.notifications.get().event.text == "Petra Owner invited Nora New."


def test_the_invited_come_in_with_their_right(owner):
    owner.post(INVITE, NORA)
    owner.logout()
    body = Message.objects.get(kind="invitation").body
    link = re.search(r"/invitation/\S+/", body)[0]
    owner.post(link, {"username": "nora", "password": "a-long-Secret-7"})
    assert text_of(owner.get(PEOPLE)).count("Only read") == 0
    assert User.objects.get(username="nora").contact.right == "reader"


def test_a_known_contact_is_invited_and_not_doubled(owner, contact, customer):
    owner.post(INVITE, NORA | {"email": contact.email.upper()})
    assert customer.contacts.count() == 2
    contact.refresh_from_db()
    assert contact.right == "reader"


def test_an_address_of_somebody_elsewhere_is_refused_without_saying_whose(owner, bd):
    page = text_of(owner.post(INVITE, NORA | {"email": bd.email}, follow=True))
    assert "cannot be invited" in page
    assert Contact.objects.count() == 1


def test_a_colleague_with_a_login_is_not_invited_twice(owner, portal_reader):
    data = NORA | {"email": portal_reader.email}
    assert "already has a login" in text_of(owner.post(INVITE, data, follow=True))
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": ""}, "required"),
        ({"email": "nora"}, "valid email"),
        ({"name": ""}, "required"),
        ({"right": "admin"}, "valid choice"),
    ],
)
def test_a_wrong_invitation_is_refused_and_kept(owner, change, words):
    response = owner.post(INVITE, NORA | change)
    assert response.status_code == 422
    assert words in text_of(response)


def test_an_owner_gives_the_right_to_write(owner, portal_reader, bd):
    owner.post(url("right", portal_reader), {"right": "owner"})
    portal_reader.contact.refresh_from_db()
    assert portal_reader.contact.right == "owner"
    said = "Petra Owner gave Rolf Reader the right: may answer and write."
    assert bd.notifications.get().event.text == said


def test_a_right_that_is_none_changes_nothing(owner, portal_reader):
    page = owner.post(url("right", portal_reader), {"right": "boss"}, follow=True)
    assert "Choose one of the two rights" in text_of(page)
    assert not Event.objects.filter(kind="contact.right").exists()


def test_the_last_owner_stays_one(owner, portal_owner, portal_reader):
    page = owner.post(url("right", portal_owner), {"right": "reader"}, follow=True)
    assert "is the last of Acorn Mills who may write" in text_of(page)
    portal_owner.contact.refresh_from_db()
    assert portal_owner.contact.is_owner


def test_one_of_two_owners_may_step_back(owner, portal_owner, portal_reader):
    owner.post(url("right", portal_reader), {"right": "owner"})
    owner.post(url("right", portal_owner), {"right": "reader"})
    portal_owner.contact.refresh_from_db()
    assert portal_owner.contact.right == "reader"
    assert owner.post(INVITE, NORA).status_code == 403


def test_a_login_taken_away_is_out_at_once(owner, client_of, portal_reader, bd):
    other = client_of(portal_reader)
    ApiToken.make(portal_reader, name="Script", scope="read")
    assert other.get(PEOPLE).status_code == 200
    owner.post(url("shut_out", portal_reader))
    assert other.get(PEOPLE).status_code == 302
    assert not ApiToken.objects.exists()
    assert "took the login of Rolf Reader away" in bd.notifications.get().event.text


def test_a_login_is_given_back(owner, portal_reader):
    owner.post(url("shut_out", portal_reader))
    assert "Login taken away" in text_of(owner.get(PEOPLE))
    owner.post(url("let_in", portal_reader))
    portal_reader.refresh_from_db()
    assert portal_reader.is_active


def test_nobody_takes_their_own_login_away(owner, portal_owner):
    page = owner.post(url("shut_out", portal_owner), follow=True)
    assert "You cannot take your own login away" in text_of(page)


def test_an_invitation_is_taken_back(owner, customer):
    owner.post(INVITE, NORA)
    contact = customer.contacts.get(name="Nora New")
    owner.post(reverse("portal:person_shut_out", args=[contact.pk]))
    assert Invitation.objects.get().state == "revoked"


def test_unblocking_the_client_leaves_out_who_was_shut_out_before(
    owner, portal_owner, portal_reader, customer, bd
):
    owner.post(url("shut_out", portal_reader))
    Client.objects.get(pk=customer.pk).block(by=bd)
    Client.objects.get(pk=customer.pk).unblock(by=bd)
    active = User.objects.filter(role="client", is_active=True)
    assert list(active) == [portal_owner]


@pytest.mark.parametrize("verb", ["right", "shut_out", "let_in"])
def test_a_reader_may_not(client, portal_reader, portal_owner, verb):
    client.force_login(portal_reader)
    answer = client.post(url(verb, portal_owner), {"right": "reader"})
    assert answer.status_code == 403


@pytest.mark.parametrize("verb", ["right", "shut_out", "let_in"])
def test_people_of_another_firm_are_not_there(owner, foreign_portal, verb):
    assert owner.post(url(verb, foreign_portal)).status_code == 404


@pytest.mark.parametrize("verb", ["right", "shut_out", "let_in"])
def test_nothing_happens_by_a_link(owner, portal_reader, verb):
    assert owner.get(url(verb, portal_reader)).status_code == 405


def test_staff_sets_the_right_and_it_is_on_the_timeline(client, bd, portal_reader):
    client.force_login(bd)
    row = portal_reader.contact
    edit = reverse("accounts:contact_edit", args=[row.pk])
    client.post(edit, {"name": row.name, "email": row.email, "right": "owner"})
    row.refresh_from_db()
    assert row.is_owner
    assert Event.objects.filter(kind="contact.right").count() == 1


def test_staff_takes_a_login_away_and_gives_it_back(client, bd, portal_owner):
    client.force_login(bd)
    for_whom = [portal_owner.contact.pk]
    client.post(reverse("accounts:contact_shut_out", args=for_whom))
    edit = reverse("accounts:contact_edit", args=for_whom)
    assert "Give the login back" in text_of(client.get(edit))
    client.post(reverse("accounts:contact_let_in", args=for_whom))
    portal_owner.refresh_from_db()
    assert portal_owner.is_active


def test_the_list_costs_the_same_for_many(
    owner, customer, portal_reader, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        owner.get(PEOPLE)
    rows = (Contact(client=customer, name=f"Person {n}") for n in range(50))
    Contact.objects.bulk_create(rows)
    with django_assert_max_num_queries(10):
        owner.get(PEOPLE)
