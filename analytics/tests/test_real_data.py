"""The analyses on real exports, where these lie beside the repository."""

import csv
from collections import Counter
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import Client
from analytics.models import Run
from leads.models import Lead

DATA = settings.BASE_DIR.parent / "shared" / "data"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="The real data is not beside the repository."
    ),
]


def load(kind, path, **columns):
    mapping = ",".join(f"{ours}={theirs}" for ours, theirs in columns.items())
    call_command(f"import_{kind}", str(path), "--map", mapping, stdout=StringIO())


def answer(kind, out, *args):
    call_command("analyse", kind, *args, "--out", str(out), stdout=StringIO())
    with out.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def some_rows(source, target, step):
    """Every step-th data row, so that the test stays quick."""
    with source.open(newline="", encoding="utf-8") as file:
        head, *rows = list(csv.reader(file))
    with target.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows[::step]])
    return target


def test_retail_purchases_give_six_classes_that_add_up(tmp_path):
    source = DATA / "uci_online_retail/online_retail_dev.csv"
    load(
        "purchases", some_rows(source, tmp_path / "part.csv", 40),
        client="CustomerID", order="InvoiceNo", date="InvoiceDate",
        quantity="Quantity", price="UnitPrice", country="Country",
    )  # fmt: skip
    rows = answer("segments", tmp_path / "o.csv", "--reference-date", "2011-12-10")
    assert len(rows) == Client.objects.count() > 200
    found = Counter(row["class"] for row in rows)
    assert {"high_value", "ordinary", "below_average", "new"} <= set(found)
    assert sum(found.values()) == sum(Run.objects.get().result["counts"].values())


def test_marketing_leads_give_groups_that_add_up(tmp_path):
    source = DATA / "olist_marketing_funnel/olist_marketing_qualified_leads_dataset.csv"
    load(
        "leads", some_rows(source, tmp_path / "part.csv", 10),
        external_id="mql_id", created="first_contact_date", medium="origin",
    )  # fmt: skip
    rows = answer("media", tmp_path / "o.csv")
    assert len(rows) == Lead.objects.count() == 800
    grouped = sum(1 for row in rows if row["group"])
    assert grouped == Lead.objects.exclude(media_group="").count() > 700


def test_customers_of_orders_give_location_clusters(tmp_path):
    source = DATA / "olist_orders_sample3k/olist_customers_dataset.csv"
    part = some_rows(source, tmp_path / "part.csv", 6)
    load(
        "clients", part, external_id="customer_id",
        city="customer_city", state="customer_state",
    )  # fmt: skip
    rows = answer("locations", tmp_path / "o.csv")
    placed = [row for row in rows if row["cluster_name"]]
    assert len(rows) == Client.objects.count() == 500
    assert len(placed) > 450
    assert len({row["cluster"] for row in placed}) == Run.objects.get().result["k"]
