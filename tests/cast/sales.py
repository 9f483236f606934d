"""Quotations and invoices, sent and not yet, and what is sold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Contact
from crm.lib.links import signed
from sales.models import (
    BasketLine,
    Invoice,
    InvoiceLine,
    Product,
    ProductEvent,
    Quotation,
    QuotationLine,
    TaxRate,
)


def quotation_of(lead, number):
    row = Quotation(
        lead=lead,
        number=number,
        state=Quotation.State.SENT,
        sent=timezone.now(),
        by=lead.owner,
    )
    row.freeze()
    row.save()
    QuotationLine.objects.create(quotation=row, text="Design", quantity=2, price=500)
    row.sum_up()
    return row


@pytest.fixture
def quotation(lead):
    return quotation_of(lead, "Q-1")


@pytest.fixture
def far_quotation(far_lead):
    return quotation_of(far_lead, "Q-2")


@pytest.fixture
def quotation_link(quotation):
    return signed(quotation.pk, "sales.quotation")


@pytest.fixture
def far_quotation_link(far_quotation):
    return signed(far_quotation.pk, "sales.quotation")


@pytest.fixture
def tax_rate(db):
    return TaxRate.objects.create(name="Reduced", percent=7)


def as_draft(quotation):
    quotation.state, quotation.sent = "draft", None
    quotation.billed_to = quotation.billed_tax_id = ""
    quotation.save(update_fields=["state", "sent", *quotation.FROZEN])
    return quotation


@pytest.fixture
def unsent(quotation):
    return as_draft(quotation)


@pytest.fixture
def far_unsent(far_quotation):
    return as_draft(far_quotation)


@pytest.fixture
def product(db):
    return Product.objects.create(
        code="web-own-site", name="Site", category="Web", brand="Own", price=900
    )


def basket_line_of(user, product):
    contact = Contact.objects.get(user=user)
    return BasketLine.objects.create(contact=contact, product=product, quantity=2)


@pytest.fixture
def basket_line(portal_owner, product):
    return basket_line_of(portal_owner, product)


@pytest.fixture
def far_basket_line(foreign_portal, product):
    return basket_line_of(foreign_portal, product)


@pytest.fixture
def visit(customer):
    return ProductEvent.objects.create(client=customer, kind="visit")


@pytest.fixture
def far_visit(far_customer):
    return ProductEvent.objects.create(client=far_customer, kind="visit")


def bill_of(customer, price=1000, currency="EUR"):
    """A draft invoice with one line."""
    row = Invoice.objects.create(
        client=customer, by=customer.owner, subject="Mill website", currency=currency
    )
    InvoiceLine.objects.create(invoice=row, text="Design", price=price, tax_rate=20)
    row.sum_up()
    return row


def sent_bill_of(customer, days_ago=0, **kwargs):
    """An invoice sent and due that many days ago; €1,200 with tax."""
    row = bill_of(customer, **kwargs)
    row.issue(0)
    if days_ago:
        row.due_on = row.issued_on = timezone.localdate() - timedelta(days=days_ago)
        row.save(update_fields=["due_on", "issued_on"])
    return row


@pytest.fixture
def bill(customer):
    return bill_of(customer)


@pytest.fixture
def far_bill(far_customer):
    return bill_of(far_customer)


@pytest.fixture
def invoice(customer):
    return sent_bill_of(customer)


@pytest.fixture
def far_invoice(far_customer):
    return sent_bill_of(far_customer)


@pytest.fixture
def invoice_link(invoice):
    return signed(invoice.pk, "sales.invoice")


@pytest.fixture
def far_invoice_link(far_invoice):
    return signed(far_invoice.pk, "sales.invoice")
