"""Runs of an analysis and what they found; never changed once finished."""

import io
from datetime import date, timedelta

import numpy as np
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, Department, Medium, Place, User
from crm.lib.jobs import Job, JobQuerySet
from crm.lib.money import show, to_decimal
from leads.models import Stage


def tomorrow() -> date:
    """The reference date of "now": windows end before it, so that today counts."""
    return timezone.localdate() + timedelta(days=1)


class Stopped(Exception):  # noqa: N818 - not an error: somebody wanted it so
    """The run was cancelled, or another worker took it over: stop without a word."""


class RunQuerySet(JobQuerySet):
    def visible_to(self, user):
        """Reports are for sellers; the figures inside pass the gate on their own."""
        return self if user.is_seller else self.none()

    def editable_by(self, user):
        return (
            self if user.role in (User.Role.ADMIN, User.Role.MANAGER) else self.none()
        )

    def current(self, kind):
        """The newest finished run of a kind, or None; its arrays are read when used."""
        done = self.filter(kind=kind, state=Job.State.DONE).defer("arrays")
        return done.order_by("-finished", "-pk").first()

    def under_way(self, kind):
        """The run of a kind that waits or works, or None."""
        states = (Job.State.QUEUED, Job.State.RUNNING)
        return self.filter(kind=kind, state__in=states).defer("arrays").first()


class Run(Job):
    """One analysis: what went in, how it was done, how good it is (ANALYTICS §0)."""

    class Kind(models.TextChoices):
        LOCATIONS = "locations", _("Location clusters")
        MEDIA = "media", _("Media groups")
        SEGMENTS = "segments", _("Value classes")

    kind = models.CharField(max_length=20, choices=Kind)
    params = models.JSONField(default=dict, blank=True)
    seed = models.PositiveIntegerField(default=0)
    reference_date = models.DateField(default=tomorrow)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    origin = models.CharField(max_length=20, default="page")  # page, nightly, command
    rows_read = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list, blank=True)  # [{"reason": …, "rows": n}]
    currency = models.CharField(max_length=3, blank=True)  # the one amounts are in
    versions = models.JSONField(default=dict, blank=True)
    quality = models.JSONField(default=dict, blank=True)
    result = models.JSONField(
        default=dict, blank=True
    )  # small things: centres, names, k
    arrays = models.BinaryField(null=True, blank=True)  # NPZ: merge matrix, points, ids

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        indexes = [
            models.Index(fields=["kind", "state", "-finished"], name="run_current")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.created:%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        return reverse("analytics:run", args=[self.pk])

    @property
    def is_thin(self) -> bool:
        """Done, but there was too little data to say anything."""
        return "lack" in self.result

    def load(self) -> dict[str, np.ndarray]:
        """The stored arrays by name."""
        if not self.arrays:
            return {}
        with np.load(io.BytesIO(bytes(self.arrays)), allow_pickle=False) as file:
            return dict(file)

    def advance(self, percent: int, phase: str = "") -> None:
        """Say how far it is; Stopped when this worker no longer holds the run."""
        self.percent, self.phase = percent, str(phase or self.phase)
        self._still_mine(
            percent=self.percent, phase=self.phase, heartbeat=timezone.now()
        )

    def finish(self, arrays: dict[str, np.ndarray]) -> None:
        """Write the answer and be done; Stopped when this worker lost the run."""
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)
        self.state, self.percent, self.phase = Job.State.DONE, 100, ""
        self.finished, self.arrays = timezone.now(), buffer.getvalue()
        names = (
            "state percent phase finished arrays rows_read left_out currency versions "
            "quality result"
        )
        self._still_mine(**{name: getattr(self, name) for name in names.split()})

    def fail(self, sentence: str) -> None:
        """End with a sentence; the current run stays the current one."""
        self.state, self.error, self.finished = (
            Job.State.FAILED,
            str(sentence),
            timezone.now(),
        )
        self._still_mine(state=self.state, error=self.error, finished=self.finished)

    def _still_mine(self, **changes) -> None:
        """Change the row if it still runs in this very attempt."""
        held = Run.objects.filter(
            pk=self.pk, state=Job.State.RUNNING, attempts=self.attempts
        )
        if not held.update(**changes):
            raise Stopped


class FigureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sums over these rows are the user's own figures."""
        if user.role == User.Role.ADMIN:
            return self
        if user.role == User.Role.MANAGER:
            return self.filter(department=user.department_id)
        if user.role == User.Role.BD:
            return self.filter(owner=user)
        return self.none()


class Figure(models.Model):
    """Counts and sums of a run per place, medium or class × owner × currency.

    Kept so fine that the gate and the slider of a report are plain sums.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="figures")
    place = models.ForeignKey(
        Place, models.CASCADE, null=True, blank=True, related_name="+"
    )
    medium = models.ForeignKey(
        Medium, models.CASCADE, null=True, blank=True, related_name="+"
    )
    value_class = models.CharField(max_length=20, blank=True)
    owner = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="+"
    )
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, blank=True, related_name="+"
    )
    currency = models.CharField(max_length=3, blank=True)
    clients = models.PositiveIntegerField(default=0)
    leads = models.PositiveIntegerField(default=0)
    won = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0)
    purchases = models.PositiveIntegerField(default=0)
    repeats = models.PositiveIntegerField(default=0)  # won leads that bought again
    cents = models.BigIntegerField(default=0)  # purchases less refunds
    won_cents = models.BigIntegerField(default=0)  # values of the won leads
    won_days = models.PositiveIntegerField(default=0)  # from first contact, summed
    sent = models.PositiveIntegerField(default=0)  # outgoing contacts
    answered = models.PositiveIntegerField(default=0)
    waits = models.JSONField(default=list, blank=True)  # answers per bucket of hours

    objects = FigureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["run", "owner"], name="figure_of_owner"),
            models.Index(fields=["run", "department"], name="figure_of_department"),
        ]

    def __str__(self):
        return f"{self.run_id}: {self.place or self.medium or self.value_class}"


class Group(models.Model):
    """A cluster or group that a run found, with its stable name and colour."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()  # 0 is the largest, or the best
    name = models.CharField(max_length=120)
    tone = models.CharField(max_length=2, default="1")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    radius_km = models.FloatField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="group_number_once")
        ]

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        return (
            self.filter(client__in=Client.objects.visible_to(user))
            if user.is_seller
            else self.none()
        )


class Membership(models.Model):
    """The value class of a client in a run, with the numbers behind it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="memberships")
    client = models.ForeignKey(Client, models.CASCADE, related_name="memberships")
    value_class = models.CharField(max_length=20, choices=Client.ValueClass)
    cluster = models.CharField(max_length=10, blank=True)  # high, average, low or blank
    cents = models.BigIntegerField(default=0)  # over the last year
    currency = models.CharField(max_length=3, blank=True)
    purchases = models.PositiveIntegerField(default=0)
    signed_up = models.DateField(null=True, blank=True)
    estimated = models.BooleanField(default=False)  # signed_up is the first purchase
    reason = models.TextField(blank=True)

    MERGE = {"client": "drop"}
    EXPORT = ()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "client"], name="membership_once")
        ]
        indexes = [models.Index(fields=["run", "value_class"], name="membership_class")]

    def __str__(self):
        return f"{self.client}: {self.get_value_class_display()}"

    @property
    def money(self):
        return show(to_decimal(self.cents, self.currency), self.currency)


class StageRate(models.Model):
    """How many leads that ever reached a stage were won or lost by now, per owner.

    Counted anew every night. Without a stage: every closed lead, also those of which
    no stage is known.
    """

    stage = models.ForeignKey(Stage, models.CASCADE, null=True, related_name="+")
    owner = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, related_name="+"
    )
    won = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.stage or '–'}: {self.won}/{self.won + self.lost}"


class Forecast(models.Model):
    """What was expected of a month at its beginning, per owner and currency; kept."""

    month = models.DateField(_("month"))  # its first day
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, related_name="+"
    )
    currency = models.CharField(_("currency"), max_length=3)
    leads = models.PositiveIntegerField(_("leads"), default=0)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    weighted = models.DecimalField(_("weighted"), max_digits=16, decimal_places=2)
    made = models.DateTimeField(_("made"), default=timezone.now)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "pk"]
        indexes = [
            models.Index(fields=["month"], name="forecast_month"),
            models.Index(fields=["owner", "month"], name="forecast_of_owner"),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}: {show(self.weighted, self.currency)}"
