"""The list of clients: what it shows, finds, costs and survives."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import create_client
from accounts.models import Client, Medium
from accounts.places import Spot

URL = reverse("accounts:clients")


def names(response):
    return [row.name for row in response.context["page"].rows]


def fill(owner, count):
    Client.objects.bulk_create(
        Client(
            name=f"Client number {n} of a rather long name",
            industry="Mechanical engineering",
            value_class="high_value",
            owner=owner,
            department=owner.department,
            signed_up=timezone.localdate() - timedelta(days=n),
            medium=Medium.objects.first(),
        )
        for n in range(count)
    )


def test_the_list_says_what_matters_first(client, bd, customer):
    customer.value_class = "high_value"
    customer.save(update_fields=["value_class"])
    client.force_login(bd)
    page = client.get(URL).content.decode()
    assert "1 client: 1 of high value, 1 added in the last 30 days." in page
    assert "Acorn Mills" in page
    assert "High value" in page


def test_an_empty_list_offers_the_first_step(client, bd):
    client.force_login(bd)
    page = client.get(URL).content.decode()
    assert "No clients yet" in page
    assert reverse("accounts:client_create") in page


def test_one_sees_ones_own_rows_alone(client, other_bd, customer):
    client.force_login(other_bd)
    assert names(client.get(URL)) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=graz+mill", []),
        ("q=mill", ["Mill"]),
        ("area=graz", ["Mill"]),
        ("value_class=negative", ["Shop"]),
        ("kind=person", ["Shop"]),
        ("blocked=yes", ["Shop"]),
        ("blocked=no", ["Mill"]),
        ("medium=none&owner=x&kind=zzz&value_class=1", ["Shop", "Mill"]),
        ("after=garbage", ["Shop", "Mill"]),
        ("q=%00&area=%00", ["Shop", "Mill"]),
    ],
)
def test_filters_narrow_and_nonsense_does_not(client, bd, query, found):
    create_client(by=bd, name="Mill", where=Spot("Graz", "", "Austria"))
    shop = create_client(by=bd, name="Shop", kind="person", value_class="negative")
    shop.block(by=bd)
    client.force_login(bd)
    assert names(client.get(f"{URL}?{query}")) == found


def test_a_manager_filters_by_account_manager(client, manager, bd, other_bd):
    create_client(by=bd, name="Mill")
    create_client(by=other_bd, name="Shop")
    client.force_login(manager)
    assert names(client.get(f"{URL}?owner={other_bd.pk}")) == ["Shop"]


@pytest.mark.parametrize("count", [2, 200])
def test_the_list_costs_the_same_for_2_and_200(
    client, admin, bd, count, setup_rows, django_assert_max_num_queries
):
    fill(bd, count)
    client.force_login(admin)
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL)


def test_fifty_clients_weigh_less_than_70_kilobytes(client, admin, bd, setup_rows):
    fill(bd, 60)
    client.force_login(admin)
    response = client.get(URL)
    assert len(response.context["page"].rows) == 50
    assert len(response.content) <= 70_000


def test_the_next_page_goes_on_where_the_first_ended(client, bd, setup_rows):
    fill(bd, 60)
    client.force_login(bd)
    first = client.get(URL)
    second = client.get(URL, {"after": first.context["page"].next})
    assert len(second.context["page"].rows) == 10
    assert not set(names(first)) & set(names(second))


def test_a_picker_finds_own_clients_alone(client, bd, customer, far_customer):
    client.force_login(bd)
    answer = client.get(reverse("accounts:client_options"), {"q": "e"}).content.decode()
    assert "Acorn Mills" in answer
    assert "Fern Works" not in answer
