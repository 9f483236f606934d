"""`manage.py analyse`: answers on the screen and one row per record in a file."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Client
from analytics.models import Run
from analytics.tests.planted import DAY, client_of, lead_of, plant_buyers, plant_places

pytestmark = pytest.mark.django_db


def analyse(*args):
    out = StringIO()
    call_command("analyse", *args, "--reference-date", str(DAY), stdout=out)
    return out.getvalue()


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_segments_are_written_one_row_per_client(bd, tmp_path):
    plant_buyers(bd)
    plain = client_of(bd, "plain", external_id="")
    out = tmp_path / "classes.csv"
    text = analyse("segments", "--out", str(out))
    rows = {row["client"]: row for row in rows_of(out)}
    assert "12 of 41 clients are High value" in text
    assert len(rows) == Client.objects.count()
    assert list(rows["B01"].values())[:6] == [
        "B01", "ordinary", "average", "2500.05", "5", "2025-01-17"
    ]  # fmt: skip
    assert rows[f"#{plain.pk}"]["class"] == "negative"


def test_formulas_are_made_harmless(bd, tmp_path):
    plant_buyers(bd)
    client_of(bd, "=cmd", external_id="=cmd()")
    out = tmp_path / "classes.csv"
    analyse("segments", "--out", str(out))
    assert "'=cmd()" in {row["client"] for row in rows_of(out)}


def test_locations_are_written_one_row_per_record(bd, setup_rows, tmp_path):
    plant_places(bd)
    lead_of(bd, "L1")
    out = tmp_path / "places.csv"
    analyse("locations", "--out", str(out))
    rows = rows_of(out)
    assert list(rows[0]) == ["kind", "external_id", "cluster", "cluster_name"]
    assert rows[-1] == {
        "kind": "lead", "external_id": "L1", "cluster": "", "cluster_name": ""
    }  # fmt: skip
    assert {row["cluster"] for row in rows[:-1]} == {"0", "1", "2"}


def test_media_are_written_one_row_per_record(bd, setup_rows, tmp_path):
    for number in range(30):
        lead_of(bd, f"L{number}", medium="Fax", state="won")
    client_of(bd, "K1")
    out = tmp_path / "media.csv"
    analyse("media", "--out", str(out))
    rows = rows_of(out)
    assert list(rows[1].values()) == ["lead", "L0", "Fax", "0", "All alike", "Fax"]
    assert list(rows[0].values()) == ["client", "K1", "", "", "", "Fax"]
    assert len(rows) == 31


def test_too_little_data_is_printed_and_no_error(bd, tmp_path):
    out = tmp_path / "places.csv"
    client_of(bd, "K1")
    text = analyse("locations", "--out", str(out))
    assert "0 leads and clients have a place: at least 30 are needed." in text
    assert len(rows_of(out)) == 1


def test_all_runs_every_analysis(db):
    assert "media:" in analyse("all")
    assert set(Run.objects.values_list("kind", flat=True)) == set(Run.Kind.values)


def test_one_file_cannot_hold_all_analyses(db, tmp_path):
    with pytest.raises(CommandError, match="needs one analysis"):
        analyse("all", "--out", str(tmp_path / "x.csv"))
