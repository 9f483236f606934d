"""The list: what it shows, to whom, at what cost."""

import gzip
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Firm, Place
from leads.models import Lead, Stage
from leads.reports import figures, sentence


@pytest.fixture
def url(db):
    return reverse("leads:list")


def names(response):
    return [row.name for row in response.context["page"].rows]


def test_bd_sees_own_open_leads_with_their_facts(client, bd, lead, far_lead, url):
    lead.place = Place.objects.create(key="york||", city="York")
    lead.next_step, lead.next_step_on = "Call Carla", date(2020, 1, 2)
    lead.save()
    client.force_login(bd)
    page = client.get(url).content.decode()
    assert lead.name in page
    assert far_lead.name not in page
    assert "Carla Contact" in page
    assert "York" in page
    assert "€1,200" in page
    assert "overdue" in page


def test_the_page_opens_with_a_sentence_of_figures(client, bd, make_leads, url):
    make_leads(2, value=100)
    make_leads(1, value=50, currency="USD", next_step_on=date(2020, 1, 1))
    client.force_login(bd)
    assert (
        "3 open, worth €200 and $50, 1 step overdue."
        in client.get(url).content.decode()
    )


def test_a_manager_sees_the_department_and_who_owns_what(
    client, manager, lead, far_lead, url
):
    client.force_login(manager)
    page = client.get(url).content.decode()
    assert "Ben Seller" in page
    assert far_lead.name not in page


def test_an_empty_list_offers_the_first_step(client, other_bd, setup_rows, url):
    client.force_login(other_bd)
    page = client.get(url).content.decode()
    assert "No open leads yet" in page
    assert reverse("leads:create") in page


def test_the_sentence_never_counts_another_state(client, bd, lead, url):
    lead.win(by=bd)
    client.force_login(bd)
    assert "lede" not in client.get(url).content.decode()
    assert "1 won, worth €1,200." in client.get(url, {"state": "won"}).content.decode()


def test_more_than_is_counted_says_so_and_sums_nothing(make_leads):
    make_leads(5, value=10)
    known = figures(Lead.objects.all(), cap=3)
    assert list(known) == [""]
    assert sentence(known[""], "open") == "3+ leads."
    assert sentence(figures(Lead.objects.all())[""], "") == "5 leads, worth €50."


def test_pages_of_fifty_join_without_gap_or_repetition(client, bd, make_leads, url):
    make_leads(60)
    client.force_login(bd)
    first = client.get(url)
    second = client.get(url, {"after": first.context["page"].next})
    assert len(names(first)) == 50
    assert len(set(names(first)) | set(names(second))) == 60
    assert second.context["page"].next == ""


def test_highest_value_first_leaves_out_leads_without_one(client, bd, make_leads, url):
    make_leads(1, value=Decimal("5"))
    make_leads(2)
    make_leads(1, value=Decimal("70"))
    client.force_login(bd)
    response = client.get(url, {"sort": "value"})
    assert [row.value for row in response.context["page"].rows] == [70, 5]
    assert "without a value in EUR are left out" in response.content.decode()


def test_in_order_of_value_currencies_are_not_mixed(client, bd, make_leads, url):
    make_leads(1, value=Decimal("5"))
    make_leads(1, value=Decimal("900"), currency="JPY")
    Firm.objects.update_or_create(pk=1, defaults={"currency": "EUR"})
    client.force_login(bd)
    page = client.get(url, {"sort": "value"}).context["page"]
    assert [row.currency for row in page.rows] == ["EUR"]


def test_pages_by_value_continue(client, bd, make_leads, url):
    for value in range(55):
        make_leads(1, value=value)
    client.force_login(bd)
    first = client.get(url, {"sort": "value"})
    second = client.get(url, {"sort": "value", "after": first.context["page"].next})
    assert [row.value for row in second.context["page"].rows] == [4, 3, 2, 1, 0]


def test_next_step_first(client, bd, make_leads, url):
    make_leads(1, next_step_on=date(2030, 1, 2), next_step="later")
    make_leads(1, next_step_on=date(2030, 1, 1), next_step="sooner")
    client.force_login(bd)
    rows = client.get(url, {"sort": "step"}).context["page"].rows
    assert [row.next_step for row in rows] == ["sooner", "later"]


def test_the_trash_is_a_list_with_a_way_back(client, bd, lead, url):
    lead.trash(by=bd)
    client.force_login(bd)
    page = client.get(url, {"state": "trash"}).content.decode()
    assert reverse("leads:restore", args=[lead.pk]) in page


def test_sixty_leads_cost_as_many_queries_as_two(
    client, manager, make_leads, url, django_assert_max_num_queries
):
    client.force_login(manager)
    make_leads(2)
    client.get(url)
    with django_assert_max_num_queries(10) as few:
        client.get(url)
    make_leads(58)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_fifty_lines_weigh_little(client, manager, make_leads, url):
    place = Place.objects.create(key="york|x|gb", city="York", country="United Kingdom")
    soon = timezone.localdate() + timedelta(days=3)
    rows = make_leads(50, value=12345, place=place, contact_name="Carla Contact")
    Lead.objects.filter(pk__in=[r.pk for r in rows]).update(
        next_step="Send the quotation", next_step_on=soon
    )
    client.force_login(manager)
    raw = client.get(url).content
    assert len(raw) <= 70_000
    assert len(gzip.compress(raw, 6)) <= 12_000


def test_a_won_lead_is_under_won(client, bd, lead, url):
    lead.win(by=bd)
    client.force_login(bd)
    assert names(client.get(url)) == []
    assert names(client.get(url, {"state": "won"})) == [lead.name]
    assert lead.state == Stage.Kind.WON
