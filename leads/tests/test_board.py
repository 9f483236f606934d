"""The board: columns of stages, figures, cards, limits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import Lead, Stage


@pytest.fixture
def url(setup_rows):
    return reverse("leads:board")


def column(response, title):
    return next(c for c in response.context["columns"] if c["title"] == title)


def test_open_stages_hold_cards_and_closed_ones_take_them(client, bd, lead, url):
    client.force_login(bd)
    response = client.get(url)
    titles = [c["title"] for c in response.context["columns"]]
    assert titles[0] == "New"
    assert titles[-2:] == ["Won", "Lost"]
    assert [card["title"] for card in column(response, "New")["cards"]] == [lead.name]
    assert reverse("leads:move", args=[lead.pk]) in response.content.decode()


def test_currencies_are_never_added(client, bd, make_leads, url):
    make_leads(2, value=100)
    make_leads(1, value=50, currency="USD")
    client.force_login(bd)
    new = column(client.get(url), "New")
    assert (new["count"], new["sum"]) == ("3", "€200 and $50")


def test_a_column_shows_25_cards_then_a_hundred_then_the_list(
    client, bd, make_leads, url
):
    make_leads(101)
    client.force_login(bd)
    first = column(client.get(url), "New")
    assert len(first["cards"]) == 25
    more = column(client.get(first["more_url"]), "New")
    assert len(more["cards"]) == 100
    assert more["more_url"].startswith(reverse("leads:list"))


def test_cards_show_their_age(client, bd, make_leads, url):
    [old] = make_leads(1)
    Lead.objects.filter(pk=old.pk).update(
        stage_since=timezone.now() - timedelta(days=40)
    )
    client.force_login(bd)
    [card] = column(client.get(url), "New")["cards"]
    assert (card["age"], card["note"]) == ("late", "40 days here")


def test_filters_survive_the_switch_from_the_list(client, bd, lead, make_leads, url):
    make_leads(1)
    client.force_login(bd)
    response = client.get(url, {"q": "mill"})
    assert column(response, "New")["count"] == "1"
    assert f'href="{reverse("leads:list")}?q=mill"' in response.content.decode()


def test_one_stage_and_where_to_drop(client, bd, url):
    client.force_login(bd)
    stage = Stage.objects.get(name="Quoted")
    columns = client.get(url, {"stage": stage.pk}).context["columns"]
    assert [c["title"] for c in columns] == ["Quoted", "Won", "Lost"]


@pytest.mark.parametrize("more", ["x", "9" * 40, "-1", "\x00"])
def test_an_unknown_column_is_ignored(client, bd, lead, url, more):
    client.force_login(bd)
    assert client.get(url, {"more": more}).status_code == 200


def test_twenty_cards_cost_as_many_queries_as_two(
    client, manager, make_leads, url, django_assert_max_num_queries
):
    client.force_login(manager)
    make_leads(2)
    client.get(url)
    with django_assert_max_num_queries(24) as few:
        client.get(url)
    make_leads(18)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_other_peoples_cards_are_not_there(client, other_bd, lead, url):
    client.force_login(other_bd)
    assert lead.name not in client.get(url).content.decode()
