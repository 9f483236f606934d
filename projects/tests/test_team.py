"""Who works on a project, its state and its facts."""

from django.urls import reverse

from notifications.models import EventTopic
from projects.models import Project


def post(client, by, verb, project, **data):
    client.force_login(by)
    return client.post(reverse(f"projects:{verb}", args=[project.pk]), data)


def rights(project):
    return dict(project.members.values_list("user__first_name", "right"))


def test_the_lead_adds_a_member_who_is_told(client, dev, project, other_dev):
    post(client, dev, "member_add", project, user=other_dev.pk, right="member")
    assert rights(project) == {"Dora": "lead", "Otto": "member"}
    assert other_dev.notifications.get().event.kind == "project.member_added"


def test_a_new_lead_makes_the_old_one_a_member(client, manager, project, other_dev):
    post(client, manager, "member_add", project, user=other_dev.pk, right="lead")
    assert rights(project) == {"Dora": "member", "Otto": "lead"}


def test_only_developers_join(client, manager, project, bd):
    post(client, manager, "member_add", project, user=bd.pk, right="member")
    assert rights(project) == {"Dora": "lead"}


def test_who_leaves_no_longer_sees_the_project(client, manager, project, dev):
    post(client, manager, "member_remove", project, user=dev.pk)
    assert rights(project) == {}
    assert not Project.objects.visible_to(dev).exists()


def test_the_tasks_of_who_leaves_are_nobodys(client, manager, project, project_task):
    post(client, manager, "member_remove", project, user=project_task.task.owner_id)
    project_task.task.refresh_from_db()
    assert project_task.task.owner is None
    event = EventTopic.objects.about(project).first().event
    assert event.text.endswith("1 task is nobody’s now.")


def test_done_tasks_stay_with_who_did_them(client, manager, project, project_task, dev):
    project_task.move("done", by=dev)
    post(client, manager, "member_remove", project, user=dev.pk)
    project_task.task.refresh_from_db()
    assert project_task.task.owner == dev


def test_who_is_not_on_the_team_cannot_be_removed(client, manager, project, other_dev):
    response = post(client, manager, "member_remove", project, user=other_dev.pk)
    page = client.get(response.url).content.decode()
    assert "not on the team" in page


def test_a_member_may_not_choose_the_team(client, other_dev, project, manager):
    project.add_member(other_dev, right="member", by=manager)
    response = post(
        client, other_dev, "member_add", project, user=other_dev.pk, right="lead"
    )
    assert response.status_code == 403


def test_finishing_sets_the_day(client, dev, project):
    project.milestones.get().finish(by=dev)
    post(client, dev, "state", project, state="done")
    project.refresh_from_db()
    assert project.state == "done"
    assert project.finished is not None


def test_an_unknown_state_changes_nothing(client, dev, project):
    post(client, dev, "state", project, state="paused")
    project.refresh_from_db()
    assert project.state == "planned"


def test_the_facts_are_changed(client, dev, project):
    facts = {"name": "Shop", "summary": "s", "starts": "2031-01-01", "due": ""}
    post(client, dev, "edit", project, **facts)
    project.refresh_from_db()
    assert (project.name, project.due) == ("Shop", None)


def test_due_before_start_is_shown_again(client, dev, project):
    facts = {"name": "Shop", "starts": "2031-01-02", "due": "2031-01-01"}
    assert post(client, dev, "edit", project, **facts).status_code == 422
