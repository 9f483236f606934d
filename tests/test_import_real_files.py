"""Exports of other programs come in, or are refused in words; the counts add up."""

import csv
from pathlib import Path

import pytest
from django.core.files.base import File

from accounts.importing.reader import Unreadable
from accounts.importing.run import preview
from crm import importers

SHARED = Path(__file__).resolve().parents[2] / "shared/data"
FILES = [*SHARED.glob("crm_csv_exports/*.csv"), *SHARED.glob("vcards/*.vcf")]
pytestmark = pytest.mark.usefixtures("setup_rows")


def imported(path, by):
    """The file's preview and its import, as the browser does them."""
    with path.open("rb") as file:
        job = importers.draft(File(file, name=path.name), by)
    look = preview(job, importers.IMPORTERS[job.kind])
    job.start()
    importers.run_import(job.pk)
    job.refresh_from_db()
    return look, job


@pytest.mark.parametrize(
    "path", sorted(FILES) or [None], ids=lambda path: path.stem if path else "none"
)
def test_every_export_comes_in_or_is_refused_with_a_sentence(path, manager):
    if path is None:
        pytest.skip(f"the exports are not there: {SHARED}")
    look, job = imported(path, manager)
    if look.problem:
        assert job.error.startswith(look.problem)
        return
    assert job.state == "done", job.error
    assert job.made + job.updated + job.duplicate + job.rejected == job.read
    assert sum(look.counts.values()) == look.rows == job.read
    told = "".join(job.errors.read().decode("utf-8-sig")) if job.errors else ""
    assert len(list(csv.reader(told.splitlines(True)))) == bool(told) + job.rejected
    _look, again = imported(path, manager)
    assert (again.read, again.made, again.rejected) == (job.read, 0, job.rejected)


def test_tables_side_by_side_are_refused(manager):
    path = SHARED / "maven_crm_opportunities/data_dictionary.csv"
    if not path.exists():
        pytest.skip(f"the file is not there: {path}")
    with pytest.raises(Unreadable, match="Line 2: .* one table per file"):
        imported(path, manager)
