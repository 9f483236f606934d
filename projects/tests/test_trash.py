"""A project is put away, and taken out again."""

import pytest
from django.urls import reverse

from accounts.tests.test_purge import age
from accounts.trash import purge_expired
from leads.models import Lead, Task
from notifications.models import EventTopic
from projects.actions import ProjectInTrash, unmark_leads
from projects.models import Project
from projects.plan import plan
from projects.tests.test_start_action import start


@pytest.fixture
def url(project):
    return reverse("projects:trash", args=[project.pk])


@pytest.fixture
def back(project):
    return reverse("projects:restore", args=[project.pk])


def test_it_is_gone_and_can_be_undone(client, manager, project, url, back):
    client.force_login(manager)
    assert back in client.post(url, follow=True).content.decode()
    assert client.get(project.get_absolute_url()).status_code == 404
    client.post(back)
    assert client.get(project.get_absolute_url()).status_code == 200
    kinds = [topic.event.kind for topic in EventTopic.objects.about(project)]
    assert kinds == ["project.restored", "project.trashed"]


def test_team_and_client_do_not_see_it(manager, dev, portal_owner, project):
    project.trash(by=manager)
    assert not Project.objects.visible_to(dev).exists()
    assert not Project.objects.visible_to(portal_owner).exists()
    assert not Project.objects.visible_to(portal_owner, trashed=True).exists()


@pytest.mark.parametrize("person", ["bd", "dev", "far_manager"])
def test_others_may_not(client, manager, request, project, url, back, person):
    client.force_login(request.getfixturevalue(person))
    assert client.post(url).status_code == 404
    project.trash(by=manager)
    assert client.post(back).status_code == 404


def test_it_stays_while_its_client_is_there_too(manager, bd, project, client, back):
    project.client.trash(by=bd)
    client.force_login(manager)
    page = client.post(back, follow=True).content.decode()
    assert "restore Acorn Mills first" in page


def test_its_lead_starts_no_second_one(lead, manager, bd):
    start(lead, bd).trash(by=manager)
    lead.refresh_from_db()
    assert "in the trash" in plan(lead, by=bd).refusal
    with pytest.raises(ProjectInTrash):
        start(lead, bd)


def test_its_lead_is_free_once_it_is_purged(lead, bd):
    start(lead, bd).delete()
    assert unmark_leads() == 1
    assert Lead.objects.get(pk=lead.pk).project_started is None


@pytest.mark.parametrize("top", ["project", "client"])
def test_a_purge_takes_its_tasks(manager, project, project_task, top):
    row = project if top == "project" else project.client
    row.trash(by=manager)
    age(row)
    assert purge_expired(type(row)) == 1
    assert not Task.objects.exists()
    assert not Task.history.exists()


def test_get_changes_nothing(client, manager, url, back):
    client.force_login(manager)
    assert client.get(url).status_code == client.get(back).status_code == 405
