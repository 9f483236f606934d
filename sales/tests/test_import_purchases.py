"""Purchases come in order by order."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.importing.notes import sentences
from accounts.models import Client
from accounts.tests.importing import do_import, outcomes, reasons
from sales.importing.products import ProductImporter
from sales.importing.purchases import PurchaseImporter
from sales.models import Product, Purchase, PurchaseLine

pytestmark = pytest.mark.usefixtures("setup_rows")
HEAD = "order,client,date,product,quantity,price\n"


@pytest.fixture
def purchases(tmp_path):
    return lambda text, **job: do_import(PurchaseImporter, tmp_path, text, **job)


@pytest.fixture
def products(tmp_path):
    return lambda text, **job: do_import(ProductImporter, tmp_path, text, **job)


def test_an_order_is_the_sum_of_its_lines(purchases):
    job = purchases(
        HEAD + "1,17850.0,2024-05-01,A,2,1.25\n1,17850.0,2024-05-01,B,-1,0.5\n"
    )
    order = Purchase.objects.select_related("client").get()
    assert job.summary == "read 2: created 2, updated 0, duplicate 0, rejected 0"
    assert (order.amount, order.day) == (Decimal("2.00"), date(2024, 5, 1))
    assert order.client.external_id == "17850"
    assert sorted(order.lines.values_list("product__code", "cents")) == [
        ("A", 250),
        ("B", -50),
    ]


def test_what_a_file_of_orders_names_is_not_shown_to_clients(purchases):
    purchases(HEAD + "1,7,2024-05-01,A,2,1.25\n")
    assert not Product.objects.get(code="A").in_catalogue


def test_a_second_import_changes_nothing(purchases):
    text = HEAD + "1,7,2024-05-01,A,2,1.25\n1,7,2024-05-01,A,2,1.25\n"
    purchases(text)
    assert outcomes(purchases(text)) == ["duplicate", "duplicate"]
    assert PurchaseLine.objects.count() == 2


def test_an_order_comes_in_again_as_a_whole(purchases):
    purchases(HEAD + "1,7,2024-05-01,A,2,1\n1,7,2024-05-01,B,1,1\n")
    job = purchases(HEAD + "1,7,2024-05-01,A,5,1\n")
    assert (outcomes(job), Purchase.objects.get().cents) == (["updated"], 500)
    assert PurchaseLine.objects.get().quantity == 5


def test_files_in_turn_are_joined_on_the_order(purchases):
    purchases("order,client,date\n1,7,2024-05-01\n2,8,2024-05-02\n")
    job = purchases("order,product,price\n1,A,3\n1,B,4\n9,A,1\n")
    assert outcomes(job) == ["updated", "updated", "rejected"]
    assert reasons(job)[2] == "the file names no client, and order 9 is not known"
    purchases("order,client,date\n1,7,2024-05-01\n2,8,2024-05-02\n")
    assert Purchase.objects.get(order="1").cents == 700
    purchases("order,amount\n1,9\n")
    assert Purchase.objects.get(order="1").lines.count() == 2


def test_records_of_an_order_need_not_stand_together(purchases, monkeypatch):
    monkeypatch.setattr("sales.importing.orders.BATCH", 1)
    rows = ["1,7,2024-05-01,A,1,1", "2,8,2024-05-01,A,1,1", "1,7,2024-05-01,B,1,2"]
    job = purchases(HEAD + "\n".join(rows) + "\n")
    assert (job.made, Purchase.objects.get(order="1").cents) == (3, 300)


def test_clients_are_made_from_purchases(purchases, bd):
    purchases(
        "client,client_name,city,country,birth_year,date,amount\n"
        "7,Ann,Berlin,Germany,1980,2024-05-03,1\n7,,,,,2024-05-01,2\n",
        by=bd,
    )
    client = Client.objects.select_related("place").get()
    assert (client.name, client.place.city, client.owner) == ("Ann", "Berlin", bd)
    assert (client.birth_year, client.signed_up) == (1980, date(2024, 5, 1))
    assert Client.history.filter(history_user=bd).exists()


def test_the_first_purchase_is_the_sign_up_across_batches(purchases, monkeypatch):
    monkeypatch.setattr("sales.importing.orders.BATCH", 1)
    purchases("client,date,amount\n7,2024-05-03,1\n7,2024-05-01,1\n")
    assert Client.objects.get().signed_up == date(2024, 5, 1)


def test_a_client_is_found_by_mail(purchases, customer, bd):
    mail = customer.email.upper()
    purchases(f"client,date,amount\n{mail},2024-05-03,1\nnew@x.example,2024-05-03,1\n")
    assert customer.purchases.count() == 1
    assert Client.objects.get(email="new@x.example").external_id == ""


def test_records_without_an_order_are_purchases_of_their_own(purchases):
    row = "7,2024-05-01,A,1\n"
    text = "client,date,product,amount\n" + row + row + "7,2024-05-01,B,1\n"
    assert outcomes(purchases(text)) == ["created"] * 3
    assert outcomes(purchases(text + row)) == ["duplicate"] * 3 + ["created"]
    assert Purchase.objects.count() == 4


def test_a_colleagues_client_stays_alone(purchases, far_customer, bd):
    job = purchases(f"client,date,amount\n{far_customer.email},2024-05-03,1\n", by=bd)
    assert outcomes(job) == ["duplicate"]
    assert reasons(job) == ["already in a colleague's care"]
    assert not Purchase.objects.exists()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,,2024-05-01,A,1,1", "no client"),
        ("1,7,,A,1,1", "no date"),
        ("1,7,2024-05-01,A,1,", "neither an amount nor a price"),
        ("1,7,2024-05-01,A,many,1", "Quantity: “many” is not an amount"),
        ("1,7,soon,A,1,1", "Date: “soon” is not a date"),
        ("1,7@,2024-05-01,A,1,1", "Client (external id or e-mail): “7@” is not"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_its_reason(purchases, row, reason):
    job = purchases(HEAD + row + "\n")
    assert (outcomes(job), Purchase.objects.count()) == (["rejected"], 0)
    assert reasons(job)[0].startswith(reason)


def test_one_wrong_record_rejects_its_whole_order(purchases):
    job = purchases(HEAD + "1,7,2024-05-01,A,1,1\n1,7,soon,B,1,1\n")
    assert outcomes(job) == ["rejected", "rejected"]
    assert reasons(job)[0] == "line 3 of the same order is wrong"


def test_an_order_cannot_change_its_client(purchases):
    purchases(HEAD + "1,7,2024-05-01,A,1,1\n")
    job = purchases(HEAD + "1,8,2024-05-01,A,1,1\n")
    assert reasons(job) == ["order 1 belongs to another client"]


def test_one_order_has_one_client_and_one_currency(purchases):
    head = "order,client,date,amount,currency\n"
    rows = "1,7,2024-05-01,1,EUR\n1,8,2024-05-01,1,EUR\n"
    mixed = "2,7,2024-05-01,1,EUR\n2,7,2024-05-01,1,USD\n"
    job = purchases(head + rows + mixed)
    assert reasons(job)[::2] == [
        "one order of several clients",
        "one order in several currencies",
    ]


def test_minor_units_follow_the_currency(purchases):
    purchases("client,date,amount,currency\n7,2024-05-01,1200,JPY\n")
    assert (Purchase.objects.get().cents, Purchase.objects.get().amount) == (1200, 1200)


def test_a_product_code_holds_category_and_brand(purchases):
    text = "client,date,amount,product,category,brand\n7,2024-05-01,1,Pen,Office,Acme\n"
    purchases(text)
    product = Product.objects.get()
    assert (product.code, product.name) == ("Office-Acme-Pen", "Pen")
    assert outcomes(purchases(text)) == ["duplicate"]


def test_a_business_developer_adds_no_product(purchases, bd):
    job = purchases(HEAD + "1,7,2024-05-01,Pen,1,1\n", by=bd)
    assert not Product.objects.exists()
    assert PurchaseLine.objects.get().text == "Pen"
    assert "Product “Pen” is unmatched: 1 row." in list(sentences(job.notes))
    assert outcomes(purchases(HEAD + "1,7,2024-05-01,Pen,1,1\n", by=bd)) == [
        "duplicate"
    ]


def test_a_mapping_that_can_make_nothing_is_refused(purchases):
    with pytest.raises(Exception, match="Map a column to the order"):
        purchases("client,amount\n7,1\n")


def test_products_come_in_and_again(products):
    text = "code,name,category,price\nA,Pen,Office,2.5\nB,Ink,Office,x\nA,Pen,,\n"
    assert outcomes(products(text)) == ["created", "rejected", "duplicate"]
    assert Product.objects.get().price == Decimal("2.50")
    job = products("code,name,price\nA,Pen,3\n")
    assert (outcomes(job), Product.objects.get().price) == (["updated"], 3)
