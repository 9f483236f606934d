"""Tasks are given on the board, handed on, and put under a milestone."""

import pytest
from django.urls import reverse

from leads.models import Task
from projects.models import TaskOfProject
from tests.cast.projects import card_of


@pytest.fixture
def url(project):
    return reverse("projects:task_add", args=[project.pk])


@pytest.fixture
def member(other_dev, project, manager):
    project.add_member(other_dev, right="member", by=manager)
    return other_dev


def wish(person, **changes):
    usual = {"title": "Test it", "due_on": "2031-05-05", "owner": person.pk}
    return usual | changes


def told(user):
    return list(user.notifications.values_list("event__kind", flat=True))


def test_the_lead_gives_a_task_to_a_member_who_is_told(
    client, dev, member, url, milestone
):
    client.force_login(dev)
    client.post(url, wish(member, milestone=milestone.pk))
    link = TaskOfProject.objects.get()
    assert (link.task.owner, link.task.by, link.milestone) == (member, dev, milestone)
    assert "task.created" in told(member)


def test_who_gave_it_is_told_when_it_is_done(client, dev, member, project):
    link = card_of(project, member, by=dev)
    client.force_login(member)
    url = reverse("projects:task_move", args=[link.pk])
    client.post(url, {"state": "done"})
    assert "task.done" in told(dev)


def test_who_handed_it_on_is_told_too(client, manager, dev, member, project):
    link = card_of(project, dev, by=manager)
    link.task.delegate(member, by=dev)
    client.force_login(member)
    client.post(reverse("tasks:finish", args=[link.task_id]))
    assert "task.done" in told(dev)
    assert "task.done" in told(manager)


def test_a_member_gives_tasks_too(client, dev, member, url):
    client.force_login(member)
    client.post(url, wish(dev))
    assert Task.objects.get().owner == dev


def test_who_is_not_on_the_team_gets_none(client, dev, far_bd, url):
    client.force_login(dev)
    response = client.post(url, wish(far_bd))
    assert response.status_code == 422
    assert "Test it" in response.content.decode()
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"due_on": "soon"}, {"milestone": "x"}, {"owner": ""}]
)
def test_what_was_typed_is_shown_again(client, dev, url, wrong):
    client.force_login(dev)
    assert client.post(url, wish(dev, **wrong)).status_code == 422
    assert not Task.objects.exists()


def test_the_account_manager_gives_none_here(client, bd, dev, url):
    client.force_login(bd)
    assert client.post(url, wish(dev)).status_code == 403


def test_looking_adds_nothing(client, dev, url):
    client.force_login(dev)
    assert client.get(url).status_code == 405


def test_a_card_goes_under_a_milestone(client, dev, project_task, milestone):
    client.force_login(dev)
    url = reverse("projects:task_place", args=[project_task.pk])
    client.post(url, {"milestone": milestone.pk})
    project_task.refresh_from_db()
    assert project_task.milestone == milestone


def test_another_projects_milestone_is_refused(
    client, dev, project_task, far_milestone
):
    client.force_login(dev)
    url = reverse("projects:task_place", args=[project_task.pk])
    assert client.post(url, {"milestone": far_milestone.pk}).status_code == 422
