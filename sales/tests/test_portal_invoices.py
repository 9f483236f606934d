"""The client reads and prints what was billed: in the customer area, or by a mailed link."""

from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from crm.lib.links import signed
from crm.reactions import react
from notifications.models import Event, Message
from sales.models import Payment
from tests.cast.sales import bill_of, sent_bill_of

LIST = reverse("portal:invoices")


@pytest.fixture
def mailed(bill, bd):
    """mailed(): send the bill and give the mails that follow."""

    def send():
        bill.send(by=bd)
        react(Event.objects.get(kind="invoice.sent").pk)
        return list(Message.objects.filter(kind="invoice_sent"))

    return send


def test_the_list_says_what_is_open_and_late(client, portal_reader, customer, bill):
    sent_bill_of(customer, days_ago=3)
    client.force_login(portal_reader)
    page = client.get(LIST)
    assert "€1,200 of it should have been paid" in page.content.decode()
    assert len(page.context["invoices"]) == 1  # the draft is not shown


def test_the_invoice_shows_what_was_paid_but_not_what_failed(
    client, portal_owner, invoice, bd
):
    Payment.pay(invoice, amount=Decimal(200), reference="A 1", by=bd)
    Payment.fail(invoice, amount=Decimal(77), reference="A 2", by=bd)
    client.force_login(portal_owner)
    text = client.get(reverse("portal:invoice", args=[invoice.pk])).content.decode()
    assert "Please pay €1,000 by" in text
    assert "€200" in text
    assert "€77" not in text


def test_who_writes_for_the_firm_asks_about_the_invoice(
    client, portal_owner, portal_reader, invoice
):
    url = reverse("portal:invoice", args=[invoice.pk])
    asks = f"{reverse('portal:request_new')}?kind=invoice&amp;invoice={invoice.pk}"
    client.force_login(portal_reader)
    assert asks not in client.get(url).content.decode()
    client.force_login(portal_owner)
    assert asks in client.get(url).content.decode()
    form = client.get(unescape(asks)).context["form"]
    assert form["kind"].value() == "invoice"
    assert f'value="{invoice.pk}" selected' in str(form["invoice"])


def test_a_draft_is_not_there_for_the_client(client, portal_owner, bill):
    client.force_login(portal_owner)
    url = reverse("portal:invoice", args=[bill.pk])
    assert client.get(url).status_code == 404


def test_home_says_what_is_open(client, portal_owner, invoice):
    client.force_login(portal_owner)
    text = client.get(reverse("portal:home")).content.decode()
    assert "1 thing waits for you." in text
    assert "€1,200" in text


@pytest.mark.parametrize("n", [2, 20])
def test_the_list_costs_the_same_for_two_and_for_twenty(
    client, portal_owner, customer, n, django_assert_max_num_queries
):
    for _ in range(n):
        sent_bill_of(customer)
    client.force_login(portal_owner)
    client.get(LIST)
    with django_assert_max_num_queries(10):
        client.get(LIST)


def test_who_signs_in_is_mailed_a_link_into_the_customer_area(
    mailed, bill, portal_owner, portal_reader
):
    [message] = mailed()
    assert message.address == portal_owner.contact.email
    assert reverse("portal:invoice", args=[bill.pk]) in message.body
    assert not message.secret


def test_who_does_not_is_mailed_a_secret_link(client, mailed, bill, contact):
    [message] = mailed()
    assert message.address == contact.email
    assert bill.get_signed_url() in message.body
    assert message.secret
    page = client.get(bill.get_signed_url())
    assert "Please pay €1,200" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_a_client_without_people_gets_it_at_its_own_address(mailed, customer):
    [message] = mailed()
    assert message.address == customer.email


@pytest.mark.parametrize("verb", ["void", "credit"])
def test_that_it_is_taken_back_is_mailed(client, bd, invoice, contact, verb):
    client.force_login(bd)
    url = reverse(f"sales:invoice_{verb}", args=[invoice.pk])
    client.post(url, {"reason": "Twice"})
    react(Event.objects.get(kind=f"invoice.{verb}ed").pk)
    message = Message.objects.get(kind="invoice_taken_back")
    assert "nothing is to be paid for it" in message.body
    paper = invoice.credit_notes.first() or invoice
    assert paper.get_signed_url() in message.body


def test_a_blocked_client_gets_no_mail_and_no_page(
    client, mailed, invoice, customer, bd
):
    customer.block(by=bd)
    assert mailed() == []
    assert client.get(invoice.get_signed_url()).status_code == 404


@pytest.mark.parametrize("kind", ["sales.quotation", "else"])
def test_a_link_to_something_else_opens_no_invoice(client, invoice, kind):
    url = reverse("signed:invoice", args=[signed(invoice.pk, kind)])
    page = client.get(url)
    assert page.status_code == 404
    assert "This link is not valid" in page.content.decode()


def test_an_altered_link_opens_nothing(client, invoice_link):
    wrong = invoice_link[:-1] + ("A" if invoice_link[-1] != "A" else "B")
    assert client.get(reverse("signed:invoice", args=[wrong])).status_code == 404


def test_a_draft_has_no_link(client, customer):
    assert client.get(bill_of(customer).get_signed_url()).status_code == 404
