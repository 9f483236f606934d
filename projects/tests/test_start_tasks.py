"""A project from a template begins with its tasks; an undone start leaves none."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import Task
from projects.actions import undo_start
from projects.models import Project, ProjectTemplate
from projects.tests.test_undo_action import refused
from tests.cast.projects import card_of


@pytest.fixture
def template(db):
    row = ProjectTemplate.objects.get(name="Website")
    first, second = row.milestones.all()[:2]
    first.tasks.create(title="Read the brief", days=1, planned_for="lead")
    second.tasks.create(title="Draw three ideas", days=3)
    return row


@pytest.fixture
def url(lead):
    return reverse("projects:start", args=[lead.pk])


def started(client, by, url, template, **choices):
    client.force_login(by)
    client.post(url, {"name": "Mill", "template": template.pk, **choices})
    return Project.objects.get()


@pytest.fixture
def project(client, bd, url, template, dev):
    return started(client, bd, url, template, lead_dev=dev.pk)


def test_the_form_says_how_many_tasks(client, bd, url, template):
    client.force_login(bd)
    text = client.get(url).content.decode()
    assert "with five milestones and two tasks" in text
    assert "Website: five milestones and two tasks" in text


def test_each_task_is_due_some_days_after_its_milestone_begins(project, template):
    today, first = timezone.localdate(), template.milestones.first()
    brief, ideas = project.task_links.select_related("task").order_by("position")
    assert brief.milestone.name == first.name
    assert brief.task.due_on == today + timedelta(days=1)
    assert ideas.task.due_on == today + timedelta(days=first.days + 3)


def test_the_lead_has_the_leads_tasks_and_a_member_gets_the_rest(
    client, project, dev, other_dev
):
    assert [task.title for task in dev.tasks.all()] == ["Read the brief"]
    client.force_login(dev)
    wish = {"user": other_dev.pk, "right": "member"}
    client.post(reverse("projects:member_add", args=[project.pk]), wish)
    assert [task.title for task in other_dev.tasks.all()] == ["Draw three ideas"]


def test_without_a_lead_they_are_nobodys(client, bd, url, template):
    project = started(client, bd, url, template)
    owners = project.task_links.values_list("task__owner", flat=True)
    assert list(owners) == [None, None]


def test_their_history_begins(project, bd):
    task = Task.objects.get(title="Read the brief")
    assert task.history.last().history_user == bd


def test_undo_removes_them(client, bd, project, lead):
    client.force_login(bd)
    client.post(reverse("projects:undo", args=[project.pk]))
    assert not Task.objects.exists()
    assert not Project.objects.exists()


def test_not_once_a_task_was_done(client, project, bd, dev):
    project.task_links.first().move("done", by=dev)
    assert "tasks were begun" in refused(project, bd)
    client.force_login(bd)
    undo = reverse("projects:undo", args=[project.pk])
    page = client.post(undo, follow=True).content.decode()
    assert "The start can no longer be undone: tasks were begun" in page


def test_not_once_a_task_was_begun(project, bd, dev):
    project.task_links.first().move("doing", by=dev)
    assert "tasks were begun" in refused(project, bd)


def test_not_once_somebody_added_a_task(project, bd, dev):
    card_of(project, dev)
    assert "tasks were begun" in refused(project, bd)


def test_not_once_hours_were_logged(client, project, bd, dev):
    client.force_login(dev)
    hours = {"hours": "1.5", "day": timezone.localdate()}
    client.post(reverse("projects:hours_log", args=[project.pk]), hours)
    client.force_login(bd)
    undo = reverse("projects:undo", args=[project.pk])
    page = client.post(undo, follow=True).content.decode()
    assert "there are logged hours" in page
    assert Project.objects.filter(pk=project.pk).exists()


def test_a_task_moved_and_moved_back_is_untouched(project, bd, dev):
    link = project.task_links.first()
    link.move("doing", by=dev)
    link.move("todo", by=dev)
    undo_start(project, by=bd)
    assert not Task.objects.exists()
