"""The page of one project."""

import pytest
from django.urls import reverse

from projects.tests.test_start_action import start
from tests.cast.projects import project_of


def text_of(client, user, project):
    client.force_login(user)
    return client.get(reverse("projects:detail", args=[project.pk])).content.decode()


def test_the_lead_finds_every_verb(client, dev, project, milestone):
    text = text_of(client, dev, project)
    for verb in ("milestone_start", "milestone_finish", "milestone_replan"):
        assert reverse(f"projects:{verb}", args=[milestone.pk]) in text
    assert "Show in the customer area" in text


def test_a_member_begins_and_logs_but_neither_plans_nor_publishes(
    client, other_dev, project, milestone, manager
):
    project.add_member(other_dev, right="member", by=manager)
    text = text_of(client, other_dev, project)
    assert reverse("projects:milestone_start", args=[milestone.pk]) in text
    assert reverse("projects:milestone_finish", args=[milestone.pk]) not in text
    assert reverse("projects:milestone_replan", args=[milestone.pk]) not in text
    assert "Show in the customer area" not in text


def test_the_account_manager_reads(client, bd, project, milestone):
    text = text_of(client, bd, project)
    assert "Kick-off" in text
    assert reverse("projects:milestone_finish", args=[milestone.pk]) not in text


def test_a_developer_gets_no_link_to_the_client(client, dev, project):
    assert project.client.get_absolute_url() not in text_of(client, dev, project)


def test_the_log_of_one_milestone(client, dev, project, milestone):
    project.note(kind="build", text="About it", milestone=milestone, by=dev)
    project.note(kind="note", text="About all", by=dev)
    client.force_login(dev)
    url = reverse("projects:detail", args=[project.pk])
    page = client.get(url, {"milestone": milestone.pk})
    assert [entry.text for entry in page.context["log"]] == ["About it"]
    assert client.get(url, {"milestone": "x"}).status_code == 200


def test_what_is_written_is_not_run(client, dev, project):
    project.note(kind="note", text="<script>alert(1)</script>", by=dev)
    assert "<script>alert" not in text_of(client, dev, project)


def test_a_trashed_clients_project_is_hidden(client, admin, project):
    project.client.trash(by=admin)
    client.force_login(admin)
    url = reverse("projects:detail", args=[project.pk])
    assert client.get(url).status_code == 404


def test_it_costs_at_most_fifteen_queries(
    client, dev, customer, manager, django_assert_max_num_queries
):
    project = project_of(customer, "Big", dev)
    for n in range(12):
        step = project.add_milestone(name=f"M{n}", by=manager)
        project.note(kind="note", text=f"N{n}", milestone=step, by=dev)
    client.force_login(dev)
    url = reverse("projects:detail", args=[project.pk])
    client.get(url)
    with django_assert_max_num_queries(15):
        client.get(url)


@pytest.mark.parametrize("who", ["manager", "bd", "admin"])
def test_it_costs_no_more_just_after_its_start(
    client, request, who, lead, bd, django_assert_max_num_queries
):
    project = start(lead, bd)
    client.force_login(request.getfixturevalue(who))
    client.get(project.get_absolute_url())
    with django_assert_max_num_queries(15):
        page = client.get(project.get_absolute_url())
    assert "Undo the start" in page.content.decode()
