"""The list of tasks, and tasks on the pages of what they are about."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from leads.agenda import CAP, sentence
from leads.models import Task
from tests.cast.leads import lead_of
from tests.cast.projects import project_of
from tests.cast.tasks import task_of

LIST = reverse("tasks:list")


def day(ahead):
    return timezone.localdate() + timedelta(days=ahead)


def test_the_file_says_what_each_task_is_about(client, admin, bd, dev, lead, project):
    for subject, owner in ((lead, bd), (lead.client, bd), (project, dev), (None, bd)):
        task_of(subject, owner)
    client.force_login(admin)
    answer = client.post(f"{LIST}?who=all", {"export": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    said = [row["about"] for row in csv.DictReader(io.StringIO(text))]
    assert sorted(said) == sorted([str(lead), str(lead.client), str(project), ""])


def test_tasks_stand_under_their_day(client, bd, lead):
    for ahead in (-1, 0, 30):
        task_of(lead, bd, f"In {ahead} days", due_on=day(ahead))
    client.force_login(bd)
    page = client.get(LIST)
    shown = [(str(g["title"]), len(g["tasks"])) for g in page.context["groups"]]
    assert shown == [("Overdue", 1), ("Today", 1), ("Later", 1)]
    assert "3 open tasks: 1 overdue, 1 today." in page.content.decode()


def test_a_task_links_to_what_it_is_about(client, bd, task, lead):
    client.force_login(bd)
    page = client.get(LIST).content.decode()
    assert task.title in page
    assert f'href="{lead.get_absolute_url()}"' in page


def test_a_manager_sees_the_department_and_each_person(client, manager, bd, task):
    client.force_login(manager)
    assert client.get(LIST).context["page"].rows == []
    assert client.get(LIST, {"who": "all"}).context["page"].rows == [task]
    assert client.get(LIST, {"owner": bd.pk}).context["page"].rows == [task]


def test_nobody_sees_tasks_of_hidden_rows(client, other_bd, far_manager, task):
    for user in (other_bd, far_manager):
        client.force_login(user)
        page = client.get(LIST, {"who": "all"})
        assert page.context["page"].rows == []
        assert "0 open tasks" in page.content.decode()


def test_a_filter_that_cannot_be_read_shows_ones_own(client, bd, task):
    client.force_login(bd)
    wrong = {"who": "x", "state": "y", "owner": "\x00", "after": "z"}
    assert client.get(LIST, wrong).context["page"].rows == [task]


@pytest.mark.parametrize("url", ["lead", "customer", "project"])
def test_a_record_shows_its_open_tasks(client, bd, task, request, url):
    row = request.getfixturevalue(url)
    if url == "project":
        task_of(row, bd, "Ask for the logo")
    client.force_login(bd)
    page = client.get(row.get_absolute_url()).content.decode()
    assert ("Ask for the logo" if url == "project" else task.title) in page
    assert f"about={row._meta.model_name}-{row.pk}" in page


@pytest.mark.parametrize("url", ["lead", "customer", "project"])
def test_a_record_says_how_many_more_tasks_there_are(client, bd, request, url):
    row = request.getfixturevalue(url)
    for n in range(10):
        task_of(row, bd, f"Errand {n}")
    client.force_login(bd)
    page = client.get(row.get_absolute_url()).content.decode()
    about = f"{row._meta.model_name}-{row.pk}"
    assert page.count(">Errand ") == 8
    assert f'<a href="{LIST}?about={about}">2 more open tasks</a>' in page
    assert len(client.get(LIST, {"about": about}).context["page"].rows) == 10


def test_the_list_of_one_row_shows_everybodys_and_nothing_else(
    client, manager, bd, task, customer, lead
):
    other = task_of(lead_of(customer, "Other"), bd, "Other errand")
    client.force_login(manager)
    page = client.get(LIST, {"about": f"lead-{lead.pk}"})
    assert page.context["page"].rows == [task]
    assert f"About {lead}" in page.content.decode()
    assert f"state=done&amp;about=lead-{lead.pk}" in page.content.decode()
    all_of_client = client.get(LIST, {"about": f"client-{customer.pk}"})
    assert set(all_of_client.context["page"].rows) == {task, other}


def test_a_row_that_is_hidden_narrows_nothing(client, other_bd, task, lead):
    own = task_of(None, other_bd, "Own errand")
    client.force_login(other_bd)
    page = client.get(LIST, {"about": f"lead-{lead.pk}"})
    assert page.context["page"].rows == [own]
    assert lead.name not in page.content.decode()


def test_a_task_without_an_owner_says_so(client, bd, task, lead):
    Task.objects.update(owner=None)
    client.force_login(bd)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert "· nobody yet</p>" in page


def test_a_developer_has_tasks_about_own_projects_only(
    client, dev, other_dev, bd, project
):
    task = task_of(project, dev, "Deploy")
    client.force_login(dev)
    assert client.get(LIST).context["page"].rows == [task]
    client.force_login(other_dev)
    assert client.get(LIST, {"who": "all"}).context["page"].rows == []
    assert task in Task.objects.visible_to(bd)


@pytest.mark.parametrize("row", ["lead", "customer", "project"])
def test_seen_by_says_what_the_gate_says(row, request, admin, manager, far_manager,
                                         other_bd, far_bd, dev, other_dev, blocked):  # fmt: skip
    row = request.getfixturevalue(row)
    gate = type(row).objects.visible_to
    seen = {u for u in User.objects.all() if gate(u).filter(pk=row.pk).exists()}
    assert set(row.seen_by()) == {u for u in seen if u.role != "client"}


@pytest.mark.parametrize("count", [2, 40])
def test_the_list_costs_at_most_ten_queries(
    client, manager, bd, dev, customer, count, django_assert_max_num_queries
):
    project = project_of(customer, "Site", dev)
    for n in range(count):
        task_of(lead_of(customer, f"L{n}"), bd, f"T{n}")
        task_of(project, dev, f"P{n}")
    client.force_login(manager)
    with django_assert_max_num_queries(9):
        assert client.get(LIST, {"who": "all"}).status_code == 200


def test_tasks_go_with_their_lead_into_the_trash(client, admin, bd, task, lead):
    lead.trash(by=bd)
    client.force_login(admin)
    page = client.get(reverse("tasks:list"), {"who": "all"}).content.decode()
    assert task.title not in page


def test_more_tasks_than_are_counted_are_said_to_be_more():
    known = {"open": CAP + 1, "late": 7, "today": 3}
    assert sentence(known) == "1,000+ open tasks."


def test_the_gate_lists_no_leads(db, manager, bd):
    """A list of all the leads one sees made a manager's tasks take minutes."""
    for user in (manager, bd):
        assert "IN (SELECT" not in str(Task.objects.visible_to(user).query)
