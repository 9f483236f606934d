"""allauth knows the address people sign in with as theirs, and no other."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.urls import reverse

from accounts.actions import accept, change_email, invite
from accounts.models import User

NEW = {
    "username": "nora", "email": "Nora@firm.example", "role": "bd", "usable_password": "true",
    "password1": "a-long-Secret-7", "password2": "a-long-Secret-7",
}  # fmt: skip


def known(user):
    rows = EmailAddress.objects.filter(user=user)
    return list(rows.values_list("email", "verified", "primary"))


def test_who_accepts_an_invitation_has_a_confirmed_address(admin, north):
    invitation = invite(
        email="Sam@firm.example", name="Sam", role="bd", department=north, by=admin
    )
    user = accept(invitation, username="sam", password="a-long-Secret-7")
    assert known(user) == [("sam@firm.example", True, True)]


def test_so_has_the_first_admin(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a-long-Secret-7")
    call_command(
        "createsuperuser", "--noinput", username="boss", email="boss@firm.example"
    )
    assert known(User.objects.get()) == [("boss@firm.example", True, True)]


def test_so_has_whom_the_admin_site_makes(client, admin):
    client.force_login(admin)
    client.post(reverse("admin:accounts_user_add"), NEW)
    user = User.objects.get(username="nora")
    assert known(user) == [("nora@firm.example", True, True)]


def test_a_changed_address_takes_the_place_of_the_old_one(bd):
    change_email(bd, "Ben@new.example", by=bd)
    assert known(bd) == [("ben@new.example", True, True)]


def test_an_address_somebody_gave_up_is_free(bd, dev):
    EmailAddress.objects.create(user=dev, email="ben@new.example", verified=True)
    change_email(bd, "ben@new.example", by=bd)
    assert known(bd) == [("ben@new.example", True, True)]
    assert len(known(dev)) == 1


@pytest.mark.parametrize(
    ("who", "route"), [("bd", "accounts:profile"), ("portal_owner", "portal:profile")]
)
def test_the_page_of_addresses_gives_way_to_the_profile(client, request, who, route):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("account_email")).url == reverse(route)


def test_a_stranger_is_sent_to_sign_in(client, db):
    assert reverse("account_login") in client.get(reverse("account_email")).url
