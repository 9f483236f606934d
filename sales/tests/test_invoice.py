"""A draft is written, sent with a number, thrown away or taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Event
from sales.models import Invoice


def post(client, user, verb, invoice, **data):
    client.force_login(user)
    url = reverse(f"sales:invoice_{verb}", args=[invoice.pk])
    return client.post(url, data, follow=True)


def lines(**line):
    data = {"currency": "EUR", "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0}
    return data | {f"form-0-{name}": value for name, value in line.items()}


def test_its_lines_are_written_anew(client, bd, bill):
    post(client, bd, "edit", bill, **lines(text="Care", quantity=2, price=50))
    bill.refresh_from_db()
    assert [line.text for line in bill.lines.all()] == ["Care"]
    assert bill.total == 100


@pytest.mark.parametrize(
    "wrong", [{"price": "-1"}, {"price": "x"}, {"quantity": "0"}, {"text": ""}]
)
def test_what_makes_no_line_is_said_and_kept_out(client, bd, bill, wrong):
    line = {"text": "Care", "quantity": 2, "price": 50} | wrong
    assert post(client, bd, "edit", bill, **lines(**line)).status_code == 422
    assert Invoice.objects.get().total == 1200


def test_an_unknown_currency_is_refused(client, bd, bill):
    data = lines(text="Care", price=50) | {"currency": "E1"}
    assert post(client, bd, "edit", bill, **data).status_code == 422


def test_sending_gives_number_day_and_address(client, bd, bill, customer):
    customer.payment_days, customer.billing_address = 30, "Mill Lane 1"
    customer.save(update_fields=["payment_days", "billing_address"])
    post(client, bd, "send", bill)
    bill.refresh_from_db()
    today = timezone.localdate()
    assert bill.number == f"INV-{today.year}-00001"
    assert (bill.state, bill.due_on) == ("sent", today + timedelta(days=30))
    assert bill.addressee() == ["Acorn Mills", "Mill Lane 1"]
    assert Event.objects.filter(kind="invoice.sent", client_visible=True).exists()


def test_numbers_have_no_gap_where_a_draft_was_thrown_away(client, bd, bill, far_bill):
    post(client, bd, "discard", bill)
    far_bill.issue(14)
    assert far_bill.number.endswith("-00001")
    assert not Invoice.objects.filter(pk=bill.pk).exists()


def test_what_was_sent_is_neither_changed_nor_discarded(client, bd, invoice):
    page = post(client, bd, "edit", invoice, **lines(text="Care", price=50))
    assert "stays as it is" in page.content.decode()
    page = post(client, bd, "discard", invoice)
    assert "that is not possible now" in page.content.decode()
    assert Invoice.objects.get().total == 1200


def test_nothing_to_pay_is_not_sent(client, bd, bill):
    bill.lines.all().delete()
    bill.sum_up()
    assert "Give it lines" in post(client, bd, "send", bill).content.decode()
    assert Invoice.objects.get().is_draft


def test_voiding_keeps_number_and_reason(client, bd, invoice):
    post(client, bd, "void", invoice, reason="Wrong firm")
    invoice.refresh_from_db()
    assert (invoice.state, invoice.reason) == ("void", "Wrong firm")
    assert invoice.number
    assert invoice.owed == 0


def test_a_credit_note_takes_it_back_whole(client, bd, invoice):
    post(client, bd, "credit", invoice, reason="Too late")
    note = Invoice.objects.get(kind="credit")
    invoice.refresh_from_db()
    assert (note.total, note.credits) == (-invoice.total, invoice)
    assert (note.number[-5:], invoice.state) == ("00002", "credited")
    again = post(client, bd, "credit", invoice, reason="Too late")
    assert "that is not possible now" in again.content.decode()


def test_a_reason_is_needed(client, bd, invoice):
    assert post(client, bd, "void", invoice, reason=" ").status_code == 422
    assert Invoice.objects.get().state == "sent"


def test_the_paper_says_what_to_pay_and_until_when(client, bd, invoice):
    client.force_login(bd)
    page = client.get(reverse("sales:invoice_paper", args=[invoice.pk]))
    text = page.content.decode()
    assert "Please pay €1,200 by" in text
    assert "Tax, 20% of €1,000" in text
