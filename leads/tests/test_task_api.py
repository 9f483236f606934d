"""Tasks over the API: the same gate, verbs and refusals."""

import pytest

from accounts.models import ApiToken
from leads.models import Task
from tests.cast.tasks import task_of

pytestmark = pytest.mark.django_db
URL = "/api/v1/tasks/"


@pytest.fixture
def call(client, bd):
    """Call the API as `bd`, or another, with a writing token."""

    def send(method, path, data=None, user=bd, **headers):
        _row, secret = ApiToken.make(user, name="test", scope="write")
        headers = {"authorization": f"Token {secret}", **headers}
        kind = "application/json"
        return getattr(client, method)(path, data, content_type=kind, headers=headers)

    return send


def new(**changes):
    return {"title": "Call back", "due_on": "2030-05-06", **changes}


def test_a_list_holds_what_the_gate_shows(call, task, far_task):
    rows = call("get", f"{URL}?state=open&ordering=due").json()["results"]
    assert [row["id"] for row in rows] == [task.pk]
    assert rows[0]["about"] == f"lead-{task.lead_id}"
    assert call("get", f"{URL}?state=done").json()["results"] == []


def test_a_developer_has_own_tasks(call, dev, project, task):
    mine = task_of(project, dev)
    rows = call("get", URL, user=dev).json()["results"]
    assert [(row["id"], row["about"]) for row in rows] == [
        (mine.pk, f"project-{project.pk}")
    ]


def test_a_task_is_noted_for_oneself_once(call, bd, lead):
    data = new(about=f"lead-{lead.pk}", due_at="09:30")
    answers = [call("post", URL, data, **{"idempotency-key": "k"}) for _n in range(2)]
    row = Task.objects.get()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert (row.owner, row.by, row.lead, row.due_text) == (
        bd,
        bd,
        lead,
        "6 May 2030 09:30",
    )


def test_a_reminder_that_would_have_been_before_now_is_refused(call, task):
    late = new(due_on="2020-05-06", remind=60)
    answer = call("post", URL, late)
    assert (answer.status_code, "Too late" in str(answer.json())) == (400, True)
    Task.objects.filter(pk=task.pk).update(due_on="2020-05-06", remind=60)
    url = f"{URL}{task.pk}/"
    assert call("patch", url, {"title": "Write", "remind": 60}).status_code == 200
    assert call("patch", url, {"remind": 15}).status_code == 400


def test_a_change_is_saved_by_the_same_verb(call, task, other_bd):
    answer = call("patch", f"{URL}{task.pk}/", {"title": "Write", "owner": "no@no.no"})
    assert answer.status_code == 400
    data = {"title": "Write", "owner": other_bd.email}
    answer = call("patch", f"{URL}{task.pk}/", data)
    assert (answer.json()["title"], answer.json()["owner"]) == (
        "Write",
        task.owner.email,
    )


def test_it_is_ticked_off_and_refused_the_second_time(call, task):
    assert call("post", f"{URL}{task.pk}/finish/").json()["done"]
    again = call("post", f"{URL}{task.pk}/finish/")
    assert (again.status_code, "done already" in again.json()["detail"]) == (409, True)
    assert call("post", f"{URL}{task.pk}/reopen/").json()["done"] is None


def test_it_is_put_off_and_handed_on(call, task, manager):
    answer = call("post", f"{URL}{task.pk}/postpone/", {"due_on": "2031-01-02"})
    assert answer.json()["due_on"] == "2031-01-02"
    answer = call("post", f"{URL}{task.pk}/delegate/", {"owner": manager.email})
    assert answer.json()["owner"] == manager.email


def test_who_may_not_see_the_lead_is_not_given_the_task(call, task, other_bd):
    answer = call("post", f"{URL}{task.pk}/delegate/", {"owner": other_bd.email})
    assert (answer.status_code, "may not see" in answer.json()["detail"]) == (409, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"text": "x" * 5001},
        {"due_on": "soon"},
        {"due_on": "0001-01-01"},
        {"due_at": "25:00"},
        {"remind": 7},
        {"owner": "nobody@firm.example"},
        {"about": "lead-999999"},
        {"about": "lead-x"},
        {"about": "user-1"},
    ],
)
def test_what_makes_no_sense_is_400(call, wrong):
    answer = call("post", URL, new(**wrong))
    assert (answer.status_code, *answer.json()["errors"]) == (400, *wrong)
    assert not Task.objects.exists()


def test_another_ones_lead_is_as_good_as_none(call, far_lead):
    assert call("post", URL, new(about=f"lead-{far_lead.pk}")).status_code == 400
