"""Products: category, brand, code."""

import pytest
from django.urls import reverse

from sales.models import Product

LIST = reverse("sales:products")
ADD = reverse("sales:product_add")
SITE = {
    "name": "Site",
    "category": "Web",
    "brand": "Own Brand",
    "price": "900",
    "currency": "eur",
    "state": "active",
}


def test_the_code_is_made_of_category_brand_and_name(client, manager):
    client.force_login(manager)
    client.post(ADD, SITE)
    product = Product.objects.get()
    assert (product.code, product.currency) == ("web-own_brand-site", "EUR")


def test_a_taken_code_is_shown_again(client, manager, product):
    client.force_login(manager)
    response = client.post(ADD, {**SITE, "code": product.code})
    assert response.status_code == 422
    assert "Another product has the code" in response.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"price": "-1"}, {"price": "x"}, {"currency": "E1"}, {"name": ""}, {"state": "?"}],
)
def test_what_is_wrong_is_shown_again(client, manager, wrong):
    client.force_login(manager)
    assert client.post(ADD, SITE | wrong).status_code == 422
    assert not Product.objects.exists()


def test_phased_out_ones_are_listed_on_request(client, bd, product):
    product.state = "phased_out"
    product.save(update_fields=["state"])
    client.force_login(bd)
    assert client.get(LIST).context["page"].rows == []
    assert client.get(LIST, {"state": "all"}).context["page"].rows == [product]


def test_found_by_name_code_or_brand(client, bd, product):
    client.force_login(bd)
    assert client.get(LIST, {"q": "own"}).context["page"].rows == [product]
    assert client.get(LIST, {"q": "nothing"}).context["page"].rows == []


def test_sellers_look_but_do_not_change(client, bd, product):
    client.force_login(bd)
    assert (
        reverse("sales:product_edit", args=[product.pk])
        not in client.get(LIST).content.decode()
    )


def test_who_may_edit_products_says_what_clients_see(client, manager, product):
    client.force_login(manager)
    typed = {"name": "Site", "currency": "EUR", "state": "active", "description": "New"}
    client.post(reverse("sales:product_edit", args=[product.pk]), typed)
    product.refresh_from_db()
    assert (product.description, product.in_catalogue) == ("New", False)
    assert "Not in the catalogue" in client.get("/sales/products/").content.decode()


def test_the_list_costs_the_same_for_two_and_for_twenty(
    client, bd, django_assert_max_num_queries
):
    Product.objects.bulk_create(
        Product(code=f"a-b-{n}", name=f"P{n}") for n in range(60)
    )
    client.force_login(bd)
    client.get(LIST)
    with django_assert_max_num_queries(10):
        assert client.get(LIST).context["page"].next
