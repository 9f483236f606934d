"""A lead of each world, and what was talked about."""

import pytest
from django.utils import timezone

from leads.models import AssignmentRule, Lead, LostReason, Spend, Stage, WebForm


def lead_of(customer, name):
    row = Lead(
        name=name,
        client=customer,
        contact_name="Carla Contact",
        company=customer.name,
        email=f"carla@{customer.name.split()[0].lower()}.example",
        stage=Stage.first_of(Stage.Kind.OPEN),
        medium=customer.medium,
        value=1200,
        owner=customer.owner,
        department=customer.department,
    )
    row.search = row.found_by()
    row.save()
    return row


@pytest.fixture
def lead(customer):
    return lead_of(customer, "New mill website")


@pytest.fixture
def far_lead(far_customer):
    return lead_of(far_customer, "Fern web shop")


@pytest.fixture
def interaction(lead):
    return lead.interactions.create(client=lead.client, text="Called about the mill.")


@pytest.fixture
def far_interaction(far_lead):
    return far_lead.interactions.create(client=far_lead.client, text="Wrote to Fern.")


@pytest.fixture
def web_form(north):
    return WebForm.objects.create(name="Contact us", slug="contact", department=north)


@pytest.fixture
def far_web_form(south):
    return WebForm.objects.create(name="Write us", slug="write", department=south)


@pytest.fixture
def stage(setup_rows):
    return Stage.first_of(Stage.Kind.OPEN)


@pytest.fixture
def lost_reason(db):
    return LostReason.objects.create(name="Too dear")


@pytest.fixture
def rule(north):
    """Everything goes to those of North, in turn."""
    return AssignmentRule.objects.create(name="The rest", position=1, team=north)


def spend_of(department, medium):
    return Spend.objects.create(
        medium=medium,
        month=timezone.localdate().replace(day=1),
        amount=500,
        currency="EUR",
        department=department,
    )


@pytest.fixture
def spend(north, medium):
    return spend_of(north, medium)


@pytest.fixture
def far_spend(south, medium):
    return spend_of(south, medium)
