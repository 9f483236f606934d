"""Carry out runs: gather → choose → run → validate, then store and publish at once.

Only tasks and commands import this (scikit-learn comes with it).
"""

import logging
import platform
import threading
from collections.abc import Callable
from contextlib import contextmanager

import numpy
import scipy
import sklearn
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics import actions, runs_locations, runs_media, runs_segments
from analytics.mining.tree import TooManyRounds
from analytics.models import Run, Stopped
from analytics.outcome import Outcome
from crm.lib.jobs import Job

log = logging.getLogger(__name__)
BEAT_SECONDS = 15
METHODS: dict[str, Callable[[Run], Outcome]] = {
    Run.Kind.LOCATIONS: runs_locations.find,
    Run.Kind.MEDIA: runs_media.find,
    Run.Kind.SEGMENTS: runs_segments.find,
}


def work(pk: int) -> None:
    """Take a queued or abandoned run and carry it out; nothing if another has it."""
    if not Run.objects.claim(pk):
        return
    run = Run.objects.get(pk=pk)
    if run.gave_up:
        run.fail(
            _(
                "The analysis was started {n} times and its worker stopped each time. "
                "It was given up; the figures of the last run stay."
            ).format(n=run.attempts - 1)
        )
        return
    carry_out(run)


def start(run: Run) -> Run:
    """Save a new run as taken by this process and carry it out (for commands)."""
    run.state, run.attempts = Job.State.RUNNING, 1
    run.started = run.heartbeat = timezone.now()
    run.save()
    carry_out(run)
    return run


def carry_out(run: Run) -> None:
    """Do the work of a claimed run; whatever happens, it ends with a sentence."""
    try:
        with heartbeat(run):
            outcome = METHODS[run.kind](run)
            run.advance(90, _("Writing the results"))
            store(run, outcome)
    except Stopped:
        log.info("%s %s was stopped from elsewhere", run.kind, run.pk)
    except TooManyRounds:
        log.exception("%s %s met a chain of points", run.kind, run.pk)
        fail(run, _("The points form one long chain and cannot be grouped."))
    except Exception:
        log.exception("%s %s failed", run.kind, run.pk)
        fail(
            run,
            _(
                "The analysis stopped because of an error that was written to the log. "
                "The figures of the last run stay."
            ),
        )


def fail(run: Run, sentence: str) -> None:
    try:
        run.fail(sentence)
    except (Stopped, DatabaseError):  # cancelled meanwhile; or the sweep will find it
        log.warning("%s %s could not be marked as failed", run.kind, run.pk)


def store(run: Run, outcome: Outcome) -> None:
    """Write figures, groups and members, end the run and push its labels: all or none."""
    with transaction.atomic():
        for rows in (outcome.groups, outcome.figures, outcome.members):
            for row in rows:
                row.run = run
            if rows:
                type(rows[0]).objects.bulk_create(rows, batch_size=1000)
        run.rows_read, run.left_out = outcome.rows_read, outcome.left_out
        run.currency, run.versions = outcome.currency, versions()
        run.quality, run.result = outcome.quality, outcome.result
        run.finish(outcome.arrays)
        actions.publish(run)


def versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    }


@contextmanager
def heartbeat(run: Run):
    """Say every 15 s that the worker lives, also during a long computation."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT_SECONDS):
            mine = Run.objects.filter(pk=run.pk, attempts=run.attempts)
            try:
                mine.filter(state=Job.State.RUNNING).update(heartbeat=timezone.now())
            except DatabaseError as error:
                log.warning("no heartbeat of run %s: %s", run.pk, error)
            finally:
                connection.close()

    thread = threading.Thread(target=beat, name=f"run-{run.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
