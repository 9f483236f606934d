"""Set-up: the templates projects begin with."""

import pytest
from django.urls import reverse

from projects.models import Project, ProjectTemplate


def steps(*rows, initial=0):
    data = {"name": "Care plan", "milestones-INITIAL_FORMS": initial}
    data["milestones-TOTAL_FORMS"] = len(rows)
    for n, row in enumerate(rows):
        data |= {f"milestones-{n}-{key}": value for key, value in row.items()}
    return data | jobs()


def jobs(*rows, initial=0):
    data = {"tasks-TOTAL_FORMS": len(rows), "tasks-INITIAL_FORMS": initial}
    for n, row in enumerate(rows):
        data |= {f"tasks-{n}-{key}": value for key, value in row.items()}
    return data


def test_a_manager_makes_one(client, manager):
    client.force_login(manager)
    rows = steps({"name": "One", "days": 3}, {"name": "Two", "days": 4})
    client.post(reverse("projects:template_add"), rows)
    template = ProjectTemplate.objects.get(name="Care plan")
    found = template.milestones.values_list("name", "days", "position")
    assert list(found) == [("One", 3, 0), ("Two", 4, 1)]


def test_a_milestone_is_taken_out(client, manager, project_template):
    client.force_login(manager)
    step = project_template.milestones.get()
    url = project_template.get_absolute_url()
    row = {"id": step.pk, "name": "x", "days": 7, "DELETE": "on"}
    client.post(url, steps(row, initial=1))
    assert not project_template.milestones.exists()


@pytest.mark.parametrize("days", ["-1", "731", "x"])
def test_impossible_days_are_shown_again(client, manager, days):
    client.force_login(manager)
    rows = steps({"name": "One", "days": days})
    url = reverse("projects:template_add")
    assert client.post(url, rows).status_code == 422
    assert not ProjectTemplate.objects.filter(name="Care plan").exists()


def test_rows_without_their_count_are_shown_again(client, manager):
    client.force_login(manager)
    url = reverse("projects:template_add")
    assert client.post(url, {"name": "Care plan"}).status_code == 422


def test_removing_one_leaves_its_projects(client, manager, project, project_template):
    project.template = project_template
    project.save(update_fields=["template"])
    client.force_login(manager)
    url = reverse("projects:template_remove", args=[project_template.pk])
    assert client.post(url).status_code == 302
    assert Project.objects.get(pk=project.pk).template is None


def test_they_are_listed(client, admin):
    client.force_login(admin)
    text = client.get(reverse("projects:templates")).content.decode()
    assert "Website" in text
    assert "77" in text


@pytest.fixture
def step(project_template):
    return project_template.milestones.get()


def save(client, manager, step, *rows, initial=0, **changes):
    client.force_login(manager)
    kept = {"id": step.pk, "name": step.name, "days": step.days, **changes}
    data = steps(kept, initial=1) | jobs(*rows, initial=initial)
    return client.post(step.template.get_absolute_url(), data)


def job(step, **changes):
    usual = {"title": "Hand over the keys", "milestone": step.pk, "days": 2}
    return {**usual, "planned_for": "lead", **changes}


def test_a_manager_says_what_is_to_be_done_for_a_milestone(client, manager, step):
    save(client, manager, step, job(step))
    found = step.tasks.get()
    assert (found.title, found.days, found.planned_for) == (
        "Hand over the keys", 2, "lead",
    )  # fmt: skip


def test_a_task_is_taken_out(client, manager, step):
    task = step.tasks.create(title="Old")
    save(client, manager, step, job(step, id=task.pk, DELETE="on"), initial=1)
    assert not step.tasks.exists()


def test_a_milestone_goes_with_its_tasks(client, manager, step):
    task = step.tasks.create(title="Old")
    rows = job(step, id=task.pk, title="Newer")
    answer = save(client, manager, step, rows, initial=1, DELETE="on")
    assert answer.status_code == 302
    assert not type(task).objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"days": "731"}, {"days": "-1"}, {"planned_for": "x"}, {"milestone": ""}]
)
def test_an_impossible_task_is_shown_again(client, manager, step, wrong):
    answer = save(client, manager, step, job(step, **wrong))
    assert answer.status_code == 422
    assert "Hand over the keys" in answer.content.decode()
    assert not step.tasks.exists()


def test_another_templates_milestone_is_refused(client, manager, step):
    other = ProjectTemplate.objects.get(name="Website").milestones.first()
    answer = save(client, manager, step, job(step, milestone=other.pk))
    assert answer.status_code == 422
