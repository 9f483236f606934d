"""A project of each world and its milestones; a template for more."""

import pytest
from django.utils import timezone

from projects.models import Milestone, Project, ProjectMember, ProjectTemplate


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
def project_template(db):
    row = ProjectTemplate.objects.create(name="Care")
    row.milestones.create(name="Hand-over", days=7)
    return row
