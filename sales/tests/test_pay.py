"""What came in, went back or failed; each payment is a purchase, once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from notifications.models import Event
from sales.models import Payment, Purchase, PurchaseLine
from tests.cast.sales import sent_bill_of


def pay(client, user, invoice, amount, kind="payment", **data):
    client.force_login(user)
    url = reverse("sales:invoice_pay", args=[invoice.pk])
    facts = {
        "kind": kind,
        "amount": amount,
        "method": "transfer",
        "day": timezone.localdate(),
        "reference": "A 1",
    }
    return client.post(url, facts | data, follow=True)


def stands(invoice):
    invoice.refresh_from_db()
    return invoice.state, invoice.paid


def test_paid_in_full_it_becomes_a_purchase(client, bd, invoice, customer):
    pay(client, bd, invoice, 1200)
    assert stands(invoice) == ("paid", 1200)
    purchase = Purchase.objects.get()
    assert (purchase.client, purchase.cents) == (customer, 120_000)
    assert (purchase.currency, purchase.day) == ("EUR", timezone.localdate())
    assert [line.text for line in purchase.lines.all()] == ["Design"]
    assert Event.objects.filter(kind="payment.received").exists()


def test_parts_add_up_and_so_do_their_purchases(client, bd, invoice):
    pay(client, bd, invoice, "400")
    assert stands(invoice) == ("part_paid", 400)
    pay(client, bd, invoice, "800", reference="A 2")
    assert stands(invoice) == ("paid", 1200)
    assert sorted(Purchase.objects.values_list("cents", flat=True)) == [40_000, 80_000]
    assert sum(line.quantity for line in PurchaseLine.objects.all()) == 1


def test_the_same_reference_is_written_down_once(client, bd, invoice):
    pay(client, bd, invoice, 400)
    page = pay(client, bd, invoice, 400)
    assert "was written down already" in page.content.decode()
    assert stands(invoice) == ("part_paid", 400)
    assert (Payment.objects.count(), Purchase.objects.count()) == (1, 1)


def test_a_refund_opens_it_again_and_lowers_what_was_bought(client, bd, invoice):
    pay(client, bd, invoice, 1200)
    pay(client, bd, invoice, 200, kind="refund")
    assert stands(invoice) == ("part_paid", 1000)
    assert sum(Purchase.objects.values_list("cents", flat=True)) == 100_000


def test_no_more_goes_back_than_came_in(client, bd, invoice):
    pay(client, bd, invoice, 100)
    page = pay(client, bd, invoice, 101, kind="refund")
    assert "Only €100 was paid" in page.content.decode()
    assert stands(invoice) == ("part_paid", 100)


def test_a_failed_payment_is_kept_and_changes_nothing(client, bd, invoice):
    page = pay(client, bd, invoice, 1200, kind="failed")
    assert stands(invoice) == ("sent", 0)
    assert "A payment of €1,200" in page.content.decode()
    assert not Purchase.objects.exists()
    assert not Event.objects.get(kind="payment.failed").client_visible


def test_too_much_is_taken_only_when_somebody_says_so(client, bd, invoice):
    page = pay(client, bd, invoice, 1300)
    assert "Only €1,200 is open" in page.content.decode()
    pay(client, bd, invoice, 1300, over="on")
    assert stands(invoice) == ("paid", 1300)
    page = client.get(invoice.get_absolute_url())
    assert "€100 more was paid than is owed" in page.content.decode()


def test_even_then_not_more_than_can_be_written(client, bd, invoice):
    page = pay(client, bd, invoice, "999999999999", over="on")
    assert "Nothing was added" in page.content.decode()
    assert stands(invoice) == ("sent", 0)


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"amount": "2000"}, "amount", "Only €800 is open"),
        ({"reference": "A 1"}, "reference", "A 1 was written down already"),
        ({"amount": "401", "kind": "refund"}, "amount", "Only €400 was paid"),
    ],
)
def test_a_refused_payment_keeps_what_was_typed(
    client, bd, invoice, wrong, field, says
):
    pay(client, bd, invoice, 400)
    typed = {"amount": "10", "reference": "B 7", "note": "By Mr Ash"} | wrong
    page = pay(client, bd, invoice, **typed)
    assert page.status_code == 409
    form = page.context["payment_form"]
    assert says in form.errors[field][0]
    assert {name: form[name].value() for name in typed} == typed
    assert 'value="By Mr Ash"' in page.content.decode()
    assert Payment.objects.count() == 1


def test_what_came_in_for_a_credited_one_is_to_go_back(client, bd, invoice):
    pay(client, bd, invoice, 1200)
    reverse_url = reverse("sales:invoice_credit", args=[invoice.pk])
    client.post(reverse_url, {"reason": "Sent back"})
    invoice.refresh_from_db()
    assert invoice.to_refund == 1200
    pay(client, bd, invoice, 1200, kind="refund")
    assert stands(invoice) == ("credited", 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "1.234"},
        {"amount": "NaN"},
        {"amount": "1e20"},
        {"day": "2999-01-01"},
        {"day": "1492-01-01"},
        {"day": "2020-01-01"},
        {"kind": "gift"},
        {"reference": ""},
    ],
)
def test_what_is_no_payment_is_refused(client, bd, invoice, wrong):
    amount = wrong.pop("amount", 100)
    assert pay(client, bd, invoice, amount, **wrong).status_code == 422
    assert not Payment.objects.exists()


def test_a_deposit_may_be_a_year_older_than_its_invoice(client, bd, customer, invoice):
    customer.signed_up = None
    customer.save(update_fields=["signed_up"])
    first = invoice.issued_on - timedelta(days=365)
    page = pay(client, bd, invoice, 100, day=first - timedelta(days=1))
    assert page.status_code == 422
    assert (
        f"is of {date_format(first, 'j M Y')} at the earliest" in page.content.decode()
    )
    assert pay(client, bd, invoice, 100, day=first).status_code == 200
    assert Payment.objects.get().day == first


def test_nothing_was_paid_before_the_client_came(client, bd, customer, invoice):
    customer.signed_up = invoice.issued_on - timedelta(days=30)
    customer.save(update_fields=["signed_up"])
    before = customer.signed_up - timedelta(days=1)
    page = pay(client, bd, invoice, 100, day=before)
    assert page.status_code == 422
    assert "too early: Acorn Mills signed up on" in page.content.decode()
    pay(client, bd, invoice, 100, day=customer.signed_up)
    assert Payment.objects.get().day == customer.signed_up


def test_a_currency_without_cents_takes_none(client, bd, customer):
    yen = sent_bill_of(customer, currency="JPY")
    assert pay(client, bd, yen, "0.5").status_code == 422
    pay(client, bd, yen, "1200")
    assert Purchase.objects.get().cents == 1200


def test_a_draft_is_not_paid(client, bd, bill):
    assert "not possible now" in pay(client, bd, bill, 100).content.decode()
    assert not Payment.objects.exists()


def test_a_foreign_client_has_no_such_invoice(client, bd, far_invoice):
    assert pay(client, bd, far_invoice, 100).status_code == 404
