"""Threads over the API: the same gate, the same refusals."""

import pytest

from accounts.models import ApiToken
from projects.models import Post

pytestmark = pytest.mark.django_db
URL = "/api/v1/messages/"


@pytest.fixture
def call(client):
    def send(user, method="get", path=URL, data=None, **headers):
        _row, secret = ApiToken.make(user, name="test", scope="write")
        headers = {"authorization": f"Token {secret}", **headers}
        kind = "application/json"
        return getattr(client, method)(path, data, content_type=kind, headers=headers)

    return send


def test_a_list_holds_what_the_gate_shows(call, portal_owner, dev, post, far_post):
    for user in (portal_owner, dev):
        (row,) = call(user).json()["results"]
        assert (row["id"], row["text"], row["is_new"]) == (post.pk, post.text, True)
    assert call(dev, path=f"{URL}?project=0").status_code == 400


def test_one_writes_once(call, project, portal_owner, dev):
    data = {"project": project.pk, "text": "Hello."}
    for _n in range(2):
        answer = call(portal_owner, "post", data=data, **{"idempotency-key": "k"})
        assert answer.status_code == 201
    post = Post.objects.get()
    assert (post.client, post.by) == (project.client, portal_owner)
    assert answer.json()["id"] == post.pk
    assert dev.notifications.exists()


def test_clients_need_not_say_who_they_are(call, customer, portal_owner, bd):
    assert call(portal_owner, "post", data={"text": "Hello."}).status_code == 201
    assert Post.objects.get().client == customer
    assert call(bd, "post", data={"text": "Hello."}).status_code == 400


def test_hidden_rows_and_bad_texts_are_refused(call, portal_owner, far_project, customer):  # fmt: skip
    for data in (
        {"project": far_project.pk, "text": "Hello."},
        {"client": far_project.client_id, "text": "Hello."},
        {"text": "  "},
        {"text": "x" * 20_000},
        {"text": "a\x00b"},
        {"project": "x", "text": "Hello."},
    ):
        assert call(portal_owner, "post", data=data).status_code == 400
    assert not Post.objects.exists()


def test_who_only_reads_may_not_write(call, project, portal_reader, other_bd):
    data = {"project": project.pk, "text": "Hello."}
    assert call(portal_reader, "post", data=data).status_code == 403
    assert call(other_bd, "post", data=data).status_code == 400
    assert not Post.objects.exists()
