"""The board of a project: who sees which cards, and how they move."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import Task
from notifications.models import EventTopic
from projects.models import TaskOfProject
from tests.cast.projects import card_of

DRAGGED = {"HX-Request": "true"}


@pytest.fixture
def url(project):
    return reverse("projects:board", args=[project.pk])


@pytest.fixture
def move_url(project_task):
    return reverse("projects:task_move", args=[project_task.pk])


@pytest.fixture
def member(other_dev, project, manager):
    project.add_member(other_dev, right="member", by=manager)
    return other_dev


def titles(response):
    return {
        column["key"]: [card["title"] for card in column["cards"]]
        for column in response.context["columns"]
    }


def kinds(row):
    return set(EventTopic.objects.about(row).values_list("event__kind", flat=True))


def test_tasks_stand_in_columns_by_how_far_they_are(client, dev, project, url):
    card_of(project, dev, "Waits")
    card_of(project, dev, "Begun").move("doing", by=dev)
    card_of(project, dev, "Over").task.finish(by=dev)
    client.force_login(dev)
    found = titles(client.get(url))
    assert found == {"todo": ["Waits"], "doing": ["Begun"], "done": ["Over"]}


def test_a_member_moves_a_card(client, member, project_task, move_url, url):
    client.force_login(member)
    response = client.post(f"{move_url}?next={quote(url)}", {"state": "doing"})
    project_task.refresh_from_db()
    assert response.url == url
    assert (project_task.state, project_task.task.done) == ("doing", None)
    assert "task.moved" in kinds(project_task.project)


def test_moved_to_done_the_task_is_finished(client, dev, project_task, move_url):
    client.force_login(dev)
    client.post(move_url, {"state": "done"})
    project_task.refresh_from_db()
    assert project_task.task.done
    assert "task.done" in kinds(project_task.task)


def test_moved_back_it_is_open_again(client, dev, project_task, move_url):
    project_task.move("done", by=dev)
    client.force_login(dev)
    client.post(move_url, {"state": "doing"})
    project_task.refresh_from_db()
    assert (project_task.task.done, project_task.column) == (None, "doing")
    assert "task.reopened" in kinds(project_task.task)


def test_who_is_late_finds_it_done_and_is_not_refused(client, dev, project_task):
    stale = TaskOfProject.objects.get(pk=project_task.pk)
    project_task.move("done", by=dev)
    stale.move("done", by=dev)
    done = EventTopic.objects.about(project_task.task).filter(event__kind="task.done")
    assert done.count() == 1


def test_a_moved_card_stands_on_top(client, dev, project, project_task, url, move_url):
    card_of(project, dev, "Newer").move("doing", by=dev)
    client.force_login(dev)
    client.post(move_url, {"state": "doing"})
    assert titles(client.get(url))["doing"] == ["Draw the map", "Newer"]


def test_a_dragged_card_gets_the_new_board(client, dev, url, move_url):
    client.force_login(dev)
    wish = f"{move_url}?next={quote(url)}"
    answer = client.post(wish, {"state": "doing"}, headers=DRAGGED)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert page.index("Draw the map") > page.index('aria-label="Doing"')


def test_an_unknown_column_is_asked_for_again(client, dev, project_task, move_url):
    client.force_login(dev)
    assert client.post(move_url, {"state": "paused"}).status_code == 422
    project_task.refresh_from_db()
    assert project_task.state == "todo"


def test_looking_moves_nothing(client, dev, move_url):
    client.force_login(dev)
    assert client.get(move_url).status_code == 405


def test_the_account_manager_reads_the_board_only(client, bd, url, move_url):
    client.force_login(bd)
    response = client.get(url)
    assert titles(response)["todo"] == ["Draw the map"]
    assert move_url not in response.content.decode()
    assert client.post(move_url, {"state": "doing"}).status_code == 403


def test_the_client_never_sees_a_task(client, portal_owner, url, move_url, project):
    client.force_login(portal_owner)
    assert client.get(url).status_code == 404
    assert client.post(move_url, {"state": "done"}).status_code == 404
    page = client.get(reverse("portal:project", args=[project.pk]))
    assert "Draw the map" not in page.content.decode()
    assert not TaskOfProject.objects.visible_to(portal_owner).exists()


def test_a_task_in_the_trash_is_no_card(client, dev, project_task, url, move_url):
    project_task.task.trash(by=dev)
    client.force_login(dev)
    assert titles(client.get(url))["todo"] == []
    assert client.post(move_url, {"state": "done"}).status_code == 404


def test_cards_of_one_milestone_and_person(
    client, dev, member, project, milestone, url
):
    card_of(project, member, "Theirs", milestone=milestone)
    card_of(project, dev, "Mine", milestone=milestone)
    card_of(project, member, "Elsewhere")
    client.force_login(dev)
    wish = {"milestone": milestone.pk, "person": member.pk}
    assert titles(client.get(url, wish))["todo"] == ["Theirs"]
    assert titles(client.get(url, {"milestone": "none"}))["todo"] == ["Elsewhere"]


@pytest.mark.parametrize("wish", ["x", "9" * 40, "-1", "\x00"])
def test_an_unknown_filter_is_ignored(client, dev, project_task, url, wish):
    client.force_login(dev)
    response = client.get(url, {"milestone": wish, "person": wish})
    assert titles(response)["todo"] == ["Draw the map"]


def test_a_late_card_says_so_in_words(client, dev, project_task, url):
    past = timezone.now() - timedelta(days=2)
    Task.objects.filter(pk=project_task.task_id).update(due=past, due_on=past.date())
    client.force_login(dev)
    [card] = client.get(url).context["columns"][0]["cards"]
    assert card["age"] == "late"
    assert card["note"].startswith("was due")


def test_of_what_is_done_the_last_25_are_shown_and_more_if_wished(
    client, dev, project, url
):
    for n in range(26):
        card_of(project, dev, f"T{n}").task.finish(by=dev)
    client.force_login(dev)
    done = client.get(url).context["columns"][2]
    assert (done["count"], len(done["cards"])) == (26, 25)
    more = client.get(done["more_url"]).context["columns"][2]
    assert (len(more["cards"]), more["more_url"]) == (26, "")


@pytest.mark.parametrize("count", [2, 50])
def test_it_costs_the_same_for_two_and_fifty_cards(
    client, dev, project, milestone, url, count, django_assert_max_num_queries
):
    for n in range(count):
        card_of(project, dev, f"T{n}", milestone=milestone)
    client.force_login(dev)
    client.get(url)
    with django_assert_max_num_queries(10):
        client.get(url)


def test_nobody_sees_the_tasks_of_a_project_in_the_trash(
    admin, manager, dev, project, project_task
):
    project.trash(by=admin)
    seen = [Task.objects.visible_to(user).exists() for user in (admin, manager, dev)]
    assert seen == [False, False, False]
