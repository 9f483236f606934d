"""One filter for list and board."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Medium, Place
from leads.models import Lead, Stage


@pytest.fixture
def url(setup_rows):
    return reverse("leads:list")


@pytest.fixture
def found(client, bd, url):
    """found(q="mill"): the names that the list shows Ben."""
    client.force_login(bd)

    def find(**query):
        return [row.name for row in client.get(url, query).context["page"].rows]

    return find


def test_words_are_sought_in_names_people_and_addresses(lead, make_leads, found):
    make_leads(1)
    assert found(q="MILL carla") == ["New mill website"]
    assert found(q="nobody") == []


def test_a_misspelt_word_is_found_where_the_database_can(lead, found):
    can = connection.vendor == "postgresql"
    assert found(q="webbsite") == ([lead.name] if can else [])
    assert found(q="gardening") == []


def test_a_search_looks_at_closed_leads_too(bd, lead, found):
    lead.win(by=bd)
    assert found() == []
    assert found(q="mill") == ["New mill website"]
    assert found(q="mill", state="lost") == []


def test_stage_medium_and_state(bd, lead, make_leads, found):
    medium = Medium.objects.get(name="Referral")
    quoted = Stage.objects.get(name="Quoted")
    make_leads(1, stage=quoted, medium=medium)
    assert found(stage=quoted.pk) == ["Lead 0"]
    assert found(medium=medium.pk) == ["Lead 0"]
    assert len(found(state="all")) == 2


def test_place_area_and_group(make_leads, found):
    york = Place.objects.create(key="york||", city="York", area="Yorkshire")
    make_leads(1, place=york, media_group="most responsive")
    assert found(place="YORK") == ["Lead 0"]
    assert found(place="yorkshire") == ["Lead 0"]
    assert found(area="Yorkshire") == ["Lead 0"]
    assert found(group="most responsive") == ["Lead 0"]
    assert found(place="Leeds") == []


def test_value_day_and_what_is_overdue(make_leads, found):
    make_leads(1, value=10, created=datetime(2024, 5, 6, 12, tzinfo=UTC))
    make_leads(1, value=90, next_step_on=datetime(2020, 1, 1, tzinfo=UTC).date())
    assert len(found(value_min=5, value_max=50)) == 1
    assert len(found(**{"from": "2024-05-06", "to": "2024-05-06"})) == 1
    assert len(found(overdue="on")) == 1


def test_the_client_of_ones_own(lead, far_lead, found, make_leads):
    make_leads(1)
    assert found(client=lead.client_id) == [lead.name]
    assert len(found(client=far_lead.client_id)) == 2  # left out, and said


def test_a_manager_filters_by_owner(client, manager, bd, other_bd, lead, url):
    client.force_login(manager)
    assert client.get(url, {"owner": bd.pk}).context["page"].rows == [lead]
    assert client.get(url, {"owner": other_bd.pk}).context["page"].rows == []
    Lead.objects.filter(pk=lead.pk).update(owner=None)
    assert client.get(url, {"unowned": "on"}).context["page"].rows == [lead]


def test_each_filter_can_be_taken_away(client, bd, lead, url):
    client.force_login(bd)
    page = client.get(url, {"q": "mill", "place": "York"}).content.decode()
    assert 'href="?q=mill"' in page


@pytest.mark.parametrize("board", [False, True])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stage", "x"),
        ("stage", "9" * 40),
        ("medium", "-1"),
        ("state", "asleep"),
        ("sort", "random"),
        ("client", "\x00"),
        ("q", "a\x00b"),
        ("q", "x" * 300),
        ("place", "y" * 101),
        ("value_min", "lots"),
        ("value_max", "NaN"),
        ("value_min", "1e99"),
        ("from", "soon"),
        ("to", "0001-01-01"),
        ("to", "9999-12-31"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_said(client, bd, lead, name, value, board):
    client.force_login(bd)
    url = reverse("leads:board" if board else "leads:list")
    response = client.get(url, {name: value})
    assert response.status_code == 200
    assert "was left out" in response.content.decode()
    assert lead.name in response.content.decode()


@pytest.mark.parametrize("after", ["rubbish", "W10", "\x00", "x" * 5000])
def test_a_page_that_cannot_be_read_is_the_first(lead, found, after):
    assert found(after=after) == [lead.name]


def test_percent_and_quotes_are_plain_characters(lead, found):
    assert found(q="%") == []
    assert found(q="_") == []
    assert found(q="' OR 1=1 --") == []


def test_leads_are_found_as_one_types(client, bd, lead, far_lead):
    client.force_login(bd)
    page = client.get(reverse("leads:options"), {"q": "mill"}).content.decode()
    assert f'data-value="{lead.pk}"' in page
    assert far_lead.name not in client.get(reverse("leads:options")).content.decode()
    assert client.get(reverse("leads:options"), {"q": "\x00"}).status_code == 200
