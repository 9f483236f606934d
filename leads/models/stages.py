"""The steps on the way to winning, and the reasons why a lead is lost."""

from django.core.cache import cache
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from crm.lib.errors import NotAllowedNow


class StageInUse(NotAllowedNow):
    def __init__(self, stage):
        text = _("There are leads in {stage}: move them to another stage first.")
        super().__init__(text.format(stage=stage))


class LastOfItsKind(NotAllowedNow):
    def __init__(self, stage):
        text = _("{stage} is the last stage of its kind; rename it instead.")
        super().__init__(text.format(stage=stage))


class StageQuerySet(models.QuerySet):
    def current(self):
        """The stages to choose from; no secret to anybody, so no gate."""
        return self.order_by("position", "pk")

    def open(self):
        return self.filter(kind=Stage.Kind.OPEN)

    def on_the_way(self):
        """Those that lead to a win, in their order: what is won comes last."""
        ahead = self.exclude(kind=Stage.Kind.LOST)
        return ahead.order_by("kind", "position", "pk")  # "open" stands before "won"


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
        _("colour"), max_length=2, default="1"
    )  # its colour, the same everywhere

    # Written by analytics.forecasting: from coming into the stage to a win, on average.
    days_to_win = models.PositiveSmallIntegerField(default=30, editable=False)

    objects = StageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    @classmethod
    def first_of(cls, kind):
        return cls.objects.filter(kind=kind).order_by("position", "pk").first()

    @property
    def is_fixed(self):
        """Whether its kind must stay: leads keep it beside the stage, in or out of the trash."""
        return self.is_last or self.leads.exists()

    @property
    def is_last(self):
        return not Stage.objects.filter(kind=self.kind).exclude(pk=self.pk).exists()

    @transaction.atomic
    def remove(self):
        """Take the stage out of the list; none of a kind's last, none with leads in it."""
        list(Stage.objects.select_for_update())  # two admins at once leave one
        if self.is_last:
            raise LastOfItsKind(self)
        try:
            self.delete()
        except models.ProtectedError:
            raise StageInUse(self) from None


class LostReasonQuerySet(models.QuerySet):
    def current(self):
        """The reasons to choose from; no secret to anybody, so no gate."""
        return self.order_by("position", "name")


class LostReason(models.Model):
    """A reason that is proposed when a lead is lost; leads keep the words themselves."""

    KEY = "lost-reasons"  # of the cache

    name = models.CharField(_("reason"), max_length=200, unique=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    objects = LostReasonQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    @classmethod
    def names(cls):
        """What is proposed, from the cache for a minute."""
        rows = cls.objects.current().values_list("name", flat=True)
        return cache.get_or_set(cls.KEY, lambda: list(rows), 60)
