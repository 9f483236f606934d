"""Answers to API requests that carried an Idempotency-Key."""

import json
from datetime import timedelta

from django.db import models
from django.utils import timezone

from accounts.models.people import User


class ReplayQuerySet(models.QuerySet):
    def outdated(self):
        """Answers that nobody will ask for again."""
        return self.filter(created__lt=timezone.now() - timedelta(days=Replay.DAYS))


class Replay(models.Model):
    """What was answered to a key, to be repeated; kept for a week."""

    DAYS = 7

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)  # SHA-256 of path and body
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ReplayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="replay_key_once")
        ]

    def __str__(self):
        return self.key

    @property
    def answer(self):
        return json.loads(self.body)
