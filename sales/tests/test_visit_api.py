"""Visits as another program tells and reads them."""

import pytest

from accounts.models import ApiToken
from sales.models import Product, ProductEvent

URL = "/api/v1/visits/"


@pytest.fixture
def call(client, bd):
    secret = ApiToken.make(bd, name="test", scope="write")[1]

    def send(method, data=None, **headers):
        headers = {"authorization": f"Token {secret}", **headers}
        verb = getattr(client, method)
        return verb(URL, data, content_type="application/json", headers=headers)

    return send


def told(customer, product, **more):
    known = {"client": customer.pk, "kind": "view", "product_code": product.code}
    return known | {"at": "2026-01-02T03:04:05Z", "url": "/site"} | more


def test_a_view_is_told_and_read(call, customer, product, far_visit):
    answer = call("post", told(customer, product))
    assert answer.status_code == 201
    [row] = call("get").json()["results"]
    assert row == answer.json()
    assert (row["product_code"], row["at"]) == (product.code, "2026-01-02T03:04:05Z")


def test_the_same_key_tells_it_once(call, customer, product):
    call("post", told(customer, product), **{"Idempotency-Key": "a"})
    call("post", told(customer, product), **{"Idempotency-Key": "a"})
    assert ProductEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"product_code": "nothing"}, "product_code"),
        ({"kind": "bought"}, "kind"),
        ({"at": "2199-01-01T00:00:00Z"}, "at"),
        ({"at": "soon"}, "at"),
        ({"client": "x"}, "client"),
        ({"url": "x" * 301}, "url"),
    ],
)
def test_what_is_wrong_is_named(call, customer, product, wrong, where):
    answer = call("post", told(customer, product, **wrong))
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [where]
    assert not ProductEvent.objects.exists()


def test_a_basket_needs_a_product(call, customer):
    answer = call("post", {"client": customer.pk, "kind": "basket"})
    assert answer.json()["errors"] == {
        "product_code": ["Say which product was looked at."]
    }


def test_a_foreign_client_does_not_exist(call, far_customer, product):
    answer = call("post", told(far_customer, product))
    assert list(answer.json()["errors"]) == ["client"]


@pytest.mark.parametrize("n", [2, 50])
def test_the_list_costs_the_same(call, customer, n, django_assert_max_num_queries):
    rows = Product.objects.bulk_create(Product(code=f"c{i}") for i in range(n))
    ProductEvent.objects.bulk_create(
        ProductEvent(client=customer, product=p, kind="view") for p in rows
    )
    call("get")
    with django_assert_max_num_queries(4):
        assert call("get").json()["results"][0]["product_code"]
