"""Purchases of a client, and what other pages show of sales."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from sales.models import Purchase, PurchaseLine
from sales.panels import client_panel, lead_panel
from sales.portal_panels import portal_panel


def bought(customer, cents, currency="EUR", product=None, days_ago=0):
    row = Purchase.objects.create(
        client=customer,
        day=timezone.localdate() - timedelta(days=days_ago),
        cents=cents,
        currency=currency,
    )
    PurchaseLine.objects.create(purchase=row, product=product, cents=cents)
    return row


@pytest.fixture
def orders(customer, product):
    bought(customer, 90_000, product=product)
    bought(customer, 10_000)
    bought(customer, 5_000, currency="USD")


def test_sums_never_add_two_currencies(bd, customer, orders):
    sums = client_panel(bd, customer)[1]["sums"]
    assert [row["money"] for row in sums] == ["€1,000", "$50"]


def test_the_page_lists_the_orders(client, bd, customer, orders):
    client.force_login(bd)
    url = reverse("sales:purchases", args=[customer.pk])
    text = client.get(url).content.decode()
    assert "2 purchases over €1,000" in text
    assert "Site" in text


@pytest.mark.parametrize("page", ["accounts:client", "sales:purchases"])
def test_a_refund_lowers_the_sum_and_is_no_purchase(client, bd, customer, page):
    bought(customer, 60_000, days_ago=9)
    bought(customer, 40_000, days_ago=2)
    bought(customer, -10_000)
    bought(customer, -500, "USD")
    client.force_login(bd)
    text = client.get(reverse(page, args=[customer.pk])).content.decode()
    newest = date_format(timezone.localdate() - timedelta(days=2), "j M Y")
    assert f"2 purchases over €900, the newest on {newest}." in text
    assert "Refunds alone: −$5." in text


def test_a_refund_makes_the_clients_pie_smaller(portal_owner, customer, product):
    bought(customer, 90_000, product=product)
    bought(customer, 10_000)
    bought(customer, -30_000, product=product)
    bought(customer, -10_000)
    [pie] = portal_panel(portal_owner)["pies"]
    assert [(s.label, s.text) for s in pie.slices] == [("Web", "€600")]


def test_the_page_costs_the_same_for_two_and_for_twenty(
    client, bd, customer, product, django_assert_max_num_queries
):
    for n in range(20):
        bought(customer, 100 + n, product=product)
    client.force_login(bd)
    url = reverse("sales:purchases", args=[customer.pk])
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)


def test_the_lead_shows_its_quotations(bd, lead, quotation, far_quotation):
    context = lead_panel(bd, lead)[1]
    assert context["quotations"] == [quotation]
    assert context["can_quote"]


def test_the_client_sees_what_waits_and_a_pie_per_currency(
    portal_owner, quotation, far_quotation, orders
):
    context = portal_panel(portal_owner)
    assert [row["title"] for row in context["waits"]] == [quotation]
    first, second = context["pies"]
    assert [s.label for s in first.slices] == ["Web", "Other products"]
    assert [s.text for s in first.slices] == ["€900", "€100"]
    assert [s.text for s in second.slices] == ["$50"]


def test_the_client_never_sees_anothers_spending(foreign_portal, orders):
    assert portal_panel(foreign_portal)["pies"] == []
