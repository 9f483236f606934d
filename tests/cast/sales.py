"""Quotations, sent and not yet, and what is sold."""

import pytest
from django.utils import timezone

from sales.links import signed
from sales.models import Product, Quotation, QuotationLine, TaxRate


def quotation_of(lead, number):
    row = Quotation.objects.create(
        lead=lead,
        number=number,
        state=Quotation.State.SENT,
        sent=timezone.now(),
        by=lead.owner,
    )
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
    return signed(quotation.pk, "quotation")


@pytest.fixture
def far_quotation_link(far_quotation):
    return signed(far_quotation.pk, "quotation")


@pytest.fixture
def tax_rate(db):
    return TaxRate.objects.create(name="Reduced", percent=7)


def as_draft(quotation):
    quotation.state, quotation.sent = "draft", None
    quotation.save(update_fields=["state", "sent"])
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
