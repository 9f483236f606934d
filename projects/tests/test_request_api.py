"""Requests over the API: the same gate, the same refusals."""

import pytest

from accounts.models import ApiToken
from projects.models import Request, RequestPost

pytestmark = pytest.mark.django_db
URL = "/api/v1/requests/"
ASKED = {"kind": "question", "subject": "A key", "text": "Who has it?"}


@pytest.fixture
def call(client):
    def send(user, method="get", path="", data=None, **headers):
        _row, secret = ApiToken.make(user, name="test", scope="write")
        headers = {"authorization": f"Token {secret}", **headers}
        kind = "application/json"
        url = f"{URL}{path}"
        return getattr(client, method)(url, data, content_type=kind, headers=headers)

    return send


def test_a_list_holds_what_the_gate_shows(call, wish, far_wish, bd, portal_owner):
    for user in (bd, portal_owner):
        (row,) = call(user).json()["results"]
        assert (row["id"], row["state"]) == (wish.pk, "open")
        assert (row["department"], row["owner"]) == ("North", bd.email)
    assert call(bd, path="?state=nonsense").status_code == 400
    assert call(bd, path="?search=broken").json()["results"]


def test_a_client_asks_once(call, customer, portal_owner, bd):
    for _n in range(2):
        answer = call(portal_owner, "post", data=ASKED, **{"idempotency-key": "k"})
        assert answer.status_code == 201
    row = Request.objects.get()
    assert (row.client, row.owner, row.origin) == (customer, bd, "client")


def test_staff_say_for_whom(call, customer, bd, dev):
    assert call(bd, "post", data=ASKED).status_code == 400
    answer = call(bd, "post", data=ASKED | {"client": customer.pk})
    assert answer.status_code == 201
    assert Request.objects.get().origin == "staff"
    assert call(dev, "post", data=ASKED | {"client": customer.pk}).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [{"text": " "}, {"text": "x" * 20_000}, {"kind": "gift"}, {"topic": "Astrology"}],
)
def test_what_cannot_be_asked_is_400(call, portal_owner, wrong):
    assert call(portal_owner, "post", data=ASKED | wrong).status_code == 400
    assert not Request.objects.exists()


def test_anothers_rows_are_unknown(call, portal_owner, far_project, far_invoice):
    for hidden in ({"project": far_project.pk}, {"invoice": far_invoice.pk}):
        assert call(portal_owner, "post", data=ASKED | hidden).status_code == 400


def test_both_sides_answer_and_read(call, wish, bd, portal_owner):
    data = {"text": "Try again.", "then": "waiting"}
    answer = call(bd, "post", f"{wish.pk}/answer/", data)
    assert answer.json()["state"] == "waiting"
    call(portal_owner, "post", f"{wish.pk}/answer/", {"text": "It works."})
    wish.note("Good.", by=bd)
    words = call(portal_owner, path=f"{wish.pk}/").json()["words"]
    assert [word["text"] for word in words] == ["Try again.", "It works."]


def test_solving_twice_is_409(call, wish, bd):
    first, second = (call(bd, "post", f"{wish.pk}/solve/") for _n in range(2))
    assert (first.status_code, second.status_code) == (200, 409)
    assert "is solved already" in second.json()["detail"]
    assert call(bd, "post", f"{wish.pk}/reopen/").json()["state"] == "open"


def test_a_reader_only_reads(call, wish, portal_reader):
    assert call(portal_reader, path=f"{wish.pk}/").status_code == 200
    answer = call(portal_reader, "post", f"{wish.pk}/answer/", {"text": "Hello."})
    assert answer.status_code == 403
    assert call(portal_reader, "post", data=ASKED).status_code == 403
    assert not RequestPost.objects.exists()
