"""Importing a few lines of text in a test."""

from django.utils import timezone

from accounts.importing.reader import open_table
from accounts.importing.run import carry_out
from accounts.models import Import


def do_import(importer, path, text, *, by=None, owner=None, trial=False, **job):
    """Import CSV text whose headers are our fields; the job, with `.verdicts`."""
    path = path / "rows.csv"
    path.write_text(text, encoding="utf-8")
    columns = open_table(path).columns
    job.setdefault("mapping", {column: column for column in columns})
    row = Import(
        kind=importer.kind,
        name="rows.csv",
        by=by,
        owner=owner,
        state=Import.State.RUNNING,
        attempts=1,
        heartbeat=timezone.now(),
        **job,
    )
    row.is_trial, row.verdicts = trial, []
    if not trial:
        row.save()
    carry_out(row, importer, path, seen=row.verdicts.extend)
    return row


def outcomes(job):
    return [verdict.outcome for verdict in job.verdicts]


def reasons(job):
    return [verdict.reason for verdict in job.verdicts]
