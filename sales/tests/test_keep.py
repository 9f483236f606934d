"""Invoices and payments outlive their client: for the books, as they were sent."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Client
from accounts.trash import purge_expired
from sales.billing import remind_overdue
from sales.models import Invoice, Payment
from tests.cast.sales import sent_bill_of


def test_a_purge_keeps_them_and_blanks_the_client(invoice, customer, bd):
    Payment.pay(invoice, amount=invoice.total, reference="A 1", by=bd)
    customer.trash(by=bd)
    Client.objects.update(trashed=timezone.now() - timedelta(days=31))
    assert purge_expired(Client) == 1
    kept = Invoice.objects.get()
    assert (kept.client.name, kept.paid) == (f"#{customer.pk}", 1200)
    assert kept.addressee() == ["Acorn Mills"]
    assert Payment.objects.get().purchase.cents == 120_000


def test_nobody_is_reminded_of_a_client_in_the_trash(customer, bd):
    sent_bill_of(customer, days_ago=3)
    customer.trash(by=bd)
    assert remind_overdue() == 0


def test_the_owner_is_reminded_once(customer, bd):
    sent_bill_of(customer, days_ago=3)
    assert (remind_overdue(), remind_overdue()) == (1, 0)
    assert bd.notifications.get().event.kind == "invoice.overdue"
