"""What the client reads above an invoice: what is open, of how much, since when."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from sales.models import Payment
from tests.cast.sales import sent_bill_of


@pytest.fixture(params=["portal", "link"])
def split(request, client):
    """split(): what stands above the sheet, and the sheet, by either way in."""

    def read(invoice):
        url = invoice.get_signed_url()
        if request.param == "portal":
            client.force_login(request.getfixturevalue("portal_reader"))
            url = reverse("portal:invoice", args=[invoice.pk])
        above, _start, below = client.get(url).content.decode().partition("<article")
        return above, below

    return read


def pay(invoice, bd, amount):
    Payment.pay(invoice, amount=Decimal(amount), reference="A 1", by=bd)


def day_of(invoice):
    return date_format(invoice.due_on, "j M Y")


def test_a_late_one_says_since_when_and_keeps_its_paper(split, customer):
    late = sent_bill_of(customer, days_ago=3)
    above, paper = split(late)
    day = day_of(late)
    text = f"€1,200 has been due since {day}. Please give {late.number} as reference."
    assert text in above
    assert "Please pay" not in above
    assert f"Please pay €1,200 by {day}" in paper


def test_a_late_one_that_is_part_paid_says_both(split, customer, bd):
    late = sent_bill_of(customer, days_ago=3)
    pay(late, bd, 200)
    above, paper = split(late)
    day = day_of(late)
    assert f"€1,000 of €1,200 is still open and has been due since {day}." in above
    assert "Please pay €1,200" not in paper


def test_one_that_is_part_paid_in_time_says_what_is_open(split, invoice, bd):
    pay(invoice, bd, 200)
    above, _paper = split(invoice)
    day = day_of(invoice)
    assert f"€1,000 of €1,200 is still open. Please pay it by {day} and" in above


def test_one_that_is_due_today_is_not_late(split, invoice):
    assert invoice.due_on == timezone.localdate()
    assert f"Please pay €1,200 by {day_of(invoice)}" in split(invoice)[0]


@pytest.mark.parametrize("late", [0, 3])
def test_one_that_is_paid_says_thanks(split, customer, bd, late):
    invoice = sent_bill_of(customer, days_ago=late)
    pay(invoice, bd, 1200)
    assert "Paid in full, thank you." in split(invoice)[0]


def test_one_that_was_taken_back_is_never_late(split, customer, bd):
    invoice = sent_bill_of(customer, days_ago=3)
    invoice.void(reason="Twice", by=bd)
    assert "nothing is to be paid" in split(invoice)[0]
