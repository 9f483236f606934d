"""The basket: filled, changed and emptied by a client's owner, one for each login."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Contact
from sales.models import BasketLine, Product, ProductEvent

pytestmark = pytest.mark.django_db
BASKET = reverse("portal:basket")
ODD = ["0", "-1", "1e9", "1000000000", "abc", "", "1.5", "10000"]


def url(verb, row):
    return reverse(f"portal:basket_{verb}", args=[row.pk])


@pytest.fixture
def owner(client, portal_owner):
    client.force_login(portal_owner)
    return client


def others(n, **more):
    return Product.objects.bulk_create(
        Product(code=f"x{i}", name=f"X{i}", **more) for i in range(n)
    )


def test_a_product_is_put_in_with_its_quantity(owner, product, portal_owner, customer):
    assert owner.post(url("put", product), {"quantity": "3"}).url == BASKET
    line = BasketLine.objects.get()
    assert (line.contact.user, line.quantity) == (portal_owner, 3)
    event = ProductEvent.objects.get()
    assert (event.kind, event.product, event.client) == ("basket", product, customer)
    assert "€2,700" in owner.get(BASKET).content.decode()


def test_putting_it_in_again_says_how_many_and_adds_no_line(owner, product):
    owner.post(url("put", product), {"quantity": "3"})
    owner.post(url("put", product), {"quantity": "5"})
    assert BasketLine.objects.get().quantity == 5
    assert ProductEvent.objects.count() == 1


def test_the_quantity_is_changed(owner, basket_line):
    assert owner.post(url("change", basket_line), {"quantity": "9999"}).url == BASKET
    assert BasketLine.objects.get().quantity == 9999


def test_it_is_taken_out(owner, basket_line):
    assert owner.post(url("remove", basket_line)).url == BASKET
    assert not BasketLine.objects.exists()
    assert "Your basket is empty" in owner.get(BASKET).content.decode()


def test_two_currencies_are_never_added(owner, basket_line):
    [dollar] = others(1, price=300, currency="USD")
    owner.post(url("put", dollar), {"quantity": "1"})
    page = owner.get(BASKET)
    assert page.context["sums"] == [("EUR", "€1,800"), ("USD", "$300")]
    assert "Together in USD" in page.content.decode()


def test_what_has_no_price_is_on_request(owner):
    [free] = others(1)
    owner.post(url("put", free), {"quantity": "1"})
    page = owner.get(BASKET)
    assert page.context["sums"] == []
    assert "Price on request" in page.content.decode()


def test_a_reader_looks_but_gets_403(client, portal_reader, product):
    client.force_login(portal_reader)
    assert client.post(url("put", product), {"quantity": "1"}).status_code == 403
    assert "You may look at the catalogue" in client.get(BASKET).content.decode()
    assert not BasketLine.objects.exists()


def test_a_colleague_has_a_basket_of_their_own(client, customer, basket_line):
    Contact.objects.update(right="owner")
    other = Contact.objects.create(client=customer, name="Nora", right="owner")
    other.user = basket_line.contact.user
    Contact.objects.filter(pk=basket_line.contact_id).update(user=None)
    other.save(update_fields=["user"])
    client.force_login(other.user)
    assert client.post(url("remove", basket_line)).status_code == 404


@pytest.mark.parametrize("verb", ["change", "remove"])
def test_a_foreign_line_is_not_there(owner, far_basket_line, verb):
    answer = owner.post(url(verb, far_basket_line), {"quantity": "5"})
    assert answer.status_code == 404
    assert BasketLine.objects.get().quantity == 2


@pytest.mark.parametrize("hidden", [{"state": "phased_out"}, {"in_catalogue": False}])
def test_a_hidden_product_cannot_be_put_in(owner, product, hidden):
    Product.objects.update(**hidden)
    assert owner.post(url("put", product), {"quantity": "1"}).status_code == 404


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_quantity_is_shown_again_with_a_sentence(owner, product, odd):
    answer = owner.post(url("put", product), {"quantity": odd})
    assert answer.status_code == 422
    assert "Write a whole number from 1 to 9,999." in answer.content.decode()
    assert not BasketLine.objects.exists()


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_change_keeps_what_was_there(owner, basket_line, odd):
    answer = owner.post(url("change", basket_line), {"quantity": odd})
    assert answer.status_code == 422
    assert "Write a whole number from 1 to 9,999." in answer.content.decode()
    assert BasketLine.objects.get().quantity == 2


def test_a_full_basket_says_so(owner, portal_owner, product):
    contact = Contact.objects.get(user=portal_owner)
    BasketLine.objects.bulk_create(
        BasketLine(contact=contact, product=p, quantity=1) for p in others(50)
    )
    page = owner.post(url("put", product), {"quantity": "1"}, follow=True)
    assert "A basket holds 50 products" in page.content.decode()
    assert BasketLine.objects.count() == 50


def test_nothing_is_changed_by_looking(owner, product, basket_line):
    assert owner.get(url("put", product)).status_code == 405
    assert owner.get(url("change", basket_line)).status_code == 405
    assert owner.get(url("remove", basket_line)).status_code == 405


def test_it_costs_the_same_for_one_and_for_fifty_lines(owner, basket_line):
    owner.get(BASKET)
    with CaptureQueriesContext(connection) as few:
        owner.get(BASKET)
    BasketLine.objects.bulk_create(
        BasketLine(contact=basket_line.contact, product=p, quantity=1)
        for p in others(49)
    )
    with CaptureQueriesContext(connection) as many:
        owner.get(BASKET)
    assert len(many) == len(few) <= 10
