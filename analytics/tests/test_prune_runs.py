"""Old runs are deleted every night; the newest of each kind stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analytics.actions import prune_runs
from analytics.models import Figure, Run
from crm.tasks import nightly

pytestmark = pytest.mark.django_db


def runs(number, kind="media", state="done"):
    """That many runs, the first the newest."""
    now = timezone.now()
    return Run.objects.bulk_create(
        Run(kind=kind, state=state, finished=now - timedelta(days=n))
        for n in range(number)
    )


def test_the_ten_newest_of_each_kind_stay():
    media, places = runs(12), runs(11, "locations")
    assert prune_runs() == 3
    assert set(Run.objects.all()) == {*media[:10], *places[:10]}


def test_failures_do_not_push_out_what_finished():
    done = runs(2)
    Run.objects.update(finished=timezone.now() - timedelta(days=90))
    runs(12, state="failed")
    prune_runs()
    assert set(Run.objects.filter(state="done")) == set(done)
    assert Run.objects.filter(state="failed").count() == 10


def test_what_waits_or_works_is_left_alone():
    runs(12, state="queued")
    assert prune_runs() == 0


def test_the_figures_of_a_pruned_run_go_with_it():
    oldest = runs(11)[-1]
    Figure.objects.create(run=oldest, clients=1)
    prune_runs()
    assert not Figure.objects.exists()


def test_the_night_does_it():
    oldest = runs(11)[-1]
    nightly()
    assert not Run.objects.filter(pk=oldest.pk).exists()
