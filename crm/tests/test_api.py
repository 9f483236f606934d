"""The API as another program sees it: tokens, gate, pages, errors, replays."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import ApiToken, Client, Replay
from leads.models import Lead

pytestmark = pytest.mark.django_db
LEADS = "/api/v1/leads/"


@pytest.fixture
def call(client, bd):
    """Call the API as `bd` with a writing token."""
    _row, secret = ApiToken.make(bd, name="test", scope="write")

    def send(method, path, data=None, **headers):
        headers = {"authorization": f"Token {secret}", **headers}
        return getattr(client, method)(
            path, data, content_type="application/json", headers=headers
        )

    return send


def test_a_list_holds_what_the_gate_shows(call, lead, far_lead):
    assert [row["id"] for row in call("get", LEADS).json()["results"]] == [lead.pk]


def test_a_hidden_row_is_not_found(call, far_lead):
    assert call("get", f"{LEADS}{far_lead.pk}/").status_code == 404


def test_without_a_token_nothing_is_said(client, db):
    answer = client.get(LEADS)
    assert (answer.status_code, answer["Content-Type"]) == (
        401,
        "application/problem+json",
    )


@pytest.mark.parametrize("secret", ["", "linden_wrong", "é", "x" * 5000])
def test_a_wrong_token_is_refused(client, db, secret):
    answer = client.get(LEADS, headers={"authorization": f"Token {secret}"})
    assert answer.status_code == 401


def test_an_expired_token_is_refused(client, bd):
    row, secret = ApiToken.make(bd, name="old", scope="read", days=1)
    ApiToken.objects.filter(pk=row.pk).update(expires=timezone.now())
    assert (
        client.get(LEADS, headers={"authorization": f"Token {secret}"}).status_code
        == 401
    )


def test_a_reading_token_does_not_write(client, bd, lead):
    _row, secret = ApiToken.make(bd, name="report", scope="read")
    answer = client.post(
        f"{LEADS}{lead.pk}/win/", headers={"authorization": f"Token {secret}"}
    )
    lead.refresh_from_db()
    assert (answer.status_code, lead.state) == (403, "open")


def test_a_blocked_persons_token_is_dead_at_once(call, bd, admin):
    bd.block(by=admin)
    assert call("get", LEADS).status_code == 401


def test_a_new_lead_is_mine_and_placed(call, bd, setup_rows):
    data = {
        "name": "Web shop",
        "email": "a@b.example",
        "place": {"city": "Lyon", "country": "France"},
    }
    answer = call("post", LEADS, data)
    row = Lead.objects.get()
    assert (answer.status_code, row.owner, row.place.precision) == (201, bd, "city")


def test_another_ones_client_cannot_be_named(call, far_customer, setup_rows):
    answer = call("post", LEADS, {"name": "x", "client": far_customer.pk})
    assert (answer.status_code, "client" in answer.json()["errors"]) == (400, True)


def test_a_change_is_saved_and_told(call, lead):
    answer = call("patch", f"{LEADS}{lead.pk}/", {"value": "99.50"})
    assert (answer.status_code, answer.json()["value"]) == (200, "99.50")


def test_a_lead_is_lost_by_the_same_verb(call, lead):
    answer = call("post", f"{LEADS}{lead.pk}/lose/", {"reason": "budget"})
    assert (answer.json()["state"], answer.json()["lost_reason"]) == ("lost", "budget")


def test_a_refused_verb_is_409_in_words(call, lead, bd):
    lead.win(by=bd)
    answer = call("post", f"{LEADS}{lead.pk}/win/")
    assert (answer.status_code, "already won" in answer.json()["detail"]) == (409, True)


def test_an_unknown_parameter_is_named(call, lead):
    answer = call("get", f"{LEADS}?stagee=1")
    assert (answer.status_code, "stagee" in str(answer.json())) == (400, True)


@pytest.mark.parametrize(
    "query", ["?ordering=password", "?stage=x", "?owner=99999", "?cursor=%00bad"]
)
def test_bad_parameters_are_refused(call, lead, query):
    assert call("get", LEADS + query).status_code in (400, 404)


def test_search_finds_by_words(call, lead):
    assert len(call("get", f"{LEADS}?search=MILL%20web").json()["results"]) == 1


def test_pages_follow_a_cursor(call, lead, bd, customer):
    Lead.objects.create(name="second", owner=bd, stage=lead.stage)
    first = call("get", f"{LEADS}?page_size=1&ordering=name").json()
    second = call("get", first["next"]).json()
    assert {first["results"][0]["name"], second["results"][0]["name"]} == {
        lead.name,
        "second",
    }


def test_the_same_key_makes_one_row(call, setup_rows):
    answers = [
        call("post", LEADS, {"name": "x"}, **{"idempotency-key": "k1"})
        for _ in range(2)
    ]
    assert Lead.objects.count() == 1
    assert answers[0].json() == answers[1].json()


def test_a_key_for_another_request_is_422(call, setup_rows):
    call("post", LEADS, {"name": "x"}, **{"idempotency-key": "k1"})
    answer = call("post", LEADS, {"name": "y"}, **{"idempotency-key": "k1"})
    assert (answer.status_code, Lead.objects.count()) == (422, 1)


def test_a_new_client_is_mine(call, bd, setup_rows):
    call("post", "/api/v1/clients/", {"name": "Birch & Co", "kind": "firm"})
    assert Client.objects.get().owner == bd


@pytest.mark.parametrize("body", ["{", "[]", '"x"', "null", '{"name": {"a": 1}}'])
def test_a_bad_body_is_400(client, bd, setup_rows, body):
    _row, secret = ApiToken.make(bd, name="t", scope="write")
    headers = {"authorization": f"Token {secret}"}
    answer = client.post(LEADS, body, content_type="application/json", headers=headers)
    assert answer.status_code == 400


def test_a_client_reads_own_projects_only(client, portal_owner, project, far_project):
    _row, secret = ApiToken.make(portal_owner, name="t", scope="read")
    answer = client.get(
        "/api/v1/projects/", headers={"authorization": f"Token {secret}"}
    )
    assert [row["id"] for row in answer.json()["results"]] == [project.pk]


def test_the_schema_is_openapi_3(client, bd):
    client.force_login(bd)
    answer = client.get("/api/v1/schema/?format=json")
    assert answer.json()["openapi"].startswith("3.")


def test_the_schema_is_made_without_a_warning(tmp_path):
    file = tmp_path / "schema.yml"
    call_command("spectacular", "--fail-on-warn", "--validate", file=str(file))
    text = file.read_text()
    assert "LeadInput" in text
    assert "/api/v1/milestones/{id}/finish/" in text


def test_what_is_written_is_answered_as_it_is_read(call, setup_rows):
    made = call("post", LEADS, {"name": "x", "place": {"city": "Lyon"}}).json()
    assert made == call("get", f"{LEADS}{made['id']}/").json()


def test_what_only_verbs_change_is_not_written(call, lead):
    call("patch", f"{LEADS}{lead.pk}/", {"state": "won", "lost_reason": "x"})
    lead.refresh_from_db()
    assert (lead.state, lead.lost_reason) == ("open", "")


def test_the_same_key_runs_a_verb_once(call, lead):
    key = {"idempotency-key": "k2"}
    first = call("post", f"{LEADS}{lead.pk}/win/", **key)
    again = call("post", f"{LEADS}{lead.pk}/win/", **key)
    assert (again.status_code, again.json()) == (200, first.json())
    assert again["Idempotent-Replay"] == "true"


def test_a_refusal_is_not_kept_under_a_key(call, lead, bd):
    lead.win(by=bd)
    key = {"idempotency-key": "k3"}
    assert call("post", f"{LEADS}{lead.pk}/win/", **key).status_code == 409
    lead.reopen(by=bd)
    assert call("post", f"{LEADS}{lead.pk}/win/", **key).status_code == 200


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_unknown_address_is_a_problem_and_no_page(call, method):
    answer = call(method, "/api/v1/nothing/here/")
    assert (answer.status_code, answer["Content-Type"]) == (
        404,
        "application/problem+json",
    )


@pytest.mark.parametrize("route", ["milestones", "clusters", "runs"])
def test_a_list_without_words_refuses_a_search(call, route):
    answer = call("get", f"/api/v1/{route}/?search=mill")
    assert (answer.status_code, "search" in str(answer.json())) == (400, True)


def test_contacts_are_searched_through_the_gate(call, contact, far_contact):
    found = call("get", "/api/v1/contacts/?search=n").json()["results"]
    assert [row["id"] for row in found] == [contact.pk]


LISTS = [
    "leads",
    "clients",
    "contacts",
    "interactions",
    "tasks",
    "projects",
    "milestones",
]


@pytest.mark.parametrize("route", [*LISTS, "runs", "clusters", "segments"])
def test_every_list_is_a_page_of_one_shape(call, route):
    answer = call("get", f"/api/v1/{route}/")
    assert set(answer.json()) == {"next", "previous", "results"}


def test_answers_to_keys_are_kept_for_a_week(call, setup_rows):
    call("post", LEADS, {"name": "x"}, **{"idempotency-key": "k1"})
    assert not Replay.objects.outdated().exists()
    Replay.objects.update(created=timezone.now() - timedelta(days=8))
    assert Replay.objects.outdated().count() == 1


def test_segments_and_clusters_count_own_clients_only(call, analysed, far_customer):
    analysed.memberships.create(client=far_customer, value_class="new", currency="EUR")
    rows = call("get", "/api/v1/segments/").json()["results"]
    assert [row["value_class"] for row in rows] == ["new"]


def test_clusters_come_with_the_readers_figures(call, cluster_number):
    answer = call("get", "/api/v1/clusters/")
    assert (answer.status_code, "results" in answer.json()) == (200, True)


def test_a_seller_starts_no_run_and_a_manager_does(client, call, manager):
    assert call("post", "/api/v1/runs/", {"kind": "media"}).status_code == 403
    _row, secret = ApiToken.make(manager, name="t", scope="write")
    headers = {"authorization": f"Token {secret}"}
    answer = client.post(
        "/api/v1/runs/",
        {"kind": "media"},
        headers=headers,
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["kind"]) == (202, "media")
