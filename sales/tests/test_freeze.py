"""A paper that was sent stays as it was, whatever becomes of its client."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.erasure import carry_out
from accounts.models import ErasureRequest
from leads.models import Lead
from sales.models import Invoice, Quotation
from tests.cast.sales import as_draft

migration = import_module("sales.migrations.0010_freeze_sent_papers")

BEFORE = {"billing_address": "Mill Lane 1\r\nYork", "tax_id": "GB 1"}
AFTER = {"name": "Acorn Group", "billing_address": "Quay 9", "tax_id": "GB 2"}
NAMED = ("Acorn Mills", "Mill Lane 1", "GB 1")


def write(customer, **values):
    for name, value in values.items():
        setattr(customer, name, value)
    customer.save(update_fields=list(values))


@pytest.fixture
def moved(customer):
    """moved(): from now on the client has another name, address and number."""
    write(customer, **BEFORE)
    return lambda: write(customer, **AFTER)


@pytest.fixture
def offer(quotation, lead, customer, moved):
    """A draft for the customer, by the name of its person."""
    lead.client, lead.contact_name = customer, "Petra Owner"
    lead.save(update_fields=["client", "contact_name", "search"])
    return as_draft(quotation)


def post(client, user, verb, row, **data):
    client.force_login(user)
    name = f"sales:{row._meta.model_name}_{verb}"
    client.post(reverse(name, args=[row.pk]), data)
    row.refresh_from_db()


def pages(client, bd, portal_owner, row):
    """The sheet for staff, by the mailed link and in the customer area."""
    name = row._meta.model_name
    for user, url in (
        (bd, reverse(f"sales:{name}_paper", args=[row.pk])),
        (bd, row.get_signed_url()),
        (portal_owner, reverse(f"portal:{name}", args=[row.pk])),
    ):
        client.force_login(user)
        page = client.get(url)
        assert page.status_code == 200
        yield page.content.decode().partition('<article class="sheet"')[2]


def assert_frozen(sheets):
    found = list(sheets)
    assert all(word in sheet for sheet in found for word in NAMED)
    assert not [word for sheet in found for word in AFTER.values() if word in sheet]


def test_a_sent_quotation_stays_as_it_was(client, bd, portal_owner, offer, moved):
    post(client, bd, "send", offer)
    moved()
    Lead.objects.update(contact_name="Paul Heir")
    assert_frozen(pages(client, bd, portal_owner, offer))
    assert offer.addressee() == ["Acorn Mills", "Petra Owner", "Mill Lane 1", "York"]


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_an_answered_one_too(client, bd, portal_owner, offer, moved, answer):
    post(client, bd, "send", offer)
    post(client, bd, answer, offer, name="Petra", reason="No")
    moved()
    assert_frozen(pages(client, bd, portal_owner, offer))


def test_a_lead_without_a_client_keeps_its_company(client, bd, unsent, customer):
    Lead.objects.update(client=None, company="Acorn & Sons", contact_name="Carla")
    post(client, bd, "send", unsent)
    Lead.objects.update(client=customer)
    assert Quotation.objects.get().addressee() == ["Acorn & Sons", "Carla"]


def test_the_next_version_is_a_draft_of_today(client, bd, offer, moved):
    post(client, bd, "send", offer)
    moved()
    post(client, bd, "revise", offer)
    draft = Quotation.objects.get(replaces=offer)
    assert draft.addressee() == ["Acorn Group", "Petra Owner", "Quay 9"]
    post(client, bd, "send", draft)
    offer.refresh_from_db()
    assert (offer.state, offer.billed_tax_id) == ("superseded", "GB 1")
    assert (draft.billed_to[:11], draft.billed_tax_id) == ("Acorn Group", "GB 2")


def test_a_sent_invoice_stays_as_it_was(client, bd, portal_owner, bill, moved):
    post(client, bd, "send", bill)
    moved()
    assert_frozen(pages(client, bd, portal_owner, bill))


def test_one_that_was_taken_back_too(client, bd, portal_owner, bill, moved):
    post(client, bd, "send", bill)
    post(client, bd, "void", bill, reason="Twice")
    moved()
    assert_frozen(pages(client, bd, portal_owner, bill))


def test_who_had_no_tax_number_then_has_none_on_the_paper(client, bd, bill, customer):
    post(client, bd, "send", bill)
    write(customer, tax_id="GB 2")
    page = client.get(reverse("sales:invoice_paper", args=[bill.pk]))
    assert "GB 2" not in page.content.decode()


@pytest.mark.parametrize("name", ["bill", "offer"])
def test_a_draft_follows_its_client(client, request, bd, moved, name):
    row = request.getfixturevalue(name)
    moved()
    client.force_login(bd)
    url = reverse(f"sales:{row._meta.model_name}_paper", args=[row.pk])
    page = client.get(url).content.decode()
    assert all(word in page for word in AFTER.values())


@pytest.mark.parametrize("name", ["bill", "offer"])
def test_the_api_says_whom_it_was_sent_to(client, request, bd, moved, name):
    row = request.getfixturevalue(name)
    url = f"/api/v1/{row._meta.model_name}s/{row.pk}/"
    client.force_login(bd)
    assert client.get(url).json()["billed_to"] == ""
    post(client, bd, "send", row)
    moved()
    found = client.get(url).json()
    assert found["billed_to"].startswith("Acorn Mills\n")
    assert found["billed_tax_id"] == "GB 1"


def test_who_is_forgotten_is_not_named_by_a_quotation(
    client, bd, admin, portal_owner, offer
):
    post(client, bd, "send", offer)
    wish = ErasureRequest.ask(portal_owner.contact, by=portal_owner)
    carry_out(wish, by=admin)
    offer.refresh_from_db()
    assert offer.addressee() == ["Acorn Mills", "[erased]", "Mill Lane 1", "York"]
    assert not Quotation.history.filter(billed_to__contains="Petra").exists()


def test_a_forgotten_firm_stays_on_its_invoices_alone(
    client, bd, admin, portal_owner, offer, bill
):
    post(client, bd, "send", offer)
    post(client, bd, "send", bill)
    Invoice.objects.update(state="paid")
    wish = ErasureRequest.ask(portal_owner.contact, whole_firm=True, by=portal_owner)
    carry_out(wish, by=admin)
    assert Quotation.objects.get().billed_to == ""
    assert Invoice.objects.get().addressee() == ["Acorn Mills", "Mill Lane 1", "York"]


def test_what_was_sent_before_keeps_todays_values(bd, invoice, bill, offer, customer):
    offer.send(by=bd)
    Quotation.objects.update(billed_to="", billed_tax_id="")
    Invoice.objects.update(billed_to="", billed_tax_id="")
    migration.freeze_all(apps, None)
    offer.refresh_from_db()
    invoice.refresh_from_db()
    bill.refresh_from_db()
    assert offer.addressee() == ["Acorn Mills", "Petra Owner", "Mill Lane 1", "York"]
    assert (offer.billed_tax_id, invoice.billed_tax_id) == ("GB 1", "GB 1")
    assert invoice.addressee() == ["Acorn Mills", "Mill Lane 1", "York"]
    assert bill.billed_to == ""
