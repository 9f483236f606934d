"""The list of projects."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cast.projects import project_of

URL = reverse("projects:list")


@pytest.fixture
def late(project):
    step = project.milestones.get()
    step.planned_on = timezone.localdate() - timedelta(days=3)
    step.save(update_fields=["planned_on"])
    return project


def page(browser, user, **params):
    browser.force_login(user)
    return browser.get(URL, params)


def test_it_says_what_is_late_and_by_how_much(client, manager, late):
    text = page(client, manager).content.decode()
    assert "Kick-off is 3 days late" in text
    assert "1 of them late" in text


def test_each_sees_the_own_projects_only(client, dev, bd, project, far_project):
    assert page(client, dev).context["projects"] == [project]
    assert page(client, bd).context["projects"] == [project]


def test_a_developer_on_no_team_is_told_how_projects_begin(client, other_dev, project):
    assert "No project is running" in page(client, other_dev).content.decode()


def test_late_only(client, manager, late, customer):
    project_of(customer, "On time")
    assert page(client, manager, late="on").context["projects"] == [late]


def test_by_state(client, manager, project):
    project.milestones.get().finish(by=manager)
    project.enter("done", by=manager)
    assert page(client, manager).context["projects"] == []
    assert page(client, manager, state="done").context["projects"] == [project]
    assert page(client, manager, state="all").context["projects"] == [project]


def test_by_developer(client, manager, project, other_dev, dev):
    assert page(client, manager, developer=dev.pk).context["projects"] == [project]
    assert page(client, manager, developer=other_dev.pk).context["projects"] == []


def test_by_client_and_by_words(client, manager, project, customer):
    assert page(client, manager, client=customer.pk).context["projects"] == [project]
    assert page(client, manager, client=0).context["projects"] == [project]
    assert page(client, manager, q="ÁCORN").context["projects"] == [project]
    assert page(client, manager, q="nothing").context["projects"] == []


@pytest.mark.parametrize(
    "params",
    [
        {"state": "nonsense"},
        {"developer": "x"},
        {"client": "9" * 30},
        {"after": "%%%"},
        {"q": "x" * 500},
    ],
)
def test_a_malformed_filter_is_no_error(client, manager, project, params):
    assert page(client, manager, **params).status_code == 200


def test_the_list_costs_the_same_for_two_and_for_twenty(
    client, manager, customer, dev, django_assert_max_num_queries
):
    for n in range(20):
        project_of(customer, f"P{n}", dev)
    client.force_login(manager)
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL)
