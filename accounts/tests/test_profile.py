"""What people keep about themselves, and their API tokens."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import ApiToken, Firm
from notifications.models import Message

URL = reverse("accounts:profile")
TOKENS = reverse("accounts:tokens")


def data_of(user, **changes):
    fields = ("first_name", "last_name", "username", "email", "zone", "language")
    return {name: getattr(user, name) for name in fields} | changes


def test_a_name_and_a_zone_are_changed(client, bd):
    client.force_login(bd)
    client.post(URL, data_of(bd, first_name="Benno", zone="Europe/Vienna"))
    bd.refresh_from_db()
    assert (bd.first_name, bd.zone) == ("Benno", "Europe/Vienna")


def test_a_new_email_needs_the_password_and_warns_the_old_one(client, bd):
    client.force_login(bd)
    before = bd.email
    change = data_of(bd, email="ben@new.example")
    assert client.post(URL, change).status_code == 422
    client.post(URL, change | {"password": "pw"})
    bd.refresh_from_db()
    assert bd.email == "ben@new.example"
    assert Message.objects.get().address == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "Ada.Admin"}, "Somebody has this user name already"),
        ({"email": "ADA.admin@firm.example", "password": "pw"}, "this e-mail already"),
        ({"zone": "Mars/Base"}, "valid choice"),
        ({"language": "xx"}, "valid choice"),
        ({"phone": "1"}, "phone"),
        ({"username": ""}, "required"),
    ],
)
def test_what_cannot_be_is_refused(client, bd, admin, change, words):
    client.force_login(bd)
    response = client.post(URL, data_of(bd, **change))
    assert response.status_code == 422
    assert words in response.content.decode()


def test_ones_telephone_is_read_as_of_the_firms_country(client, bd):
    Firm.get()
    Firm.objects.update(country="DE")
    client.force_login(bd)
    client.post(URL, data_of(bd, phone="040 12345678"))
    bd.refresh_from_db()
    assert str(bd.phone) == "+494012345678"


def test_nobody_promotes_themselves(client, bd):
    client.force_login(bd)
    client.post(URL, data_of(bd, role="admin", is_staff="on", is_superuser="on"))
    bd.refresh_from_db()
    assert (bd.role, bd.is_staff, bd.is_superuser) == ("bd", False, False)


def test_a_token_is_shown_once_and_kept_as_a_hash(client, bd):
    client.force_login(bd)
    data = {"name": "Script", "scope": "write", "days": "90"}
    response = client.post(TOKENS, data)
    secret = response.context["secret"]
    token = ApiToken.objects.get()
    assert secret in response.content.decode()
    assert secret not in client.get(TOKENS).content.decode()
    assert token.expires > timezone.now()
    assert secret not in (token.hash, token.prefix)
    assert "no-store" in response["Cache-Control"]


def test_a_token_may_last_until_it_is_revoked(client, bd):
    client.force_login(bd)
    client.post(TOKENS, {"name": "Script", "scope": "read", "days": ""})
    token = ApiToken.objects.get()
    assert token.expires is None
    client.post(reverse("accounts:token_revoke", args=[token.pk]))
    assert not ApiToken.objects.exists()


def test_a_token_without_a_name_is_refused(client, bd):
    client.force_login(bd)
    response = client.post(TOKENS, {"name": "", "scope": "all"})
    assert response.status_code == 422
