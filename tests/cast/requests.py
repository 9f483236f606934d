"""A request of each world, and a rule that opens more."""

import pytest

from projects.asking import ask
from projects.models import Request, ServiceRule


def request_of(project, by, **fields):
    values = {"kind": "problem", "subject": "The form is broken", "text": "It hangs."}
    row = Request(client=project.client, project=project, **values | fields)
    return ask(row, by=by)


@pytest.fixture
def wish(project, portal_owner):
    """What the customer asked about its project."""
    return request_of(project, portal_owner)


@pytest.fixture
def far_wish(far_project, foreign_portal):
    return request_of(far_project, foreign_portal, subject="The shop is closed")


def rule_of(department):
    return ServiceRule.objects.create(
        cause="late", days=3, subject="We are late", scope=department, is_on=True
    )


@pytest.fixture
def service_rule(north):
    return rule_of(north)


@pytest.fixture
def firm_rule(db):
    """One for everybody's clients."""
    return rule_of(None)


@pytest.fixture
def far_service_rule(south):
    return rule_of(south)
