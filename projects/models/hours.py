"""How long people worked for a project."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from crm.lib.errors import NotAllowedNow
from notifications.actions import record
from projects.models.milestones import Milestone
from projects.models.projects import Project

DAY = 24


class TimeEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of projects one may see; a client's people where the lead allows it."""
        rows = self.filter(project__in=Project.objects.visible_to(user))
        if user.role == User.Role.CLIENT:
            return rows.filter(project__show_budget=True)
        return rows

    def editable_by(self, user):
        """One's own, and all for who leads the project."""
        team = Project.objects.editable_by(user)
        led = Q(project__in=Project.objects.led_by(user))
        return self.filter(led | Q(by=user, project__in=team))

    def total(self):
        return self.aggregate(n=Sum("hours"))["n"] or Decimal(0)

    def by_milestone(self):
        """(milestone's name, whether the client sees it, hours), the whole project last."""
        rows = self.order_by().values_list(
            "milestone__name", "milestone__client_visible"
        )
        rows = rows.annotate(n=Sum("hours"))
        return rows.order_by(
            models.F("milestone__position").asc(nulls_last=True), "milestone"
        )


class TimeEntry(models.Model):
    project = models.ForeignKey(Project, models.CASCADE, related_name="hours")
    milestone = models.ForeignKey(
        Milestone, models.SET_NULL, null=True, blank=True, related_name="hours"
    )
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    day = models.DateField(_("day"), default=timezone.localdate)
    hours = models.DecimalField(
        _("hours"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(DAY)],
    )
    note = models.CharField(_("what was done"), max_length=200, blank=True)
    created = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords()

    PERSONAL = ("note",)
    EXPORT = ("day", "hours")

    objects = TimeEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name_plural = _("time entries")
        indexes = [models.Index(fields=["project", "-day"], name="hours_of_project")]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=DAY), name="hours_of_a_day"
            )
        ]

    def __str__(self):
        return f"{self.hours} h, {self.day}"

    @classmethod
    @transaction.atomic
    def log(cls, project, *, hours, day, by, milestone=None, note=""):
        """Write down how long somebody worked; a day has 24 hours."""
        User.objects.select_for_update().get(pk=by.pk)  # one's entries come in turn
        known = cls.objects.filter(by=by, day=day).total()
        if known + hours > DAY:
            text = _("With the {known} hours of that day this makes more than 24.")
            raise NotAllowedNow(text.format(known=f"{known:f}"), project)
        entry = cls.objects.create(
            project=project, hours=hours, day=day, by=by, milestone=milestone, note=note
        )
        text = _("{by} worked {hours} hours.")
        entry._say("logged", text, by)
        return entry

    @transaction.atomic
    def remove(self, *, by):
        """Take a wrong entry out; the history keeps it."""
        self._say("removed", _("{by} took {hours} logged hours out."), by)
        self.delete()

    def _say(self, verb, text, by):
        """On the timeline only: nobody's bell rings for an hour of work."""
        text = text.format(by=by, hours=f"{self.hours.normalize():f}")
        about = [self.milestone]
        record(f"hours.{verb}", self.project, by=by, text=text, about=about)
