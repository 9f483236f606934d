"""What clients look at is noted by a worker, once an hour, and shown to who sells."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Contact
from sales.looking import note
from sales.models import Product, ProductEvent
from sales.panels import looked_at

pytestmark = pytest.mark.django_db
LIST = reverse("portal:catalogue")


def page_of(product):
    return reverse("portal:product", args=[product.pk])


@pytest.fixture
def look(client, django_capture_on_commit_callbacks):
    """look(user, path): open the page, and let the worker do what it is asked to."""

    def opened(user, path):
        client.force_login(user)
        with django_capture_on_commit_callbacks(execute=True):
            return client.get(path)

    return opened


def kinds():
    return sorted(ProductEvent.objects.values_list("kind", flat=True))


def test_a_visit_and_a_view_are_noted(look, portal_reader, product, customer):
    look(portal_reader, LIST)
    look(portal_reader, page_of(product))
    assert kinds() == ["view", "visit"]
    view = ProductEvent.objects.get(kind="view")
    assert (view.client, view.contact.user) == (customer, portal_reader)
    assert view.product == product


def test_once_an_hour_for_each_contact(look, portal_reader, portal_owner, product):
    with time_machine.travel("2026-03-02T10:01:00Z", tick=False) as clock:
        look(portal_reader, page_of(product)), look(portal_reader, page_of(product))
        look(portal_owner, page_of(product))
        assert kinds() == ["view", "view"]
        clock.shift(timedelta(hours=1))
        look(portal_reader, page_of(product))
    assert kinds() == ["view"] * 3


def test_the_page_itself_writes_nothing(client, portal_reader, product):
    client.force_login(portal_reader)
    client.get(page_of(product))
    with CaptureQueriesContext(connection) as asked:
        client.get(page_of(product))
    assert not [q for q in asked if not q["sql"].startswith("SELECT")]


def test_who_sees_the_pages_as_a_client_leaves_no_trace(
    look, client, admin, portal_owner, product, django_capture_on_commit_callbacks
):
    client.force_login(admin)
    client.post(reverse("accounts:view_as", args=[portal_owner.pk]))
    with django_capture_on_commit_callbacks(execute=True):
        assert product.name in client.get(page_of(product)).content.decode()
    assert kinds() == []


def test_a_hidden_product_is_not_noted(look, portal_reader, product):
    Product.objects.update(in_catalogue=False)
    assert look(portal_reader, page_of(product)).status_code == 404
    assert kinds() == []


def test_who_or_what_went_meanwhile_is_not_noted(portal_reader, product):
    at = timezone.now().isoformat()
    contact = Contact.objects.get(user=portal_reader)
    note("view", contact.pk + 99, product.pk, at)
    note("view", contact.pk, product.pk + 99, at)
    assert kinds() == []


def test_the_card_of_the_client_page_shows_each_product_once(
    look, client, portal_owner, product, customer, bd
):
    look(portal_owner, page_of(product))
    client.post(reverse("portal:basket_put", args=[product.pk]), {"quantity": "1"})
    client.force_login(bd)
    where = reverse("sales:looks", args=[customer.pk])
    assert where in client.get(customer.get_absolute_url()).content.decode()
    card = client.get(where, headers={"HX-Request": "true"})
    [shown] = card.context["looks"]
    assert (shown.product, shown.kind) == (product, "basket")
    assert "<html" not in card.content.decode()


def test_the_whole_list_stands_on_a_page_of_its_own(
    look, client, portal_owner, product, customer, bd
):
    look(portal_owner, LIST)
    look(portal_owner, page_of(product))
    client.force_login(bd)
    page = client.get(reverse("sales:looks", args=[customer.pk]))
    assert {row.kind for row in page.context["page"].rows} == {"visit", "view"}
    assert "Petra Owner" in page.content.decode()


def test_others_see_none_of_it(
    look, portal_owner, portal_reader, foreign_portal, product, customer, other_bd
):
    """Oneself finds it in one's own data; a colleague of the same firm does not."""
    look(portal_owner, page_of(product))
    assert looked_at(other_bd, customer)[1]["last"] == []
    assert ProductEvent.objects.visible_to(portal_owner).exists()
    assert not ProductEvent.objects.visible_to(portal_reader).exists()
    assert not ProductEvent.objects.visible_to(foreign_portal).exists()


def seen(customer, n):
    rows = Product.objects.bulk_create(
        Product(code=f"c{n}-{i}", name=f"P{i}") for i in range(n)
    )
    ProductEvent.objects.bulk_create(
        ProductEvent(client=customer, product=p, kind="view") for p in rows
    )


def test_the_card_costs_one_query(bd, customer, django_assert_num_queries):
    seen(customer, 50)
    with django_assert_num_queries(1):
        _name, context = looked_at(bd, customer)
        assert [look.product.category for look in context["looks"]] == [""] * 5


def test_the_list_costs_the_same_for_two_and_for_fifty(client, bd, customer):
    client.force_login(bd)
    where = reverse("sales:looks", args=[customer.pk])
    seen(customer, 2), client.get(where)
    with CaptureQueriesContext(connection) as few:
        client.get(where)
    seen(customer, 48)
    with CaptureQueriesContext(connection) as many:
        client.get(where)
    assert len(many) == len(few) <= 10
