"""The board: columns of stages, figures, cards, limits."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from leads.board import columns
from leads.filters import LeadFilter
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


@pytest.mark.parametrize("who", ["bd", "manager", "admin"])
def test_ten_queries_for_any_number_of_cards_and_stages(
    client, who, request, make_leads, url, django_assert_max_num_queries
):
    client.force_login(request.getfixturevalue(who))
    make_leads(2)
    client.get(url)
    with django_assert_max_num_queries(10) as few:
        client.get(url)
    added = [Stage(name=f"Step {n}", position=n) for n in range(20)]
    Stage.objects.bulk_create(added)
    make_leads(98)
    make_leads(100, stage=Stage.objects.get(name="Step 7"))
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_ten_queries_with_every_filter(
    client, manager, lead, url, django_assert_max_num_queries
):
    client.force_login(manager)
    given = {name: getattr(lead, f"{name}_id") for name in ("stage", "medium", "owner")}
    client.get(url, given)
    with django_assert_max_num_queries(10):
        response = client.get(url, given)
    assert [card["pk"] for card in column(response, "New")["cards"]] == [lead.pk]


def large_board(user, query=""):
    """The board as if three leads were too many to count at once."""
    filters = LeadFilter(QueryDict(query), user=user)
    rows = filters.apply(Lead.objects.visible_to(user))
    shown, total = columns(rows, filters, "", cap=3)
    return {c["title"]: c for c in shown}, total


def test_a_large_board_counts_each_column_by_itself(bd, make_leads):
    make_leads(101)
    quoted = make_leads(2, stage=Stage.objects.get(name="Quoted"), value=5)
    shown, total = large_board(bd)
    assert [shown[name]["count"] for name in ("New", "Quoted", "Won")] == [
        "100+",
        "2",
        "",
    ]
    assert (shown["Quoted"]["sum"], shown["New"]["sum"]) == ("€10", "")
    assert [card["pk"] for card in shown["Quoted"]["cards"]] == [
        lead.pk for lead in reversed(quoted)
    ]
    assert total.count_text == "100+"


def test_a_large_board_costs_one_query_more(
    bd, make_leads, django_assert_max_num_queries
):
    make_leads(30)
    Stage.objects.bulk_create(Stage(name=f"Step {n}") for n in range(20))
    with django_assert_max_num_queries(4):  # stages, figures twice, cards
        shown, _total = large_board(bd)
    assert len(shown["New"]["cards"]) == 25


def test_a_large_board_of_one_stage(bd, make_leads):
    make_leads(30)
    stage = Stage.objects.get(name="New")
    shown, _total = large_board(bd, f"stage={stage.pk}&more={stage.pk}")
    assert (list(shown), len(shown["New"]["cards"])) == (["New", "Won", "Lost"], 30)


def test_other_peoples_cards_are_not_there(client, other_bd, lead, url):
    client.force_login(other_bd)
    assert lead.name not in client.get(url).content.decode()
