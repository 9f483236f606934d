"""The catalogue: what is shown to clients, found by category, brand and words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Contact
from sales.models import Product

pytestmark = pytest.mark.django_db
LIST = reverse("portal:catalogue")


def made(name, category="Web", brand="Own", **more):
    code = Product.code_of(category, brand, name)
    return Product.objects.create(
        code=code, name=name, category=category, brand=brand, **more
    )


def page_of(product):
    return reverse("portal:product", args=[product.pk])


@pytest.fixture
def reader(client, portal_reader):
    client.force_login(portal_reader)
    return client


def shown(browser, **asked):
    return [row.name for row in browser.get(LIST, asked).context["page"].rows]


def test_what_is_sold_stands_by_category_and_name(reader):
    made("Site", price=900), made("Audit", "Marketing"), made("App")
    assert shown(reader) == ["Audit", "App", "Site"]
    text = reader.get(LIST).content.decode()
    assert "€900" in text
    assert "Price on request" in text


@pytest.mark.parametrize("hidden", [{"state": "phased_out"}, {"in_catalogue": False}])
def test_what_is_not_shown_is_not_there(reader, hidden):
    product = made("Secret", **hidden)
    assert shown(reader) == []
    assert reader.get(page_of(product)).status_code == 404


def test_chips_count_what_the_other_filters_leave(reader):
    made("Site"), made("App", brand="Fen"), made("Audit", "Marketing", "Fen")
    page = reader.get(LIST, {"brand": "Fen"})
    counts = {c["label"]: c["count"] for c in page.context["categories"]["chips"]}
    assert counts == {"All categories": None, "Marketing": 1, "Web": 1}
    brands = {c["label"]: c["count"] for c in page.context["brands"]["chips"]}
    assert brands == {"All brands": None, "Fen": 2, "Own": 1}
    assert shown(reader, brand="Fen", category="Web") == ["App"]


def test_a_hidden_product_is_not_counted(reader):
    made("Site"), made("App"), made("Old", state="phased_out")
    made("Audit", "Marketing")
    chips = reader.get(LIST).context["categories"]["chips"]
    assert [c["count"] for c in chips] == [None, 2, 1]


def test_every_word_is_looked_for_in_all_a_client_can_read(reader):
    (
        made("Site", description="Up to five pages"),
        made("App", description="Five screens"),
    )
    assert shown(reader, q="five PAGES") == ["Site"]
    assert shown(reader, q="own web") == ["App", "Site"]
    assert shown(reader, q="nothing") == []


@pytest.mark.parametrize(
    "odd", [{"q": "\x00"}, {"category": "x" * 500}, {"after": "bad"}, {"brand": "%"}]
)
def test_odd_filters_are_no_error(reader, odd):
    made("Site")
    assert reader.get(LIST, odd).status_code == 200


def test_an_unknown_category_explains_itself(reader):
    made("Site")
    text = reader.get(LIST, {"category": "Nowhere"}).content.decode()
    assert "No product matches this" in text
    assert "Nowhere" in text


def test_the_next_page_goes_on_after_the_last(reader):
    Product.objects.bulk_create(
        Product(code=f"c{n}", name=f"P{n:02}", category="C") for n in range(30)
    )
    first = reader.get(LIST).context["page"]
    assert shown(reader, after=first.next) == [f"P{n}" for n in range(24, 30)]


def test_a_product_page_shows_what_clients_read(reader):
    text = reader.get(page_of(made("Site", description="Five pages"))).content.decode()
    assert "Five pages" in text
    assert "a colleague with the right to answer" in text


def test_a_login_without_a_client_sees_nothing(reader, product):
    Contact.objects.all().delete()
    assert shown(reader) == []
    assert reader.get(page_of(product)).status_code == 404


def test_a_trashed_client_sees_nothing(reader, product, customer, bd):
    customer.trash(by=bd)
    assert shown(reader) == []


def test_it_costs_the_same_for_two_and_for_fifty_products(reader):
    made("Site"), made("Audit", "Marketing", "Fen")
    reader.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        reader.get(LIST)
    Product.objects.bulk_create(
        Product(code=f"c{n}", name=f"P{n}", category=f"C{n}") for n in range(50)
    )
    with CaptureQueriesContext(connection) as many:
        reader.get(LIST)
    assert len(many) == len(few) <= 10
