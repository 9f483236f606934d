"""All projects at a glance: counted through the gate, each figure opens its list."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.models import Milestone, Project, TimeEntry
from tests.cast.projects import card_of, project_of

URL = reverse("projects:overview")


@pytest.fixture
def slipped(milestone):
    day = timezone.localdate() - timedelta(days=3)
    Milestone.objects.filter(pk=milestone.pk).update(planned_on=day)
    return milestone


def seen(client, user):
    client.force_login(user)
    return client.get(URL).context


def logged(project, by, hours, days_ago=0):
    day = timezone.localdate() - timedelta(days=days_ago)
    return TimeEntry.log(project, hours=Decimal(hours), day=day, by=by)


def test_projects_are_counted_by_state_and_each_slice_opens_them(
    client, manager, customer, project, far_project
):
    Project.objects.filter(pk=project.pk).update(state="active")
    ready = project_of(customer, "Ready")
    ready.milestones.get().finish(by=manager)
    ready.enter("done", by=manager)
    slices = seen(client, manager)["pie"].slices
    assert {s.label: s.text for s in slices} == {"In progress": "1", "Finished": "1"}
    [done] = [s for s in slices if s.label == "Finished"]
    assert [p.name for p in client.get(done.url).context["projects"]] == ["Ready"]


def test_late_ones_stand_in_words_and_open_their_list(
    client, manager, project, slipped
):
    context = seen(client, manager)
    assert context["lede"] == "1 project is running, 1 late."
    assert context["late"] == [slipped]
    assert client.get(context["late_url"]).context["projects"] == [project]


def test_what_is_over_is_never_late(client, manager, project, slipped, dev):
    project.enter("cancelled", by=dev)
    context = seen(client, manager)
    assert context["late"] == []
    assert context["lede"] == "0 projects are running, none of them late."


def test_each_developers_load_opens_the_tasks_it_counts(
    client, manager, dev, other_dev, project, project_task, time_entry
):
    card_of(project, dev, "Over").task.finish(by=dev)
    logged(project, dev, 5, days_ago=28)
    mine, theirs = seen(client, manager)["team"].rows
    assert (mine.who, mine.tasks, mine.milestones, mine.hours) == (dev, 1, 1, 2)
    assert (theirs.who, theirs.tasks, theirs.hours) == (other_dev, 0, 0)
    assert client.get(mine.tasks_url).context["page"].rows == [project_task.task]
    assert client.get(mine.projects_url).context["projects"] == [project]


def test_hours_by_client_open_the_clients_projects(
    client, manager, project, time_entry, far_time_entry
):
    [row] = seen(client, manager)["clients"]
    assert (row.name, row.text) == ("Acorn Mills", "2")
    assert client.get(row.url).context["projects"] == [project]


def test_thousands_of_hours_are_written_as_in_every_pie(client, manager, dev, project):
    day = timezone.localdate()
    row = {"project": project, "by": dev, "hours": 20, "day": day}
    TimeEntry.objects.bulk_create(TimeEntry(**row) for _n in range(62))
    pie = seen(client, manager)["client_pie"]
    assert (pie.total, pie.slices[0].text) == ("1,240", "1,240")


def test_another_department_counts_nothing_of_it(
    client, far_manager, project, slipped, project_task, time_entry
):
    context = seen(client, far_manager)
    assert context["lede"] == "0 projects are running, none of them late."
    assert (context["late"], context["clients"]) == ([], [])
    assert context["team"].rows == []


def test_another_seller_of_the_department_counts_nothing_of_it(
    client, other_bd, project, project_task, time_entry
):
    context = seen(client, other_bd)
    assert context["clients"] == []
    assert [(one.tasks, one.hours) for one in context["team"].rows] == [(0, 0)]


def test_developers_and_clients_have_no_such_page(client, dev, portal_owner):
    client.force_login(dev)
    assert client.get(URL).status_code == 404
    client.force_login(portal_owner)
    assert client.get(URL).status_code == 404


def test_the_homes_of_manager_and_admin_lead_there(client, manager, admin, project):
    client.force_login(manager)
    home = client.get("/")
    assert f'href="{URL}"' in home.content.decode()
    assert home.context["project_pie"].slices[0].label == "Planned"
    client.force_login(admin)
    assert f'href="{URL}"' in client.get("/").content.decode()


@pytest.mark.parametrize("count", [2, 50])
def test_it_costs_at_most_ten_queries(
    client, manager, dev, customer, count, django_assert_max_num_queries
):
    for n in range(count):
        logged(project_of(customer, f"P{n}", dev), dev, "0.25", days_ago=n)
    client.force_login(manager)
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL)
