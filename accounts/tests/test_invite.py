"""Invitations: sent, accepted once, run out, taken back."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.actions import (
    AddressInUse,
    ClientBlocked,
    InvitationUsed,
    NoAddress,
    accept,
    invite,
    invite_contact,
)
from accounts.models import Invitation, User
from notifications.models import Message

CHOICE = {"username": "nora", "password": "a-long-Secret-7"}


def link():
    """The newest mailed link."""
    body = Message.objects.filter(kind="invitation").latest("pk").body
    return re.search(r"/invitation/\S+/", body)[0]


@pytest.fixture
def staff(admin, north):
    return invite(
        email="Sam@firm.example",
        name="Sam Seller",
        role="bd",
        department=north,
        by=admin,
    )


def test_a_colleague_accepts_and_is_at_home(client, staff, admin, north):
    assert client.get(link()).status_code == 200
    response = client.post(link(), CHOICE)
    user = User.objects.get(username="nora")
    assert response.url == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.role, user.department, user.email) == ("bd", north, "Sam@firm.example")
    assert str(user) == "Sam Seller"
    assert admin.notifications.get().event.kind == "invitation.accepted"


def test_a_contact_becomes_a_portal_user(client, contact, bd):
    invite_contact(contact, by=bd)
    client.post(link(), CHOICE)
    contact.refresh_from_db()
    assert contact.user.role == "client"
    assert bd.notifications.get().event.kind == "invitation.accepted"


def test_the_mail_says_who_invites_and_keeps_only_a_hash(staff):
    mail = Message.objects.get()
    assert mail.address == "Sam@firm.example"
    assert mail.purpose == "service"
    assert "Ada Admin invites you" in mail.body
    assert link().split("/")[2] not in Invitation.objects.get().hash


def test_the_link_in_the_mail_is_no_message_of_the_client(contact, bd):
    invite_contact(contact, by=bd)
    assert not Message.objects.visible_to(bd).exists()


def test_a_used_link_sends_to_the_sign_in(client, staff):
    client.post(link(), CHOICE)
    client.logout()
    response = client.get(link())
    assert response.status_code == 410
    assert reverse("account_login") in response.content.decode()


def test_after_a_week_the_link_is_too_old(client, staff):
    staff.expires = timezone.now() - timedelta(seconds=1)
    staff.save(update_fields=["expires"])
    response = client.post(link(), CHOICE)
    assert response.status_code == 410
    assert "Ask Ada Admin to invite you again" in response.content.decode()
    assert not User.objects.filter(username="nora").exists()


def test_an_altered_link_is_explained(client, staff):
    response = client.get(link()[:-2] + "/")
    assert response.status_code == 404
    assert "altered" in response.content.decode()


def test_a_link_with_one_other_letter_is_explained(client, staff):
    path, letter = link(), link()[-2]
    other = "a" if letter != "a" else "b"
    response = client.post(f"{path[:-2]}{other}/", CHOICE)
    assert response.status_code == 404
    assert not User.objects.filter(username="nora").exists()


def test_a_used_link_makes_nobody_else(client, contact, bd):
    invite_contact(contact, by=bd)
    path = link()
    client.post(path, CHOICE)
    client.logout()
    response = client.post(path, {"username": "mallory", "password": "a-long-Secret-8"})
    assert response.status_code == 410
    assert "You have a login already" in response.content.decode()
    assert not User.objects.filter(username="mallory").exists()


def test_a_link_of_a_blocked_client_lets_nobody_in(client, contact, bd):
    invite_contact(contact, by=bd)
    path = link()
    contact.client.block(by=bd)
    assert client.post(path, CHOICE).status_code == 410
    assert not User.objects.filter(username="nora").exists()


def test_inviting_again_makes_the_older_link_useless(client, contact, bd):
    invite_contact(contact, by=bd)
    old = link()
    client.force_login(bd)
    client.post(reverse("accounts:client_invite", args=[contact.pk]))
    client.logout()
    assert client.get(old).status_code == 410
    assert client.get(link()).status_code == 200


def test_a_revoked_link_does_not_work(client, staff, admin):
    client.force_login(admin)
    client.post(reverse("accounts:invitation_revoke", args=[staff.pk]))
    client.logout()
    answer = client.get(link())
    assert answer.status_code == 410
    assert "It was withdrawn" in answer.content.decode()
    assert "ask Ada Admin" in answer.content.decode()


def test_an_address_with_a_login_is_not_invited(staff, bd, admin, contact):
    with pytest.raises(AddressInUse):
        invite(email=bd.email.upper(), name="", role="bd", department=None, by=admin)
    contact.email = bd.email
    with pytest.raises(AddressInUse):
        invite_contact(contact, by=bd)


def test_whoever_signed_up_meanwhile_is_sent_to_the_sign_in(client, staff):
    User.objects.create_user("sam", "sam@FIRM.example", "pw")
    response = client.get(link())
    assert response.status_code == 410
    assert "You have a login already" in response.content.decode()


def test_two_who_accept_at_once_make_one_user(staff):
    stale = Invitation.objects.get(pk=staff.pk)
    accept(staff, **CHOICE)
    with pytest.raises(InvitationUsed):
        accept(stale, username="other", password=CHOICE["password"])
    assert User.objects.filter(email__iexact=staff.email).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_moment_make_one_user(staff):
    barrier, answers = threading.Barrier(2), []

    def click(username):
        try:
            barrier.wait()
            row = Invitation.objects.get(pk=staff.pk)
            accept(row, username=username, password=CHOICE["password"])
            answers.append("in")
        except (InvitationUsed, AddressInUse):
            answers.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(name,)) for name in ("a1", "b1")]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["in", "late"]
    assert User.objects.filter(email__iexact=staff.email).count() == 1


def test_without_an_address_nobody_is_invited(contact, bd):
    contact.email = ""
    with pytest.raises(NoAddress):
        invite_contact(contact, by=bd)


def test_people_of_a_blocked_client_are_not_invited(contact, bd):
    contact.client.block(by=bd)
    with pytest.raises(ClientBlocked):
        invite_contact(contact, by=bd)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "12345678"}, "too common"),
        ({"password": "short"}, "too short"),
        ({"password": ""}, "required"),
        ({"username": "ada.ADMIN"}, "Somebody has this user name already"),
        ({"username": "no spaces!"}, "valid username"),
        ({"username": "x" * 151}, "150 characters"),
    ],
)
def test_a_poor_choice_is_refused_with_the_reason(client, staff, change, words):
    response = client.post(link(), CHOICE | change)
    assert response.status_code == 422
    assert words in response.content.decode()


@pytest.mark.parametrize("name", ["ada.admin", "ada.ADMIN"])
def test_a_user_name_that_is_taken_is_one_mistake(client, staff, admin, name):
    answer = client.post(link(), CHOICE | {"username": name})
    assert answer.context["form"].errors == {
        "username": ["Somebody has this user name already."]
    }


def test_an_admin_invites_by_the_page(client, admin, north):
    client.force_login(admin)
    data = {"name": "Sam", "email": "s@x.example", "role": "bd", "department": north.pk}
    page = client.post(reverse("accounts:invite_person"), data, follow=True)
    assert "s@x.example" in page.content.decode()
    assert Invitation.objects.get().role == "bd"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"department": ""}, "Choose the department"),
        ({"role": "client"}, "valid choice"),
        ({"email": "ada.admin@firm.example"}, "signs in with this e-mail already"),
    ],
)
def test_a_wrong_invitation_is_refused(client, admin, north, change, words):
    client.force_login(admin)
    data = {"name": "S", "email": "s@x.example", "role": "bd", "department": north.pk}
    response = client.post(reverse("accounts:invite_person"), data | change)
    assert response.status_code == 422
    assert words in response.content.decode()
