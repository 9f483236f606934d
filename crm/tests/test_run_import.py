"""Imports in the background: claimed once, resumed, never doubled, never lost."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.importing import run
from accounts.importing.people import PeopleImporter
from accounts.models import Import
from crm import importers, tasks
from crm.lib.jobs import MAX_ATTEMPTS
from leads.models import Lead
from notifications.models import Event
from sales.models import Purchase

pytestmark = pytest.mark.usefixtures("setup_rows")
TEXT = "external_id,email\nA,\nB,bad\nC,\nD,\nE,bad\nF,\n"
ALL = "read 6: created 4, updated 0, duplicate 0, rejected 2"


@pytest.fixture
def job(manager):
    def make(text=TEXT, kind="leads", **fields):
        columns = text.splitlines()[0].split(",")
        fields.setdefault("mapping", {column: column for column in columns})
        row = Import(kind=kind, name="rows.csv", by=manager, **fields)
        row.file.save("rows.csv", ContentFile(text.encode()))
        return row

    return make


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr("accounts.importing.base.BATCH", 2)
    monkeypatch.setattr("sales.importing.orders.BATCH", 2)


class Killed(BaseException):
    """What a worker that is shot feels: nothing is caught."""


def die_after_a_batch(row, monkeypatch):
    """Let the worker die while it writes its second batch."""
    real, batches = PeopleImporter.write, []

    def write(self, verdicts):
        real(self, verdicts)
        batches.append(verdicts)
        if len(batches) == 2:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(PeopleImporter, "write", write)
        with pytest.raises(Killed):
            tasks.run_import(row.pk)


def silence(row):
    Import.objects.filter(pk=row.pk).update(
        heartbeat=timezone.now() - timezone.timedelta(minutes=5)
    )


def test_it_runs_with_progress_counts_and_one_event(job, manager):
    row = job()
    tasks.run_import(row.pk)
    row.refresh_from_db()
    assert (row.state, row.percent, row.summary) == ("done", 100, ALL)
    assert Event.objects.get().kind == "import.done"
    assert manager.notifications.count() == 1


def test_a_killed_worker_is_followed_by_another_without_doubles(
    job, small_batches, monkeypatch
):
    row = job()
    die_after_a_batch(row, monkeypatch)
    assert Lead.objects.count() == 1
    silence(row)
    tasks.sweep()
    row.refresh_from_db()
    assert (row.summary, row.state, row.attempts) == (ALL, "done", 2)
    assert sorted(Lead.objects.values_list("external_id", flat=True)) == list("ACDF")
    assert row.errors.read().decode("utf-8-sig").count("is not an e-mail") == 2


def test_a_resumed_import_still_knows_what_came_before(job, small_batches, monkeypatch):
    row = job("external_id,name\nA,1\nB,1\nC,1\nA,2\n")
    die_after_a_batch(row, monkeypatch)
    silence(row)
    tasks.run_import(row.pk)
    row.refresh_from_db()
    assert (row.made, row.duplicate) == (3, 1)
    assert Lead.objects.get(external_id="A").name == "1"


def test_orders_are_resumed_whole(job, small_batches, monkeypatch):
    rows = [f"{n},7,2024-05-01,{p},1" for n in (1, 2, 3) for p in "ABC"]
    head = "order,client,date,product,price\n"
    row = job(head + "\n".join(rows) + "\n", kind="purchases")
    monkeypatch.setattr(importers, "SLICE", 0.000001)
    importers.run_import(row.pk)
    assert list(Purchase.objects.values_list("cents", flat=True)) == [300]
    monkeypatch.undo()
    tasks.run_import(row.pk)
    row.refresh_from_db()
    assert (row.made, Purchase.objects.count()) == (9, 3)


def test_a_long_import_makes_room_and_goes_on(
    job, small_batches, monkeypatch, django_capture_on_commit_callbacks
):
    row = job()
    monkeypatch.setattr(importers, "SLICE", 0.000001)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.run_import(row.pk)
    row.refresh_from_db()
    assert (row.state, row.summary) == ("done", ALL)


def test_two_workers_do_it_once(job):
    row = job()
    assert Import.objects.claim(row.pk)
    tasks.run_import(row.pk)
    assert not Lead.objects.exists()


def test_a_worker_that_was_overtaken_writes_nothing_more(job, small_batches):
    row = job()
    Import.objects.claim(row.pk)
    row.refresh_from_db()
    row.attempts += 1  # as the worker that took over wrote it
    with pytest.raises(run.Interrupted):
        run.carry_out(row, importers.IMPORTERS["leads"], row.file.path)
    assert not Lead.objects.exists()


def test_a_cancelled_import_stops(job):
    row = job()
    row.cancel()
    tasks.run_import(row.pk)
    assert not Lead.objects.exists()


def test_it_gives_up_after_some_attempts_with_a_sentence(job):
    row = job(attempts=MAX_ATTEMPTS)
    tasks.run_import(row.pk)
    row.refresh_from_db()
    assert (row.state, row.gave_up) == ("failed", True)
    assert row.error == (
        "It was started 3 times and never came to its end. Nothing was imported."
    )


def test_something_unexpected_is_logged_and_told_in_a_sentence(
    job, monkeypatch, caplog
):
    row = job()
    monkeypatch.setattr(PeopleImporter, "judge", lambda self, rows: 1 / 0)
    tasks.run_import(row.pk)
    row.refresh_from_db()
    assert row.state == "failed"
    assert row.error.startswith("Something unexpected went wrong")
    assert "ZeroDivisionError" in caplog.text


def test_an_unreadable_file_fails_with_its_sentence(job):
    row = job('external_id,email\nA,\nB,"open\n')
    tasks.run_import(row.pk)
    row.refresh_from_db()
    assert row.error.startswith("Line 3: a quotation mark is opened")
    assert not Lead.objects.exists()


def test_too_many_rows_are_refused(job, settings):
    settings.IMPORT_MAX_ROWS = 5
    row = job()
    tasks.run_import(row.pk)
    row.refresh_from_db()
    assert row.error.startswith("The file has 6 rows; 5 is the most")


def test_the_sweep_starts_what_a_dead_broker_left(job):
    row = job()
    tasks.sweep()
    row.refresh_from_db()
    assert row.state == "done"
