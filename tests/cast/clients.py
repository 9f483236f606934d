"""The customers, their people, what they were sent, and files with more of them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.actions import invite_contact
from accounts.models import (
    ChangeRequest,
    Client,
    Contact,
    ErasureRequest,
    Import,
    Medium,
)
from leads.models import Stage
from tests.cast.people import person

STAGES = import_module("leads.migrations.0002_stages")
MEDIA = import_module("accounts.migrations.0002_media")


@pytest.fixture
def setup_rows(db):
    """Stages and media, made again when a transactional test has emptied the tables."""
    if not Stage.objects.exists():
        STAGES.make(apps, None)
    if not Medium.objects.exists():
        MEDIA.make(apps, None)


@pytest.fixture
def medium(setup_rows):
    return Medium.objects.first()


@pytest.fixture
def far_medium(setup_rows):
    return Medium.objects.last()


def customer_of(owner, name):
    row = Client(
        name=name,
        email=f"office@{name.split()[0].lower()}.example",
        owner=owner,
        department=owner.department,
        signed_up=timezone.localdate(),
        medium=Medium.objects.first(),
    )
    row.search = row.found_by()
    row.save()
    return row


@pytest.fixture
def customer(bd, setup_rows):
    return customer_of(bd, "Acorn Mills")


@pytest.fixture
def far_customer(far_bd, setup_rows):
    return customer_of(far_bd, "Fern Works")


@pytest.fixture
def trashed(customer, bd):
    customer.trash(by=bd)
    return customer


@pytest.fixture
def far_trashed(far_customer, far_bd):
    far_customer.trash(by=far_bd)
    return far_customer


def login_of(customer, name, right):
    user = person(name, "client")
    Contact.objects.create(
        client=customer, name=name, email=user.email, user=user, right=right
    )
    return user


@pytest.fixture
def portal_owner(customer):
    return login_of(customer, "Petra Owner", "owner")


@pytest.fixture
def portal_reader(customer):
    return login_of(customer, "Rolf Reader", "reader")


@pytest.fixture
def foreign_portal(far_customer):
    return login_of(far_customer, "Flora Owner", "owner")


def contact_of(customer, name):
    email = f"{name.split()[0].lower()}@{customer.name.split()[0].lower()}.example"
    return Contact.objects.create(client=customer, name=name, email=email)


@pytest.fixture
def contact(customer):
    return contact_of(customer, "Nora New")


@pytest.fixture
def far_contact(far_customer):
    return contact_of(far_customer, "Niels New")


@pytest.fixture
def invitation(contact, bd):
    return invite_contact(contact, by=bd)


@pytest.fixture
def far_invitation(far_contact, far_bd):
    return invite_contact(far_contact, by=far_bd)


def change_of(user):
    """The firm of `user` shall have another tax number."""
    values = {"tax_id": "DE 1"}
    return ChangeRequest.ask(user.contact, "client", values, by=user)


@pytest.fixture
def change_request(portal_owner):
    return change_of(portal_owner)


@pytest.fixture
def far_change_request(foreign_portal):
    return change_of(foreign_portal)


@pytest.fixture
def erasure_request(portal_owner):
    return ErasureRequest.ask(portal_owner.contact, by=portal_owner)


@pytest.fixture
def far_erasure_request(foreign_portal):
    return ErasureRequest.ask(foreign_portal.contact, by=foreign_portal)


def draft_of(user):
    row = Import(kind="leads", name="rows.csv", by=user, state=Import.State.DRAFT)
    row.mapping = {"name": "name"}
    row.file.save("rows.csv", ContentFile(b"name\nAnn\n"), save=False)
    row.errors.save("rejected.csv", ContentFile(b"name\nAnn\n"))
    return row


@pytest.fixture
def draft(bd, setup_rows):
    return draft_of(bd)


@pytest.fixture
def far_draft(far_bd, setup_rows):
    return draft_of(far_bd)
