"""The cast every test plays with.

Near world: department North with `manager`, `bd` (owns `customer`, `lead`,
`project`), `other_bd`; `dev` leads the project, `other_dev` is on none;
`portal_owner` and `portal_reader` are the customer's people. Far world: department
South with `far_manager`, `far_bd` (owns `far_customer`, …) and `foreign_portal`.
"""

import io
import os
from importlib import import_module

import numpy as np
import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.actions import invite_contact
from accounts.models import (
    ApiToken,
    Client,
    Contact,
    Department,
    Import,
    Medium,
    User,
)
from accounts.places import place_for
from analytics.models import Run
from leads.models import Lead, Stage
from projects.models import Milestone, Project, ProjectMember, ProjectTemplate
from sales.models import Product, Quotation, QuotationLine

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop

pytest_plugins = ["tests.chromium"]
STAGES = import_module("leads.migrations.0002_first_stages")
MEDIA = import_module("accounts.migrations.0002_first_media")


@pytest.fixture(autouse=True)
def _plain_services(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.DEMO = False
    cache.clear()


@pytest.fixture
def setup_rows(db):
    """Stages and media, also after a transactional test has emptied the tables."""
    STAGES.make(apps, None)
    MEDIA.make(apps, None)


@pytest.fixture
def north(db):
    return Department.objects.create(name="North")


@pytest.fixture
def south(db):
    return Department.objects.create(name="South")


def person(name, role, department=None, **fields):
    first, _, last = name.partition(" ")
    return User.objects.create_user(
        name.lower().replace(" ", "."),
        f"{name.lower().replace(' ', '.')}@firm.example",
        "pw",
        first_name=first,
        last_name=last,
        role=role,
        department=department,
        **fields,
    )


@pytest.fixture
def admin(db):
    return person("Ada Admin", "admin")


@pytest.fixture
def manager(north):
    return person("Mona Manager", "manager", north)


@pytest.fixture
def far_manager(south):
    return person("Fay Manager", "manager", south)


@pytest.fixture
def bd(north):
    return person("Ben Seller", "bd", north)


@pytest.fixture
def other_bd(north):
    return person("Olga Seller", "bd", north)


@pytest.fixture
def far_bd(south):
    return person("Finn Seller", "bd", south)


@pytest.fixture
def dev(north):
    return person("Dora Developer", "dev", north)


@pytest.fixture
def other_dev(north):
    return person("Otto Developer", "dev", north)


@pytest.fixture
def blocked(north):
    return person("Bert Blocked", "bd", north, is_active=False, blocked=timezone.now())


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


def project_of(customer, name, lead_dev=None):
    row = Project.objects.create(name=name, client=customer)
    Milestone.objects.create(
        project=row, name="Kick-off", planned_on=timezone.localdate()
    )
    if lead_dev:
        ProjectMember.objects.create(project=row, user=lead_dev, right="lead")
    return row


@pytest.fixture
def project(customer, dev):
    return project_of(customer, "Mill website", dev)


@pytest.fixture
def far_project(far_customer):
    return project_of(far_customer, "Fern shop")


@pytest.fixture
def milestone(project):
    return project.milestones.get()


@pytest.fixture
def far_milestone(far_project):
    return far_project.milestones.get()


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
def trashed(customer, bd):
    customer.trash(by=bd)
    return customer


@pytest.fixture
def far_trashed(far_customer, far_bd):
    far_customer.trash(by=far_bd)
    return far_customer


@pytest.fixture
def invitation(contact, bd):
    return invite_contact(contact, by=bd)


@pytest.fixture
def far_invitation(far_contact, far_bd):
    return invite_contact(far_contact, by=far_bd)


@pytest.fixture
def secret():
    return "a-link-that-nobody-was-sent"


@pytest.fixture
def far_secret():
    return "another-link-that-nobody-was-sent"


@pytest.fixture
def colleague(north):
    return person("Nina Near", "bd", north)


@pytest.fixture
def far_colleague(south):
    return person("Frida Far", "bd", south)


@pytest.fixture
def department(north):
    return north


@pytest.fixture
def far_department(south):
    return south


@pytest.fixture
def medium(setup_rows):
    return Medium.objects.first()


@pytest.fixture
def far_medium(setup_rows):
    return Medium.objects.last()


@pytest.fixture
def token(bd):
    return ApiToken.make(bd, name="Script", scope="read")[0]


@pytest.fixture
def far_token(far_bd):
    return ApiToken.make(far_bd, name="Script", scope="read")[0]


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


@pytest.fixture
def project_template(db):
    row = ProjectTemplate.objects.create(name="Care")
    row.milestones.create(name="Hand-over", days=7)
    return row


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


def finished(kind, **fields):
    return Run.objects.create(
        kind=kind, state="done", percent=100, finished=timezone.now(), **fields
    )


@pytest.fixture
def analysed(customer):
    """A finished run of the value classes, with `customer` in it."""
    row = finished(
        "segments", currency="EUR", result={"scale": "log", "fit": "reached"}
    )
    row.memberships.create(client=customer, value_class="new", currency="EUR")
    return row


@pytest.fixture
def value_class(analysed):
    return "new"


@pytest.fixture
def cluster_number(customer):
    """The number of the only cluster of a finished run over two places."""
    places = [place_for("London"), place_for("Reading", "", "United Kingdom")]
    Client.objects.filter(pk=customer.pk).update(place=places[0])
    row = finished("locations", currency="EUR")
    row.result = {"k": 1, "chosen": True, "reason": "too_few", "names": ["London"]}
    row.result["tones"] = ["1"]
    buffer = io.BytesIO()
    np.savez(
        buffer,
        place=[place.pk for place in places],
        latitude=[place.latitude for place in places],
        longitude=[place.longitude for place in places],
        weight=[2.0, 1.0],
        town=[0, 1],
        region=[0, 0],
        tree=[[0.0, 1.0, 0.01, 2.0]],
        radii=[0.0, 0.0, 40.0],
        labels=[0, 0],
    )
    row.arrays = buffer.getvalue()
    row.save(update_fields=["result", "arrays"])
    row.figures.create(place=places[0], owner=customer.owner, clients=1, leads=1)
    return 0
