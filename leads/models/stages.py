"""The steps on the way to winning."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StageQuerySet(models.QuerySet):
    def current(self):
        """The stages to choose from; no secret to anybody, so no gate."""
        return self.order_by("position", "pk")

    def open(self):
        return self.filter(kind=Stage.Kind.OPEN)


class Stage(models.Model):
    """A step on the way to winning; an admin edits the list."""

    class Kind(models.TextChoices):
        OPEN = "open", _("Open")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")

    name = models.CharField(_("name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.OPEN)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    tone = models.CharField(
        max_length=2, default="1"
    )  # its colour, the same everywhere

    objects = StageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    @classmethod
    def first_of(cls, kind):
        return cls.objects.filter(kind=kind).order_by("position", "pk").first()
