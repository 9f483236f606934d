"""A project of each world and its milestones; a template for more."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from projects.models import (
    Document,
    Milestone,
    Project,
    ProjectMember,
    ProjectTemplate,
    TimeEntry,
)
from projects.tasking import give_task
from projects.threads import Thread, say


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


@pytest.fixture
def post(project, bd):
    return say(Thread(project.client, project), "When do you want to start?", by=bd)


@pytest.fixture
def far_post(far_project, far_bd):
    thread = Thread(far_project.client, far_project)
    return say(thread, "Fern news", by=far_bd)


@pytest.fixture
def project_template(db):
    row = ProjectTemplate.objects.create(name="Care")
    row.milestones.create(name="Hand-over", days=7)
    return row


def file_of(name="plan.pdf", content=b"%PDF-1.4 plan"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


@pytest.fixture
def document(project, dev):
    """One that the client sees."""
    return Document.begin(project, file_of(), by=dev, client_visible=True)


@pytest.fixture
def far_document(far_project, admin):
    return Document.begin(far_project, file_of(), by=admin, client_visible=True)


@pytest.fixture
def version(document):
    return document.versions.get()


@pytest.fixture
def far_version(far_document):
    return far_document.versions.get()


@pytest.fixture
def time_entry(project, dev):
    return TimeEntry.log(project, hours=Decimal(2), day=timezone.localdate(), by=dev)


@pytest.fixture
def far_time_entry(far_project, admin):
    day = timezone.localdate()
    return TimeEntry.log(far_project, hours=Decimal(2), day=day, by=admin)


def card_of(project, owner, title="Draw the map", **fields):
    day = timezone.localdate() + timedelta(days=9)
    values = {"title": title, "due_on": day, "owner": owner, "by": owner, **fields}
    return give_task(project, **values)


@pytest.fixture
def project_task(project, dev):
    """A task on the board of the project."""
    return card_of(project, dev)


@pytest.fixture
def far_project_task(far_project, far_manager):
    return card_of(far_project, far_manager)
