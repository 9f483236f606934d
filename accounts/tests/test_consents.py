"""Consent to marketing: given and withdrawn per address, kept word by word."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Contact
from notifications.actions import send
from notifications.models import Consent, Event, Message, sealed
from notifications.outbox import deliver

PAGE = reverse("portal:consents")
SAY = reverse("portal:consent")
MAIL = "petra.owner@firm.example"


def text_of(response):
    return response.content.decode()


def note(address, *, given=True, channel="email", **fields):
    return Consent.objects.create(
        channel=channel, address=address, given=given, wording="Yes.", **fields
    )


@pytest.fixture
def owner(client, portal_owner):
    client.force_login(portal_owner)
    return client


def test_nothing_is_allowed_before_it_is_said(owner):
    assert "add your telephone number" in text_of(owner.get(PAGE))
    page = text_of(owner.get(PAGE))
    assert "Not allowed" in page
    assert "Linden may send me offers and news by E-mail" in page
    assert "always reach you" in page


def test_consent_is_kept_with_its_wording(owner, portal_owner, customer):
    owner.post(SAY, {"reach": f"email:{MAIL}", "given": "yes"})
    row = Consent.objects.get()
    assert (row.channel, row.address, row.given) == ("email", MAIL, True)
    assert (row.source, row.client, row.by) == ("customer area", customer, portal_owner)
    assert row.wording.startswith("Linden may send me offers")
    assert Event.objects.get().kind == "consent.given"


def test_withdrawing_adds_a_row_and_stops_what_is_queued(owner, customer):
    owner.post(SAY, {"reach": f"email:{MAIL}", "given": "yes"})
    mail = send("email", MAIL, subject="Sale", body="Now", purpose="marketing")
    owner.post(SAY, {"reach": f"email:{MAIL}", "given": "no"})
    assert list(Consent.objects.order_by("pk").values_list("given", flat=True)) == [
        True,
        False,
    ]
    assert deliver(mail.pk) == Message.State.CANCELLED
    assert owner.get(PAGE).content.decode().count("customer area") == 2


def test_pressing_twice_is_once(owner):
    owner.post(SAY, {"reach": f"email:{MAIL}", "given": "yes"})
    owner.post(SAY, {"reach": f"email:{MAIL}", "given": "yes"})
    owner.post(SAY, {"reach": f"email:{MAIL}", "given": "no"})
    owner.post(SAY, {"reach": f"email:{MAIL}", "given": "no"})
    assert Consent.objects.count() == 2


def test_a_number_is_asked_for_in_one_form(owner, portal_owner):
    portal_owner.contact.phone = "+4915112345678"
    portal_owner.contact.save(update_fields=["phone"])
    hint = "add your telephone number"
    assert hint not in text_of(owner.get(PAGE))
    owner.post(SAY, {"reach": "sms:+4915112345678", "given": "yes"})
    assert Consent.allows("sms", "+4915112345678")


def test_an_address_is_kept_in_lower_case(owner, portal_owner):
    portal_owner.contact.email = "Petra@ACORN.example"
    portal_owner.contact.save(update_fields=["email"])
    owner.post(SAY, {"reach": "email:petra@acorn.example", "given": "yes"})
    assert Consent.objects.get().address == "petra@acorn.example"


@pytest.mark.parametrize(
    "data",
    [
        {"reach": "email:rolf.reader@firm.example", "given": "yes"},
        {"reach": "email:", "given": "yes"},
        {"reach": f"email:{MAIL}", "given": "perhaps"},
        {},
    ],
)
def test_nobody_speaks_for_another_address(owner, portal_reader, data):
    page = owner.post(SAY, data, follow=True)
    assert "not one of your addresses" in text_of(page)
    assert not Consent.objects.exists()


def test_the_history_is_that_of_the_own_addresses(owner, portal_reader, customer):
    note(MAIL, source="paper", client=customer)
    note("rolf.reader@firm.example", source="form contact", client=customer)
    page = text_of(owner.get(PAGE))
    assert "paper" in page
    assert "rolf.reader" not in page


def test_a_reader_decides_for_themselves(client, portal_reader):
    client.force_login(portal_reader)
    client.post(SAY, {"reach": "email:rolf.reader@firm.example", "given": "yes"})
    assert Consent.objects.get().by == portal_reader


def test_staff_sees_it_on_the_record(client, bd, portal_owner, customer):
    note(MAIL, source="paper", client=customer)
    note(customer.email, given=False, source="telephone", client=customer)
    client.force_login(bd)
    url = reverse("accounts:client_consents", args=[customer.pk])
    assert f'hx-get="{url}"' in text_of(client.get(customer.get_absolute_url()))
    assert "What Acorn Mills allows" in text_of(client.get(url))
    page = text_of(client.get(url, headers={"hx-request": "true"}))
    assert "What Acorn Mills allows" not in page
    assert "Withdrawn" in page
    assert "paper" in page


def test_staff_notes_what_was_said_on_the_telephone(client, bd, customer):
    client.force_login(bd)
    url = reverse("accounts:consent_record", args=[customer.pk])
    data = {"given": "yes", "source": "telephone", "wording": "I read it to her."}
    client.post(url, data | {"reach": f"email:{customer.email}"})
    row = Consent.objects.get()
    assert (row.source, row.wording, row.by) == ("telephone", "I read it to her.", bd)
    assert Event.objects.get().text.startswith("Ben Seller noted: office@acorn.example")


@pytest.mark.parametrize(
    "change", [{"wording": ""}, {"reach": "email:x@y.example"}, {"source": "rumour"}]
)
def test_a_consent_without_proof_is_not_noted(client, bd, customer, change):
    client.force_login(bd)
    url = reverse("accounts:consent_record", args=[customer.pk])
    data = {"given": "yes", "source": "paper", "wording": "Yes.", "reach": "email:a"}
    data |= {"reach": f"email:{customer.email}"} | change
    assert client.post(url, data).status_code == 422
    assert not Consent.objects.exists()


def test_nothing_is_said_by_a_link(owner):
    assert owner.get(SAY).status_code == 405


def test_a_sealed_refusal_still_counts(db):
    note("a@b.example", at=timezone.now() - timedelta(days=1))
    note(sealed("a@b.example"), given=False)
    assert not Consent.allows("email", "a@b.example")


def test_the_page_costs_the_same_for_many(owner, django_assert_max_num_queries):
    note(MAIL)
    owner.get(PAGE)  # the firm is kept from now on
    with django_assert_max_num_queries(10):
        owner.get(PAGE)
    Consent.objects.bulk_create(
        Consent(channel="email", address=MAIL, given=n % 2) for n in range(50)
    )
    with django_assert_max_num_queries(10):
        owner.get(PAGE)


def test_the_page_of_staff_costs_the_same_for_many_people(
    client, bd, customer, portal_owner, django_assert_num_queries
):
    client.force_login(bd)
    url = reverse("accounts:client_consents", args=[customer.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for n in range(40):
        Contact.objects.create(client=customer, name=f"P {n}", email=f"p{n}@a.example")
        note(f"p{n}@a.example", client=customer)
    with django_assert_num_queries(len(few)):
        client.get(url)
