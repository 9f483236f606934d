"""Meetings over the API: the same gate, verbs and refusals."""

import pytest

from accounts.models import ApiToken
from leads.models import Meeting
from tests.cast.meetings import at_ten, nine_to_five

pytestmark = pytest.mark.django_db
URL = "/api/v1/meetings/"


@pytest.fixture
def call(client, bd):
    """Call the API as `bd` with a writing token."""
    _row, secret = ApiToken.make(bd, name="test", scope="write")

    def send(method, path, data=None, **headers):
        headers = {"authorization": f"Token {secret}", **headers}
        kind = "application/json"
        return getattr(client, method)(path, data, content_type=kind, headers=headers)

    return send


def new(**changes):
    return {"title": "Talk", "starts": at_ten().isoformat(), **changes}


def test_a_list_holds_what_the_gate_shows(call, meeting, far_meeting):
    assert [row["id"] for row in call("get", URL).json()["results"]] == [meeting.pk]


def test_a_meeting_is_booked_with_oneself(call, bd, lead, hours):
    answer = call("post", URL, new(lead=lead.pk, minutes=45))
    row = Meeting.objects.get()
    assert (answer.status_code, row.host, row.minutes) == (201, bd, 45)
    assert answer.json()["guests"][0]["email"] == lead.email


def test_with_a_colleague_by_e_mail(call, other_bd):
    nine_to_five(other_bd)
    assert call("post", URL, new(host=other_bd.email)).status_code == 201


def test_the_same_key_books_once(call, hours):
    answers = [call("post", URL, new(), **{"idempotency-key": "k"}) for _n in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert Meeting.objects.count() == 1


def test_a_taken_time_is_409_with_the_sentence(call, meeting, hours):
    answer = call("post", URL, new())
    assert answer.status_code == 409
    assert "is not free then any more" in answer.json()["detail"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"starts": "x"},
        {"starts": None},
        {"minutes": 0},
        {"host": "nobody@x.example"},
        {"lead": 0},
        {"invite": ["x"]},
        {"invite": "x"},
    ],
)
def test_what_is_malformed_is_400(call, hours, wrong):
    assert call("post", URL, new(**wrong)).status_code == 400


@pytest.mark.parametrize("wrong", [{"minutes": 20}, {"starts": "2030-05-06T10:07:00Z"}])
def test_what_lies_between_quarters_is_409(call, hours, wrong):
    assert call("post", URL, new(**wrong)).status_code == 409


def test_a_hidden_lead_does_not_exist(call, far_lead, hours):
    assert call("post", URL, new(lead=far_lead.pk)).status_code == 400


def test_it_moves_and_is_cancelled(call, meeting, hours):
    one = f"{URL}{meeting.pk}/"
    moved = call("post", f"{one}move/", {"starts": at_ten(5).isoformat()})
    assert (moved.status_code, moved.json()["sequence"]) == (200, 1)
    assert (
        call("post", f"{one}cancel/", {"reason": "ill"}).json()["state"] == "cancelled"
    )
    assert call("post", f"{one}cancel/").status_code == 409


def test_free_times_or_what_to_do_without_hours(call, bd):
    answer = call("get", f"{URL}free/")
    assert (answer.status_code, "no working hours" in answer.json()["detail"]) == (
        409,
        True,
    )
    nine_to_five(bd)
    found = call("get", f"{URL}free/?minutes=60&day={at_ten():%Y-%m-%d}").json()
    assert (found["host"], found["minutes"]) == (bd.email, 60)
    assert at_ten().strftime("%Y-%m-%dT%H:%M:%SZ") in found["starts"]


@pytest.mark.parametrize("query", ["minutes=20", "minutes=x", "day=x", "host=0"])
def test_free_times_of_nonsense_are_400(call, query):
    assert call("get", f"{URL}free/?{query}").status_code == 400
