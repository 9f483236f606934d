"""Visits, views and baskets from a file, each once."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from accounts.importing.headers import Unreadable
from accounts.tests.importing import do_import, outcomes, reasons
from crm.importers import guessed
from sales.importing.visits import VisitImporter
from sales.models import Product, ProductEvent

pytestmark = pytest.mark.usefixtures("setup_rows")
HEAD = "client,at,kind,product_code,url\n"
MAIL = "office@acorn.example"


def visits(path, text, **job):
    return do_import(VisitImporter, path, HEAD + text, **job)


@pytest.fixture
def known(customer, product):
    customer.external_id = "17850"
    customer.save(update_fields=["external_id"])
    return customer


def test_each_record_is_a_row(tmp_path, known, product):
    job = visits(
        tmp_path,
        "17850.0,2026-01-02T10:00:00Z,visit,,/\n"
        f"{MAIL.upper()},2026-01-02T10:01:00Z,page_view,{product.code},/site\n"
        "17850,2026-01-02T10:02:00Z,add to cart,Site,\n",
    )
    assert job.summary == "read 3: created 3, updated 0, duplicate 0, rejected 0"
    rows = ProductEvent.objects.order_by("at")
    assert [row.kind for row in rows] == ["visit", "view", "basket"]
    assert {row.client for row in rows} == {known}
    assert (rows[1].product, rows[1].url) == (product, "/site")
    assert rows[0].at == datetime(2026, 1, 2, 10, tzinfo=UTC)


def test_a_contacts_address_names_the_person(tmp_path, contact):
    visits(tmp_path, f"{contact.email},2026-01-02,visit,,\n")
    row = ProductEvent.objects.get()
    assert (row.contact, row.client) == (contact, contact.client)


def test_the_same_file_again_changes_nothing(tmp_path, known, product):
    text = f"17850,2026-01-02 10:00,view,{product.code},\n" * 2
    first = visits(tmp_path, text)
    assert reasons(first) == ["", "twice in the file"]
    assert reasons(visits(tmp_path, text)) == ["unchanged", "twice in the file"]
    assert ProductEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("nobody,2026-01-02,visit,,", "there is no client “nobody”"),
        (",2026-01-02,visit,,", "no client"),
        ("17850,,visit,,", "no date"),
        ("17850,soon,visit,,", "When: “soon” is not a date"),
        ("17850,2199-01-01,visit,,", "it lies in the future"),
        ("17850,2026-01-02,bought,,", "“bought” is none of visit, view and basket"),
        ("17850,2026-01-02,basket,,", "no product"),
    ],
)
def test_what_is_wrong_is_rejected_with_its_reason(tmp_path, known, record, reason):
    job = visits(tmp_path, record + "\n")
    assert (outcomes(job), reasons(job)) == (["rejected"], [reason])
    assert not ProductEvent.objects.exists()


def test_an_unknown_product_is_added_but_not_shown_to_clients(tmp_path, known):
    job = visits(tmp_path, "17850,2026-01-02,,X1,\n17850,2026-01-03,,x1,\n")
    assert outcomes(job) == ["created", "created"]
    product = Product.objects.get(code="X1")
    assert not product.in_catalogue
    assert ProductEvent.objects.filter(kind="view", product=product).count() == 2


def test_a_seller_adds_no_products(tmp_path, known, bd):
    job = visits(tmp_path, "17850,2026-01-02,view,X1,\n", by=bd)
    assert reasons(job) == ["there is no product “X1”"]
    assert not Product.objects.filter(code="X1").exists()


def test_a_colleagues_client_is_left_alone(tmp_path, known, far_bd):
    job = visits(tmp_path, "17850,2026-01-02,visit,,\n", by=far_bd)
    assert reasons(job) == ["already in a colleague's care"]
    assert not ProductEvent.objects.exists()


def test_a_trial_writes_nothing(tmp_path, known):
    job = visits(tmp_path, "17850,2026-01-02,view,X1,\n", trial=True)
    assert outcomes(job) == ["created"]
    assert not ProductEvent.objects.exists()


def test_a_mapping_without_a_client_is_told(tmp_path, known):
    with pytest.raises(Unreadable, match="Map columns to the client"):
        do_import(VisitImporter, tmp_path, "at\n2026-01-02\n", trial=True)


def test_the_command_ends_with_the_counts(tmp_path, known, capsys):
    path = tmp_path / "rows.csv"
    path.write_text(HEAD + "17850,2026-01-02,visit,,/\nnobody,2026-01-02,visit,,/\n")
    call_command("import_visits", str(path))
    said = capsys.readouterr()
    assert said.out == "read 2: created 1, updated 0, duplicate 0, rejected 1\n"
    assert "line 3: there is no client “nobody”" in said.err


class Table:
    """Columns of a file, as the page of imports looks at them."""

    def __init__(self, *columns):
        self.columns = columns


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        (("client", "at", "kind", "product_code", "url"), "visits"),
        (("timestamp", "visitorid", "event", "itemid"), "visits"),
        (("client", "date", "product", "price"), "purchases"),
        (("order", "client", "date", "amount"), "purchases"),
    ],
)
def test_the_kind_is_guessed_by_the_columns(columns, kind):
    points, _mappings = guessed(Table(*columns), [])
    assert max(points, key=points.get) == kind
