"""Whom a paper is for: the name first, then the client's own wording of the address."""

import pytest
from django.urls import reverse

from tests.cast.sales import as_draft


def to(client, user, name, row):
    """The lines of the address on the printed sheet."""
    client.force_login(user)
    return client.get(reverse(f"sales:{name}_paper", args=[row.pk])).context["to"]


def write(customer, **values):
    for name, value in values.items():
        setattr(customer, name, value)
    customer.save(update_fields=list(values))


@pytest.fixture
def offer(quotation, lead, customer):
    """A draft for the customer, by the name of its person."""
    lead.client, lead.contact_name = customer, "Carla Contact"
    lead.save(update_fields=["client", "contact_name"])
    return as_draft(quotation)


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("Mill Lane 1\r\n\r\n  \r\nYork\r\n", ["Acorn Mills", "Mill Lane 1", "York"]),
        ("ACORN  mills \r\nMill Lane 1", ["ACORN  mills", "Mill Lane 1"]),
        ("Books\nAcorn Mills", ["Acorn Mills", "Books", "Acorn Mills"]),
        (" \r\n", ["Acorn Mills"]),
    ],
)
def test_an_invoice_names_its_client_first(client, bd, bill, customer, typed, lines):
    write(customer, billing_address=typed, place=None)
    assert to(client, bd, "invoice", bill) == lines


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("Mill Lane 1", ["Acorn Mills", "Carla Contact", "Mill Lane 1"]),
        ("acorn mills\nMill Lane 1", ["acorn mills", "Carla Contact", "Mill Lane 1"]),
        ("Mill Lane 1\nCarla contact", ["Acorn Mills", "Mill Lane 1", "Carla contact"]),
    ],
)
def test_a_quotation_names_the_person_too(client, bd, offer, customer, typed, lines):
    write(customer, billing_address=typed)
    assert to(client, bd, "quotation", offer) == lines


def test_a_person_who_is_the_client_is_named_once(client, bd, offer, customer):
    write(customer, name="Carla Contact", billing_address="Mill Lane 1")
    assert to(client, bd, "quotation", offer) == ["Carla Contact", "Mill Lane 1"]
