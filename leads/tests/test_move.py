"""A lead goes to another stage, by form, by drag or by key."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from leads.models import Stage
from notifications.models import EventTopic

DRAGGED = {"HX-Request": "true"}


@pytest.fixture
def url(lead):
    return reverse("leads:move", args=[lead.pk])


def stage(name):
    return Stage.objects.get(name=name)


def test_bd_moves_a_lead(client, bd, lead, url):
    client.force_login(bd)
    answer = client.post(url, {"stage": stage("Quoted").pk})
    lead.refresh_from_db()
    assert answer.url == lead.get_absolute_url()
    assert (lead.stage.name, lead.state) == ("Quoted", "open")
    assert EventTopic.objects.about(lead).get().event.kind == "lead.moved"


def test_a_dragged_card_gets_the_new_board(client, bd, lead, url):
    client.force_login(bd)
    back = quote(reverse("leads:board") + "?q=mill")
    answer = client.post(
        f"{url}?next={back}", {"stage": stage("Quoted").pk}, headers=DRAGGED
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    quoted = page.index('aria-label="Quoted"')
    assert page.index(lead.name) > quoted


def test_without_script_one_returns_to_the_board(client, bd, url):
    client.force_login(bd)
    back = reverse("leads:board") + "?q=mill"
    answer = client.post(f"{url}?next={quote(back)}", {"stage": stage("Quoted").pk})
    assert answer.url == back


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example", "x\x00"])
def test_nobody_is_sent_elsewhere(client, bd, lead, url, wish):
    client.force_login(bd)
    answer = client.post(f"{url}?next={quote(wish)}", {"stage": stage("Quoted").pk})
    assert "evil" not in answer.url


def test_dropped_on_won_it_is_won(client, bd, lead, url):
    client.force_login(bd)
    client.post(url, {"stage": stage("Won").pk})
    lead.refresh_from_db()
    assert lead.state == "won"


def test_dropped_on_lost_it_asks_why_first(client, bd, lead, url):
    client.force_login(bd)
    board = quote(reverse("leads:board"))
    answer = client.post(
        f"{url}?next={board}", {"stage": stage("Lost").pk}, headers=DRAGGED
    )
    asked = reverse("leads:lose", args=[lead.pk])
    assert answer.headers["HX-Redirect"].startswith(asked)
    plain = client.post(url, {"stage": stage("Lost").pk})
    assert plain.url == asked
    lead.refresh_from_db()
    assert lead.is_open


def test_a_lead_closed_meanwhile_stays_where_it_is(client, bd, lead, url):
    lead.lose(reason="budget", by=bd)
    client.force_login(bd)
    answer = client.post(
        url, {"stage": stage("Quoted").pk}, headers=DRAGGED, follow=True
    )
    assert "is already lost: reopen it first" in answer.content.decode()
    lead.refresh_from_db()
    assert lead.state == "lost"


@pytest.mark.parametrize("wrong", ["", "x", "0", "9" * 40, "-1", "\x00"])
def test_a_stage_that_is_none(client, bd, lead, url, wrong):
    client.force_login(bd)
    assert client.post(url, {"stage": wrong}).status_code == 422


def test_others_do_not_learn_that_it_exists(client, other_bd, url):
    client.force_login(other_bd)
    assert client.post(url, {"stage": stage("Quoted").pk}).status_code == 404


def test_get_changes_nothing(client, bd, url):
    client.force_login(bd)
    assert client.get(url).status_code == 405
