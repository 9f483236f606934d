"""The state of a project: set by who leads it, once nothing stands against it."""

import pytest
from django.urls import reverse

from notifications.models import EventTopic


@pytest.fixture
def enter(client, dev, project):
    url = reverse("projects:state", args=[project.pk])
    client.force_login(dev)

    def call(state, **how):
        return client.post(url, {"state": state}, **how)

    return call


def state_of(project):
    project.refresh_from_db()
    return project.state


def test_a_project_with_everything_done_is_finished(enter, project, milestone, dev):
    milestone.finish(by=dev)
    enter("done")
    assert state_of(project) == "done"
    assert project.finished
    newest = EventTopic.objects.about(project).first().event
    assert (newest.kind, newest.client_visible) == ("project.done", True)


def test_what_was_cancelled_is_not_missed(enter, project, milestone, dev):
    milestone.cancel(by=dev)
    enter("done")
    assert state_of(project) == "done"


@pytest.mark.parametrize("verb", [None, "start", "reopen"])
def test_with_open_milestones_it_is_not_finished(enter, project, milestone, dev, verb):
    if verb == "reopen":
        milestone.finish(by=dev)
    if verb:
        getattr(milestone, verb)(by=dev)
    before = state_of(project)
    page = enter("done", follow=True).content.decode()
    assert "Kick-off is open: finish or cancel it first." in page
    assert state_of(project) == before


def test_while_the_client_is_asked_it_is_not_finished(
    enter, project, milestone, dev, portal_owner
):
    milestone.asks_approval = True
    milestone.save(update_fields=["asks_approval"])
    milestone.finish(by=dev)
    page = enter("done", follow=True).content.decode()
    assert "Kick-off waits for the client&#x27;s approval" in page
    assert state_of(project) == "planned"
    milestone.approve(by=portal_owner)
    enter("done")
    assert state_of(project) == "done"


def test_a_reopened_milestone_puts_it_in_progress_again(enter, client, project, milestone, dev):  # fmt: skip
    milestone.finish(by=dev)
    enter("done")
    client.post(reverse("projects:milestone_reopen", args=[milestone.pk]))
    assert (state_of(project), project.finished) == ("active", None)


def test_of_many_the_first_are_named(enter, project, manager):
    for n in range(6):
        project.add_milestone(name=f"M{n}", by=manager)
    answer = enter("done", headers={"accept": "application/json"})
    assert answer.status_code == 409
    said = answer.json()["detail"]
    assert "Kick-off, M0, M1, M2, M3 and 2 more are open: finish or cancel" in said


@pytest.mark.parametrize("before", ["active", "on_hold", "cancelled"])
def test_what_has_begun_is_not_planned_again(enter, project, milestone, dev, before):
    milestone.start(by=dev)
    enter(before)
    page = enter("planned", follow=True).content.decode()
    assert "Work on Mill website has begun" in page
    assert state_of(project) == before


def test_logged_hours_are_work_too(enter, project, time_entry):
    enter("active")
    enter("planned")
    assert state_of(project) == "active"


def test_what_was_set_too_early_is_planned_again(enter, project):
    enter("active")
    enter("planned")
    assert state_of(project) == "planned"


def test_the_same_state_again_says_nothing(enter, project):
    enter("planned")
    assert not EventTopic.objects.about(project).exists()


def test_a_state_there_is_not_changes_nothing(enter, project):
    assert "no such state" in enter("sold", follow=True).content.decode()
    assert state_of(project) == "planned"
