"""Lists as files: what they hold, for whom, and that they come back as duplicates."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models import Client, Export, Medium
from accounts.places import place_for
from crm.lib.own_ids import own_id, own_pk
from leads.models import Lead
from leads.views.lists import lead_list
from sales.models import Product, Purchase

LEADS = reverse("leads:list")
CLIENTS = reverse("accounts:clients")


@pytest.fixture
def take(client):
    """The bytes of a list exported by somebody."""

    def call(person, url, kind="csv"):
        client.force_login(person)
        response = client.post(url, {"export": kind})
        assert f".{kind}" in response["Content-Disposition"]
        return b"".join(response.streaming_content)

    return call


@pytest.fixture
def make_leads(lead):
    """Copies of the lead, with other values; the lead itself is gone."""

    def call(n, **values):
        Lead.objects.filter(pk=lead.pk).delete()
        fields = ("owner", "department", "stage")
        same = {name: getattr(lead, name) for name in fields}
        Lead.objects.bulk_create(
            Lead(name=f"No {i}", **same, **values) for i in range(n)
        )

    return call


def records(raw):
    return list(csv.DictReader(StringIO(raw.decode("utf-8-sig"))))


def test_the_file_holds_the_whole_list_as_filtered_and_ordered(
    take, bd, far_lead, make_leads
):
    make_leads(55, value=7)
    make_leads(1, value=900)
    make_leads(2, value=1)
    rows = records(take(bd, f"{LEADS}?sort=value&value_min=5&after=x"))
    assert len(rows) == 56
    assert [row["value"] for row in rows[:2]] == ["900.00", "7.00"]


def test_only_what_one_may_see_leaves(take, bd, manager, lead, far_lead):
    assert [row["name"] for row in records(take(bd, LEADS))] == [lead.name]
    assert [row["name"] for row in records(take(manager, LEADS))] == [lead.name]


def test_no_cell_is_a_formula(take, bd, lead):
    Lead.objects.filter(pk=lead.pk).update(name="=HYPERLINK(1)", company="@x")
    (row,) = records(take(bd, LEADS))
    assert (row["name"], row["company"]) == ("'=HYPERLINK(1)", "'@x")
    sheet = CalamineWorkbook.from_filelike(BytesIO(take(bd, LEADS, "xlsx")))
    head, cells = sheet.get_sheet_by_index(0).to_python()
    assert cells[head.index("name")] == "'=HYPERLINK(1)"


def test_a_sheet_has_numbers_and_days(take, bd, lead, customer):
    today = timezone.localdate()
    Client.objects.filter(pk=customer.pk).update(signed_up=today)
    book = CalamineWorkbook.from_filelike(BytesIO(take(bd, LEADS, "xlsx")))
    head, cells = book.get_sheet_by_index(0).to_python()
    assert cells[head.index("value")] == 1200
    book = CalamineWorkbook.from_filelike(BytesIO(take(bd, CLIENTS, "xlsx")))
    head, cells = book.get_sheet_by_index(0).to_python()
    assert cells[head.index("signed_up")] == today


def test_an_export_is_noted_with_who_what_and_how_many(take, client, admin, bd, lead):
    take(bd, f"{LEADS}?state=all")
    noted = Export.objects.get()
    assert (noted.by, noted.what, noted.format, noted.rows) == (bd, "leads", "csv", 1)
    assert noted.finished
    client.force_login(admin)
    page = client.get(reverse("accounts:exports")).content.decode()
    assert "Ben Seller" in page
    assert f"{LEADS}?state=all" in page


@pytest.fixture
def _connection_stays():
    """A response that is closed closes the connection, which here is the database."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.mark.usefixtures("_connection_stays")
def test_an_export_that_is_broken_off_is_noted_as_such(rf, bd, make_leads):
    make_leads(1200)
    request = rf.post(LEADS, {"export": "csv"})
    request.user = bd
    response = lead_list(request)
    next(iter(response.streaming_content))
    response.close()
    noted = Export.objects.get()
    assert noted.finished is None
    assert 0 < noted.rows < 1200


def test_a_list_leaves_in_no_other_format(client, bd, lead):
    client.force_login(bd)
    response = client.post(LEADS, {"export": "exe"}, follow=True)
    assert "choose one of them" in response.content.decode()
    assert not Export.objects.exists()


def test_looking_at_the_list_takes_nothing_away(client, bd, lead):
    client.force_login(bd)
    page = client.get(f"{LEADS}?export=csv")
    assert page["Content-Type"].startswith("text/html")
    assert not Export.objects.exists()


@pytest.fixture
def purchase(customer):
    return customer.purchases.create(day="2025-03-04", cents=500)


@pytest.mark.parametrize(
    "name",
    [
        "leads:list",
        "tasks:list",
        "accounts:clients",
        "accounts:contacts",
        "sales:orders",
        "sales:products",
        "sales:quotations",
        "sales:invoices",
        "projects:list",
    ],
)
def test_every_list_has_a_file_in_few_queries(
    client, manager, request, name, django_assert_max_num_queries
):
    for row in (
        "lead",
        "task",
        "product",
        "quotation",
        "project",
        "invoice",
        "contact",
        "purchase",
    ):
        request.getfixturevalue(row)
    client.force_login(manager)
    query = {"tasks:list": "?who=all"}.get(name, "")
    with django_assert_max_num_queries(10):
        response = client.post(reverse(name) + query, {"export": "csv"})
        rows = records(b"".join(response.streaming_content))
    assert len(rows) == 1


def test_a_name_of_ours_is_known_again_and_no_other(db):
    name = own_id("leads", 12)
    assert own_pk("leads", name) == 12
    assert own_pk("clients", name) is None
    assert own_pk("leads", "#1001") is None
    assert own_pk("leads", name.replace("#12", "#13")) is None


@pytest.fixture
def back(take, tmp_path, capsys):
    """What an import command says of a list that was just exported."""

    def call(person, url, kind, file_kind):
        path = tmp_path / f"{kind}.{file_kind}"
        path.write_bytes(take(person, url, file_kind))
        call_command(f"import_{kind}", str(path))
        return capsys.readouterr().out

    return call


@pytest.fixture
def twins(bd, customer, setup_rows):
    """Leads and clients that nothing but our own name for them tells apart."""
    york = place_for("York", "", "United Kingdom")
    spot = place_for("", "", "", 53.9, -1.1)
    medium = Medium.objects.first()
    shared = {"owner": bd, "department": bd.department, "medium": medium}
    for place, phone in ((york, "+493012345678"), (spot, "+493012345679")):
        for phone_too in (phone, ""):
            reach = {"email": "Same@Mail.example", "phone": phone_too, "place": place}
            Client.objects.create(name="Twin", notes="-", **reach, **shared)
            Lead.objects.create(
                name="Twin", stage_id=1, value=Decimal("-5.50"), **reach, **shared
            )
    Client.objects.create(name="+Plus", external_id="007", birth_year=1980, **shared)
    odd = {
        "name": "Odd",
        "external_id": "8",
        "phone": "+33199000001",
    }  # cannot be dialled
    Client.objects.create(**odd, **shared)
    lead = Lead.objects.first()
    lead.win(by=bd)


@pytest.mark.parametrize("file_kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("url", "kind", "n"), [(f"{LEADS}?state=all", "leads", 4), (CLIENTS, "clients", 7)]
)
def test_an_exported_list_comes_back_unchanged(
    back, manager, twins, url, kind, n, file_kind
):
    said = back(manager, url, kind, file_kind)
    assert said == f"read {n}: created 0, updated 0, duplicate {n}, rejected 0\n"


@pytest.fixture
def orders(customer):
    mill = Product.objects.create(code="mill", name="Mill")

    def order(cents, *lines, **fields):
        row = Purchase.objects.create(
            client=customer, day="2025-03-04", cents=cents, **fields
        )
        for product, text, part in lines:
            row.lines.create(product=product, text=text, cents=part, quantity=2)

    order(500, (mill, "", 300), (None, "By hand", 200), order="A-1")
    order(595, (mill, "", 500), order="A-2")  # with tax, which is on no line
    order(-300)
    order(-300)
    order(800, (mill, "Big", 300), (mill, "Small", 500))
    return reverse("sales:purchases", args=[customer.pk])


def test_exported_purchases_come_back_unchanged(back, manager, orders):
    said = back(manager, orders, "purchases", "csv")
    assert said == "read 8: created 0, updated 0, duplicate 8, rejected 0\n"
    assert Purchase.objects.count() == 5
    assert Product.objects.count() == 1


def test_all_orders_leave_together_and_come_back(back, manager, orders, far_customer):
    far_customer.purchases.create(day="2025-01-01", cents=5)
    said = back(manager, reverse("sales:orders"), "purchases", "xlsx")
    assert said == "read 8: created 0, updated 0, duplicate 8, rejected 0\n"


def test_orders_are_found_by_number_and_client(client, manager, orders, customer):
    client.force_login(manager)
    found = [
        client.get(reverse("sales:orders"), {"q": words}).context["page"].count
        for words in ("A-1", customer.name, "nobody", "\x00")
    ]
    assert found == [1, 5, 0, 5]


def test_contacts_come_back_unchanged(back, client, manager, customer, far_contact):
    Client.objects.filter(pk=customer.pk).update(external_id="")
    customer.contacts.all().delete()
    for name, email in (("Ann", "Ann@Mill.example"), ("Ben", ""), ("Cy", "")):
        customer.contacts.create(name=name, email=email, position="Miller")
    said = back(manager, reverse("accounts:contacts"), "contacts", "csv")
    assert said == "read 3: created 0, updated 0, duplicate 3, rejected 0\n"
    page = client.get(reverse("accounts:contacts"), {"q": "ann"})
    assert page.context["page"].count == 1
