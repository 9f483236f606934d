"""Answers to API requests that carried an Idempotency-Key."""

import json

from django.db import models
from django.utils import timezone

from accounts.models.people import User


class Replay(models.Model):
    """What was answered to a key, to be repeated; kept for a week."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)  # SHA-256 of path and body
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="replay_key_once")
        ]

    def __str__(self):
        return self.key

    @property
    def answer(self):
        return json.loads(self.body)
