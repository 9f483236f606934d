"""The list of quotations, and the picker of products."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sales.models import Quotation
from tests.cast.sales import quotation_of

URL = "/sales/quotations/"


def shown(client, user, **query):
    client.force_login(user)
    return [q.number for q in client.get(URL, query).context["quotations"]]


def test_a_seller_sees_the_own_ones(client, bd, quotation, far_quotation):
    assert shown(client, bd) == ["Q-1"]


def test_it_is_narrowed_by_state_and_words(client, admin, quotation, far_quotation):
    assert shown(client, admin, state="draft") == []
    assert shown(client, admin, q="acorn") == ["Q-1"]
    assert shown(client, admin, q="q-2") == ["Q-2"]
    assert shown(client, admin, state="nonsense", q="\x00") == ["Q-2", "Q-1"]


def test_expired_ones_have_a_chip(client, bd, quotation):
    past = timezone.localdate() - timedelta(days=3)
    Quotation.objects.update(valid_until=past)
    assert shown(client, bd, state="expired") == ["Q-1"]


@pytest.mark.parametrize("n", [2, 20])
def test_it_costs_the_same_for_two_and_for_twenty(
    client, manager, lead, n, django_assert_max_num_queries
):
    for number in range(n):
        quotation_of(lead, f"Q-{number}")
    client.force_login(manager)
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL)


def test_the_picker_finds_products_by_name_and_code(client, bd, product):
    client.force_login(bd)
    url = reverse("sales:product_options")
    assert (
        f'data-value="{product.pk}"' in client.get(url, {"q": "own"}).content.decode()
    )
    assert "Nothing found" in client.get(url, {"q": "zzz"}).content.decode()


def test_what_is_phased_out_is_not_offered(client, bd, product):
    product.state = "phased_out"
    product.save(update_fields=["state"])
    client.force_login(bd)
    url = reverse("sales:product_options")
    assert "Nothing found" in client.get(url, {"q": "site"}).content.decode()
