"""Who is blocked is out at once: sessions, tokens and what was queued for them."""

import pytest
from django.urls import reverse
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.test import APIRequestFactory

from accounts.authentication import TokenAuthentication
from accounts.models import ApiToken
from crm.reactions import react
from leads.models import Lead
from notifications.actions import send
from notifications.models import Event, Message


def ask(secret):
    request = APIRequestFactory().get("/", HTTP_AUTHORIZATION=f"Token {secret}")
    return TokenAuthentication().authenticate(request)


def newest(kind):
    return Event.objects.filter(kind=kind).latest("pk")


def test_an_open_session_ends_with_the_block(client, bd, admin):
    client.force_login(bd)
    assert client.get(reverse("accounts:clients")).status_code == 200
    bd.block(by=admin)
    response = client.get(reverse("accounts:clients"))
    assert response.status_code == 302
    assert reverse("account_login") in response.url


def test_a_token_ends_with_the_block(bd, admin):
    _row, secret = ApiToken.make(bd, name="script", scope="write")
    assert ask(secret)[0] == bd
    bd.block(by=admin)
    with pytest.raises(AuthenticationFailed):
        ask(secret)


def test_a_token_kept_by_mistake_does_not_work_either(bd):
    _row, secret = ApiToken.make(bd, name="script", scope="write")
    bd.is_active = False
    bd.save(update_fields=["is_active"])
    with pytest.raises(AuthenticationFailed):
        ask(secret)


def test_a_blocked_client_is_out_of_the_customer_area(
    client, portal_owner, customer, bd
):
    client.force_login(portal_owner)
    assert client.get(reverse("portal:home")).status_code == 200
    customer.block(by=bd)
    assert client.get(reverse("portal:home")).status_code == 302


@pytest.mark.parametrize("route", ["portal:home", "portal:people", "portal:version"])
def test_pages_and_files_are_closed_at_the_next_request(
    client, portal_reader, customer, version, bd, route
):
    url = reverse(route, args=[version.pk] if route == "portal:version" else [])
    client.force_login(portal_reader)
    assert client.get(url).status_code == 200
    customer.block(by=bd)
    response = client.get(url)
    assert response.status_code == 302
    assert reverse("account_login") in response.url


@pytest.mark.parametrize("how", ["session", "token"])
def test_the_api_is_closed_at_the_next_request(client, bd, admin, lead, how):
    _row, secret = ApiToken.make(bd, name="script", scope="read")
    headers = {"Authorization": f"Token {secret}"} if how == "token" else {}
    if how == "session":
        client.force_login(bd)
    assert client.get("/api/v1/leads/", headers=headers).status_code == 200
    bd.block(by=admin)
    assert client.get("/api/v1/leads/", headers=headers).status_code == 401


def test_the_blocked_cannot_sign_in_and_the_unblocked_can(client, bd, admin):
    bd.block(by=admin)
    data = {"login": bd.username, "password": "pw"}
    client.post(reverse("account_login"), data)
    assert "_auth_user_id" not in client.session
    bd.unblock(by=admin)
    client.post(reverse("account_login"), data)
    assert client.session["_auth_user_id"] == str(bd.pk)


def test_what_was_queued_for_a_blocked_person_is_cancelled(bd, other_bd, admin):
    send("email", bd.email, body="Hello")
    send("email", other_bd.email, body="Hello")
    bd.block(by=admin)
    react(newest("user.blocked").pk)
    states = dict(Message.objects.values_list("address", "state"))
    assert states == {bd.email: "cancelled", other_bd.email: "queued"}


def test_what_was_queued_for_a_blocked_client_is_cancelled(customer, contact, bd):
    send("email", contact.email, body="Hello")
    send("sms", "+4915112345678", body="Hello", client=customer)
    customer.block(by=bd)
    react(newest("client.blocked").pk)
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}


def test_open_leads_go_along_with_their_client(customer, lead, far_bd, admin):
    customer.assign(far_bd, by=admin)
    react(newest("client.assigned").pk)
    row = Lead.objects.get(pk=lead.pk)
    assert (row.owner, row.department) == (far_bd, far_bd.department)
