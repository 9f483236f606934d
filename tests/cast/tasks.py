"""A task and a note about each world's lead."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leads.models import Task
from leads.noting import add_note
from leads.tasking import add_task


def task_of(subject, owner, title="Call the miller", **fields):
    day = timezone.localdate() + timedelta(days=1)
    row = Task(**{"title": title, "due_on": day, "owner": owner, **fields})
    return add_task(row, by=owner, subject=subject)


@pytest.fixture
def task(lead, bd):
    return task_of(lead, bd)


@pytest.fixture
def far_task(far_lead, far_bd):
    return task_of(far_lead, far_bd)


@pytest.fixture
def note(lead, bd):
    return add_note(lead, "Likes trains.", [], by=bd, client_visible=False)


@pytest.fixture
def far_note(far_lead, far_bd):
    return add_note(far_lead, "Likes ships.", [], by=far_bd, client_visible=False)
