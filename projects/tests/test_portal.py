"""The customer area: the client's own projects, to read."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.panels import portal_panel


@pytest.fixture
def text(client, portal_reader, project):
    def read():
        client.force_login(portal_reader)
        url = reverse("portal:project", args=[project.pk])
        return client.get(url).content.decode()

    return read


def test_it_says_how_the_project_stands(text, project, milestone, dev):
    milestone.progress(40, by=dev)
    page = text()
    assert "40% done" in page
    assert "Next comes Kick-off" in page
    assert "Dora Developer" in page


def test_late_is_said_plainly(text, milestone):
    milestone.planned_on = timezone.localdate() - timedelta(days=5)
    milestone.save(update_fields=["planned_on"])
    assert "Kick-off is 5 days late" in text()


def test_internal_entries_and_milestones_are_hidden(text, project, dev, manager):
    step = project.add_milestone(name="Secret step", client_visible=False, by=manager)
    project.note(kind="note", text="Secret note", by=dev)
    project.note(
        kind="build", text="Shown note", milestone=step, client_visible=True, by=dev
    )
    page = text()
    assert "Shown note" in page
    assert "Secret" not in page


def test_there_is_nothing_to_press(text, project, milestone):
    page = text()
    assert "/projects/milestones/" not in page
    assert page.count('method="post"') == 1  # signing out


def test_finished_projects_stay(client, portal_owner, project, dev):
    project.milestones.get().finish(by=dev)
    project.enter("done", by=dev)
    client.force_login(portal_owner)
    page = client.get(reverse("portal:projects"))
    assert page.context["projects"] == [project]
    assert page.context["running"] == 0


def test_a_hidden_milestone_is_not_counted(client, portal_owner, project, manager):
    project.add_milestone(name="Secret step", client_visible=False, by=manager)
    client.force_login(portal_owner)
    (row,) = client.get(reverse("portal:projects")).context["projects"]
    assert row.outline.total == 1


def test_the_home_page_shows_projects_and_a_pie(portal_owner, project, far_project):
    context = portal_panel(portal_owner)
    assert context["projects"] == [project]
    assert [(s.label, s.text) for s in context["pie"].slices] == [("Planned", "1")]


def test_late_ones_have_their_own_slice(portal_owner, project, milestone):
    milestone.planned_on = timezone.localdate() - timedelta(days=1)
    milestone.save(update_fields=["planned_on"])
    pie = portal_panel(portal_owner)["pie"]
    assert [s.label for s in pie.slices] == ["Late"]


def test_the_list_costs_the_same_for_two_and_for_twenty(
    client, portal_owner, customer, django_assert_max_num_queries
):
    for n in range(18):
        project = customer.projects.create(name=f"P{n}")
        project.milestones.create(name="A")
    client.force_login(portal_owner)
    url = reverse("portal:projects")
    client.get(url)
    with django_assert_max_num_queries(10):
        client.get(url)
