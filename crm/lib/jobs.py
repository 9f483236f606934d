"""Work that takes a while: a row with progress, and a nudge to the workers.

The row is the queue. A nudge only saves the wait until the next sweep, so a dead
broker delays work and never loses it.
"""

import logging
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError

from crm.celery import app

log = logging.getLogger(__name__)
SILENT = timedelta(seconds=60)  # a worker without a heartbeat for so long is gone
MAX_ATTEMPTS = 3
PAUSE = 5.0  # seconds in which this process does not try a dead broker again
_paused_until = 0.0


def nudge(task: str, *args: Any) -> bool:
    """Ask the workers to run `task` now; False, and a log line, if none can be asked.

    A page with a hundred rows must not wait for a dead broker a hundred times, so one
    failure is taken for an answer for a while.
    """
    global _paused_until  # what this process knows of its broker
    is_eager = settings.CELERY_TASK_ALWAYS_EAGER
    if time.monotonic() < _paused_until and not is_eager:
        return False
    try:
        if is_eager:
            if task not in app.tasks:
                app.loader.import_default_modules()  # a worker does so as it starts
            app.tasks[task].apply(args=args)
        else:
            app.send_task(task, args=args, retry=False)
    except (OperationalError, OSError) as error:
        log.warning(
            "broker not reached, %s%s waits for the sweep: %s", task, args, error
        )
        _paused_until = time.monotonic() + PAUSE
        return False
    return True


class JobQuerySet(models.QuerySet):
    def waiting(self) -> "JobQuerySet":
        """Jobs that no worker holds: queued, or running without a heartbeat."""
        silent = Q(state=Job.State.RUNNING, heartbeat__lt=timezone.now() - SILENT)
        return self.filter(Q(state=Job.State.QUEUED) | silent)

    def claim(self, pk: Any) -> bool:
        """Take the job for this worker; False if another has it or it is done."""
        taken = (
            self.waiting()
            .filter(pk=pk)
            .update(
                state=Job.State.RUNNING,
                heartbeat=timezone.now(),
                started=timezone.now(),
                attempts=F("attempts") + 1,
            )
        )
        return bool(taken)


class Job(models.Model):
    """A piece of background work with progress; concrete ones add what they work on."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        QUEUED = "queued", _("Waiting for a worker")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    state = models.CharField(
        max_length=10, choices=State, default=State.QUEUED, db_index=True
    )
    percent = models.PositiveSmallIntegerField(default=0)
    phase = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    @property
    def gave_up(self) -> bool:
        """True once it has been started so often that the work itself must be at fault."""
        return self.attempts > MAX_ATTEMPTS

    def advance(self, percent: int, phase: str = "") -> None:
        """Say how far it is and that the worker is alive."""
        self.percent, self.heartbeat = percent, timezone.now()
        self.phase = phase or self.phase
        self.save(update_fields=["percent", "phase", "heartbeat"])

    def complete(self) -> None:
        self.state, self.percent, self.finished = self.State.DONE, 100, timezone.now()
        self.save(update_fields=["state", "percent", "finished"])

    def fail(self, sentence: str) -> None:
        """End with a sentence that the person who started it understands."""
        self.state, self.error = self.State.FAILED, sentence
        self.finished = timezone.now()
        self.save(update_fields=["state", "error", "finished"])

    def cancel(self) -> None:
        if not self.is_over:
            self.state, self.finished = self.State.CANCELLED, timezone.now()
            self.save(update_fields=["state", "finished"])
