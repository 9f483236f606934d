"""A run from the wish to its end, whatever becomes of the worker."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analytics import actions, runs
from analytics.models import Run, Stopped
from analytics.tests.planted import DAY, analyse, client_of
from crm import tasks
from crm.lib.errors import NotAllowedNow
from crm.lib.jobs import MAX_ATTEMPTS

pytestmark = pytest.mark.django_db


def crash(run):
    raise RuntimeError("no such luck")


def test_a_request_queues_one_run_and_nudges_a_worker(
    manager, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        run = actions.request_run("media", by=manager)
    run.refresh_from_db()
    assert (run.state, run.by, run.origin) == ("done", manager, "page")


def test_a_second_request_finds_the_run_under_way(manager, bd):
    first = actions.request_run("media", by=manager)
    assert actions.request_run("media", by=bd) == first


def test_only_one_worker_gets_a_run():
    run = Run.objects.create(kind="media")
    assert [Run.objects.claim(run.pk), Run.objects.claim(run.pk)] == [True, False]


def test_the_sweep_takes_over_a_run_whose_worker_was_killed():
    long_ago = timezone.now() - timedelta(minutes=2)
    run = Run.objects.create(
        kind="media", state="running", attempts=1, heartbeat=long_ago, created=long_ago
    )
    tasks.sweep()
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 2)


def test_a_run_that_kills_every_worker_is_given_up_with_a_sentence():
    run = Run.objects.create(kind="media", attempts=MAX_ATTEMPTS)
    runs.work(run.pk)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "started 3 times and its worker stopped each time" in run.error


def test_a_failed_run_says_so_and_leaves_the_current_one(bd, monkeypatch):
    current = analyse("segments")
    monkeypatch.setitem(runs.METHODS, "segments", crash)
    run = runs.start(Run(kind="segments", reference_date=DAY))
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.error.startswith("The analysis stopped because of an error")
    assert Run.objects.current("segments") == current


def test_a_cancelled_run_stops_at_its_next_step_and_writes_nothing(bd):
    run = Run.objects.create(kind="media")
    Run.objects.claim(run.pk)
    run.refresh_from_db()
    actions.cancel_run(Run.objects.get(pk=run.pk))
    runs.carry_out(run)
    run.refresh_from_db()
    assert (run.state, run.figures.count()) == ("cancelled", 0)


def test_a_worker_that_lost_its_run_cannot_finish_it():
    run = Run.objects.create(kind="media")
    Run.objects.claim(run.pk)
    mine = Run.objects.get(pk=run.pk)
    Run.objects.filter(pk=run.pk).update(attempts=2)
    with pytest.raises(Stopped):
        mine.finish({})


def test_a_finished_run_cannot_be_cancelled(bd):
    with pytest.raises(NotAllowedNow):
        actions.cancel_run(analyse("media"))


def test_every_night_all_analyses_run_with_their_current_parameters(
    bd, django_capture_on_commit_callbacks
):
    client_of(bd, "one")
    analyse("locations", params={"k": 4})
    with django_capture_on_commit_callbacks(execute=True):
        tasks.nightly()
    night = Run.objects.filter(origin="nightly")
    assert {run.kind for run in night} == set(Run.Kind.values)
    assert night.get(kind="locations").params == {"k": 4}


def test_a_run_records_versions_seed_and_times(bd):
    run = analyse("media")
    assert {"numpy", "scipy", "scikit-learn"} <= set(run.versions)
    assert (run.seed, run.percent, run.origin) == (0, 100, "page")
    assert run.started <= run.finished
