"""What the demo world wrote, so that it can be taken out again."""

from django.db import models
from django.utils import timezone


class DemoWorld(models.Model):
    """One demo world: for each table the keys its rows have, [after, up to]."""

    loaded = models.DateTimeField(default=timezone.now)
    keys = models.JSONField(default=dict)

    def __str__(self):
        return f"{self.loaded:%Y-%m-%d}"
