"""Taking one's own data away: what one sees, and nothing else."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.models import ChangeRequest, Client, Export
from leads.models import Interaction
from notifications.actions import record, send
from notifications.models import Consent
from projects.models import RequestPost
from sales.models import ProductEvent

EXPORT = reverse("portal:data_export")


def taken(response):
    """What the file holds: for programs, and to read."""
    file = zipfile.ZipFile(io.BytesIO(response.content))
    return json.loads(file.read("data.json")), file.read("data.html").decode()


@pytest.fixture
def owner(client, portal_owner):
    client.force_login(portal_owner)
    return client


def test_an_owner_takes_person_and_firm(owner, project, invoice, quotation, post):
    data, page = taken(owner.post(EXPORT))
    assert data["person"]["contact"][0]["name"] == "Petra Owner"
    assert data["person"]["user"][0]["username"] == "petra.owner"
    assert data["firm"]["client"][0]["name"] == "Acorn Mills"
    firm = data["firm"]
    assert firm["project"][0]["name"] == "Mill website"
    assert firm["milestone"][0]["name"] == "Kick-off"
    assert firm["invoice"][0]["total"] == "1200.00"
    assert (
        firm["invoiceline"][0]["text"] == firm["quotationline"][0]["text"] == "Design"
    )
    assert firm["quotation"][0]["number"] == "Q-1"
    assert "When do you want to start?" in page


def test_what_one_asked_and_looked_at_is_in_it(owner, wish, basket_line, bd):
    contact = basket_line.contact
    ProductEvent.objects.create(client=contact.client, contact=contact, kind="visit")
    RequestPost.objects.create(request=wish, by=bd, text="Psst.", internal=True)
    data, _page = taken(owner.post(EXPORT))
    assert data["firm"]["request"][0]["text"] == "It hangs."
    assert data["person"]["basketline"][0]["quantity"] == basket_line.quantity
    assert data["person"]["productevent"][0]["kind"] == "Opened the catalogue"
    assert "Psst" not in str(data)


def test_what_the_firm_says_only_among_itself_is_not_in_it(
    owner, customer, lead, bd, note, bill
):
    Client.objects.filter(pk=customer.pk).update(
        value_class="negative",
        value_reason="Bad payer.",
        notes="Odd.",
        credit_limit=4711,
    )
    Interaction.objects.create(client=customer, text="Secret call.")
    record("client.note", customer, by=bd, text="Whispered.")
    file = zipfile.ZipFile(io.BytesIO(owner.post(EXPORT).content))
    text = file.read("data.json").decode() + file.read("data.html").decode()
    hidden = "negative|Bad payer|Odd.|4711|Secret call|Whispered|Likes trains|New mill"
    assert not [word for word in hidden.split("|") if word in text]
    assert "invoice" not in taken(owner.post(EXPORT))[0]["firm"]  # a draft


def test_what_is_shown_to_the_client_is_in_it(owner, customer, bd):
    Interaction.objects.create(client=customer, text="We spoke.", client_visible=True)
    record("client.note", customer, by=bd, text="Work begins.", client_visible=True)
    send("email", customer.email, subject="Hello", body="Dear mill", client=customer)
    firm = taken(owner.post(EXPORT))[0]["firm"]
    assert firm["interaction"][0]["text"] == "We spoke."
    assert firm["event"][0]["text"] == "Work begins."
    assert firm["message"][0]["body"] == "Dear mill"


def test_mails_to_a_colleague_are_not_in_it(owner, portal_reader, customer):
    mail = {"body": "For Rolf", "client": customer}
    send("email", portal_reader.email, recipient=portal_reader, **mail)
    send(
        "email",
        "new@acorn.example",
        body="/invitation/x/",
        client=customer,
        secret=True,
    )
    text = str(taken(owner.post(EXPORT))[0])
    assert "For Rolf" not in text
    assert "/invitation/x/" not in text


def test_a_reader_takes_their_own_alone(client, portal_reader, portal_owner, invoice):
    client.force_login(portal_reader)
    Consent.objects.create(channel="email", address=portal_reader.email, given=True)
    data, page = taken(client.post(EXPORT))
    assert data["firm"] == {}
    assert data["person"]["contact"][0]["name"] == "Rolf Reader"
    assert "Petra" not in page
    assert "1200" not in page


def test_nothing_of_another_firm_is_in_it(owner, far_project, far_invoice, far_post):
    page = taken(owner.post(EXPORT))[1]
    assert "Fern" not in page


def test_it_is_logged_and_the_account_manager_is_told(owner, portal_owner, bd):
    owner.post(EXPORT)
    row = Export.objects.get()
    assert (row.by, row.what, row.format) == (portal_owner, "personal data", "zip")
    assert row.rows >= 3
    assert row.finished
    assert bd.notifications.get().event.text == (
        "Petra Owner took away what is known of Petra Owner."
    )


def test_an_admin_takes_it_for_a_person_who_asked(client, admin, portal_owner):
    client.force_login(admin)
    url = reverse("accounts:subject_export", args=[portal_owner.contact.pk])
    data, _page = taken(client.post(url))
    assert data["firm"]["client"][0]["name"] == "Acorn Mills"
    assert Export.objects.get().by == admin


def test_a_person_without_a_login_can_ask_too(client, admin, contact):
    client.force_login(admin)
    url = reverse("accounts:subject_export", args=[contact.pk])
    data, _page = taken(client.post(url))
    assert data["person"]["contact"][0]["email"] == "nora@acorn.example"
    assert data["firm"] == {}


def test_what_is_typed_cannot_run_in_the_page(owner, portal_owner):
    portal_owner.contact.position = "<script>alert(1)</script>"
    portal_owner.contact.save(update_fields=["position"])
    assert "<script>" not in taken(owner.post(EXPORT))[1]


def test_the_file_to_read_is_written_as_the_site_writes(owner, portal_owner):
    at = datetime(2026, 11, 28, 17, 40, tzinfo=UTC)
    words = {
        "tax_id": ["", "12/345"],
        "billing_address": ["1 Mill Lane", "2 Mill Lane"],
    }
    contact = portal_owner.contact
    ChangeRequest.objects.create(
        client=contact.client, contact=contact, values=words, created=at
    )
    Consent.objects.create(channel="email", address=portal_owner.email, given=True)
    portal_owner.zone = "Europe/Berlin"
    portal_owner.save(update_fields=["zone"])
    data, page = taken(owner.post(EXPORT))
    assert "tax number: – → 12/345" in page
    assert "address on invoices: 1 Mill Lane → 2 Mill Lane" in page
    assert ("<td>28 Nov 2026, 18:40</td>" in page, "<td>Yes</td>" in page) == (
        True,
        True,
    )
    assert page.count("Europe/Berlin.") == 1
    assert ("p.m." in page, "True" in page) == (False, False)
    assert data["person"]["changerequest"][0]["values"] == words


def test_nothing_is_taken_by_a_link(owner):
    assert owner.get(EXPORT).status_code == 405


def test_the_number_of_queries_does_not_grow(
    owner, customer, django_assert_max_num_queries
):
    rows = (
        Interaction(client=customer, text=f"Call {n}", client_visible=True)
        for n in range(60)
    )
    Interaction.objects.bulk_create(rows)
    with django_assert_max_num_queries(90):
        owner.post(EXPORT)
