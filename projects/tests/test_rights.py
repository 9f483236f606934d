"""Only who leads writes and publishes to the client; members log and do tasks."""

import pytest
from django.urls import reverse

from accounts.models import ApiToken
from notifications.models import Event
from projects.models import Post
from tests.cast.projects import file_of

# What reaches the client, and what has the client see more or less: verb, row, data.
TO_THE_CLIENT = [
    ("messages", "project", {"text": "Hello."}),
    ("log", "project", {"kind": "note", "text": "Hello.", "client_visible": "on"}),
    ("texts", "project", {"specification": "A page."}),
    ("documents", "project", {"client_visible": "on"}),
    ("document_share", "document", {}),
    ("document_unshare", "document", {}),
    ("document_trash", "document", {}),
    ("version_add", "document", {}),
    ("milestone_add", "project", {"name": "M", "client_visible": "on"}),
    ("milestone_edit", "milestone", {"name": "M", "client_visible": "on"}),
    ("milestone_replan", "milestone", {"planned_on": "2031-05-09"}),
    ("milestone_cancel", "milestone", {}),
    ("milestone_finish", "milestone", {}),
    ("state", "project", {"state": "active"}),
    ("budget", "project", {"show_budget": "on"}),
    ("edit", "project", {"name": "Other", "starts": "2031-01-01"}),
]
INTERNAL = [
    ("log", "project", {"kind": "note", "text": "Refactored."}),
    ("hours_log", "project", {"hours": "1", "day": "2026-01-05"}),
    ("task_add", "project", {"title": "Test", "due_on": "2031-05-05"}),
    ("task_move", "project_task", {"state": "done"}),
    ("milestone_start", "milestone", {}),
]


@pytest.fixture
def member(other_dev, project, manager):
    project.add_member(other_dev, right="member", by=manager)
    return other_dev


def send(client, request, by, case):
    verb, row, data = case
    pk = request.getfixturevalue(row).pk
    known = Event.objects.count()
    client.force_login(by)
    if verb in ("documents", "version_add"):
        data = data | {"file": file_of("b.pdf", b"%PDF-2")}
    if verb == "task_add":
        data = data | {"owner": by.pk}
    answer = client.post(reverse(f"projects:{verb}", args=[pk]), data)
    return answer, Event.objects.count() - known


@pytest.mark.parametrize("case", TO_THE_CLIENT, ids=lambda case: case[0])
def test_a_member_is_refused_what_reaches_the_client(client, request, member, case):
    answer, events = send(client, request, member, case)
    assert (answer.status_code, events) == (403, 0)


@pytest.mark.parametrize("case", TO_THE_CLIENT, ids=lambda case: case[0])
@pytest.mark.parametrize("who", ["dev", "manager", "admin"])
def test_the_lead_manager_and_admin_may(client, request, who, case):
    answer, _events = send(client, request, request.getfixturevalue(who), case)
    assert answer.status_code == 302


@pytest.mark.parametrize("case", INTERNAL, ids=lambda case: case[0])
def test_a_member_does_the_work(client, request, member, case):
    answer, events = send(client, request, member, case)
    assert answer.status_code == 302
    assert events > 0


def test_a_member_finishes_what_the_client_does_not_see(client, member, milestone):
    milestone.client_visible = False
    milestone.save(update_fields=["client_visible"])
    client.force_login(member)
    url = reverse("projects:milestone_finish", args=[milestone.pk])
    assert client.post(url).status_code == 302
    milestone.refresh_from_db()
    assert milestone.state == "done"


def api_post(client, user, path, data):
    _row, secret = ApiToken.make(user, name="test", scope="write")
    headers = {"authorization": f"Token {secret}"}
    kind = "application/json"
    return client.post(f"/api/v1/{path}", data, content_type=kind, headers=headers)


def test_a_member_writes_nothing_to_the_client_over_the_api(client, member, project):
    data = {"project": project.pk, "text": "Hello."}
    assert api_post(client, member, "messages/", data).status_code == 403
    assert not Post.objects.exists()


def test_the_lead_does(client, dev, project):
    data = {"project": project.pk, "text": "Hello."}
    assert api_post(client, dev, "messages/", data).status_code == 201


def test_nobody_of_the_team_writes_to_a_client_in_general(client, dev, project):
    client.force_login(dev)
    url = reverse("projects:client_messages", args=[project.client_id])
    assert client.post(url, {"text": "Hello."}).status_code == 404
    data = {"client": project.client_id, "text": "Hello."}
    assert api_post(client, dev, "messages/", data).status_code == 400


@pytest.mark.parametrize("row", ["document", "milestone"])
def test_nothing_is_published_over_the_api(client, request, member, row):
    path = f"{row}s/{request.getfixturevalue(row).pk}/"
    answer = api_post(client, member, path, {"client_visible": True})
    assert answer.status_code == 405


@pytest.mark.parametrize("verb", ["finish", "reopen"])
def test_nothing_is_called_done_over_the_api(client, member, milestone, verb):
    path = f"milestones/{milestone.pk}/{verb}/"
    assert api_post(client, member, path, {}).status_code == 403
    assert api_post(client, member, f"milestones/x/{verb}/", {}).status_code == 404


def test_a_member_does_a_task_over_the_api(client, member, project_task):
    path = f"tasks/{project_task.task_id}/finish/"
    assert api_post(client, member, path, {}).status_code == 200
    project_task.refresh_from_db()
    assert project_task.column == "done"
