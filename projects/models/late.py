"""That people were told of a milestone that got late."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.models.milestones import Milestone


class LateNotice(models.Model):
    """One warning per milestone and planned day; a new day may be warned of anew."""

    milestone = models.ForeignKey(
        Milestone, models.CASCADE, related_name="late_notices"
    )
    planned_on = models.DateField(_("planned for"))
    told_client = models.BooleanField(_("the client was told"), default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "planned_on"], name="late_notice_once"
            )
        ]

    def __str__(self):
        return f"{self.milestone} ({self.planned_on})"
