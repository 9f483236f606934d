"""Steps of a project, with the days they are planned for."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.models import HistoricalRecords

from accounts.models import User
from crm.lib.errors import NotAllowedNow
from projects.models.projects import OPEN_MILESTONE, Project


class MilestoneQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(project__in=Project.objects.visible_to(user))
        return (
            rows.filter(client_visible=True) if user.role == User.Role.CLIENT else rows
        )

    def editable_by(self, user):
        return self.filter(project__in=Project.objects.editable_by(user))

    def answerable_by(self, user):
        """Those a client's owner may approve; a reader only reads."""
        if user.role != User.Role.CLIENT:
            return self.none()
        return self.visible_to(user).filter(
            project__client__contacts__user=user,
            project__client__contacts__right="owner",
        )

    def waiting(self):
        """Those the client is asked to approve."""
        return self.filter(approval=Milestone.Approval.ASKED)

    def late(self):
        """Open ones whose day has passed."""
        return self.open().filter(planned_on__lt=timezone.localdate())

    def open(self):
        return self.filter(state__in=OPEN_MILESTONE)

    def done(self):
        return self.filter(state=Milestone.State.DONE)


class MilestoneClosed(NotAllowedNow):
    def __init__(self, milestone):
        text = _("{milestone} is {state}.")
        super().__init__(
            text.format(
                milestone=milestone, state=milestone.get_state_display().lower()
            ),
            milestone.project,
        )


class Milestone(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ACTIVE = "active", _("In progress")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    class Approval(models.TextChoices):
        ASKED = "asked", _("Waits for the client's approval")
        APPROVED = "approved", _("Approved by the client")
        RETURNED = "returned", _("Sent back by the client")

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    name = models.CharField(_("name"), max_length=120)
    text = models.TextField(_("what is delivered"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.PLANNED
    )
    percent = models.PositiveSmallIntegerField(_("done in per cent"), default=0)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    client_visible = models.BooleanField(_("show in the customer area"), default=True)
    asks_approval = models.BooleanField(
        _("the client approves it when it is done"), default=False
    )
    approval = models.CharField(
        max_length=10, choices=Approval, blank=True, editable=False
    )
    position = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    EXPORT = ("name", "text", "state", "percent", "planned_on", "done_on")

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["state", "planned_on"], name="milestone_late")]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lte=100), name="milestone_percent"
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{self.project.get_absolute_url()}#milestone-{self.pk}"

    @property
    def is_open(self):
        return self.state in OPEN_MILESTONE

    @property
    def is_late(self):
        passed = self.planned_on and self.planned_on < timezone.localdate()
        return bool(self.is_open and passed)

    @property
    def days_late(self):
        """Days since the planned one: still open, or until it was done."""
        if not self.planned_on:
            return 0
        if self.done_on:
            return max((self.done_on - self.planned_on).days, 0)
        return (timezone.localdate() - self.planned_on).days if self.is_late else 0

    @property
    def lateness(self):
        """The lateness in words, "" when there is none."""
        days = self.days_late
        if not days:
            return ""
        if self.is_open:
            return ngettext("{n} day late", "{n} days late", days).format(n=days)
        text = ngettext("done {n} day late", "done {n} days late", days)
        return text.format(n=days)

    def locked(self):
        return Milestone.objects.select_for_update().get(pk=self.pk)

    @transaction.atomic
    def start(self, *, by):
        """Begin work; the project is in progress from its first milestone on."""
        if self.locked().state != self.State.PLANNED:
            raise MilestoneClosed(self)
        self.state = self.State.ACTIVE
        self.save(update_fields=["state"])
        self._record(
            "milestone.started",
            by,
            _("Work on {milestone} has begun.").format(milestone=self),
        )
        if self.project.state == Project.State.PLANNED:
            self.project.enter(Project.State.ACTIVE, by=by)

    @transaction.atomic
    def finish(self, *, by):
        """Mark as done today; the client and the account manager are told."""
        self._must_be_open()
        self.state, self.percent = self.State.DONE, 100
        self.done_on = timezone.localdate()
        asks = self.asks_approval and self.client_visible
        self.approval = self.Approval.ASKED if asks else ""
        self.save(update_fields=["state", "percent", "done_on", "approval"])
        self._record(
            "milestone.done", by, _("{milestone} is done.").format(milestone=self)
        )

    @transaction.atomic
    def reopen(self, *, by):
        """Take "done" or "cancelled" back; a finished project is in progress again."""
        if self.locked().state not in (self.State.DONE, self.State.CANCELLED):
            raise MilestoneClosed(self)
        self._open_again(approval="")
        self._record(
            "milestone.reopened",
            by,
            _("{milestone} is open again.").format(milestone=self),
        )
        if self.project.state == Project.State.DONE:
            self.project.enter(Project.State.ACTIVE, by=by)

    @transaction.atomic
    def approve(self, *, by):
        """The client agrees with what was delivered."""
        self._must_be_asked()
        self.approval = self.Approval.APPROVED
        self.save(update_fields=["approval"])
        text = _("{by} approved {milestone}.")
        self._record("milestone.approved", by, text.format(by=by, milestone=self))

    @transaction.atomic
    def send_back(self, *, text, by):
        """The client wants it changed: it is open again, and the team told why."""
        self._must_be_asked()
        self._open_again(approval=self.Approval.RETURNED)
        said = _("{by} sent {milestone} back: {text}")
        self._record(
            "milestone.returned", by, said.format(by=by, milestone=self, text=text)
        )

    @transaction.atomic
    def progress(self, percent, *, by):
        """Say how much is done; the first per cent starts it, all of it finishes it."""
        fresh = self._must_be_open()
        if percent >= 100:
            self.finish(by=by)
            return
        if percent and fresh.state == self.State.PLANNED:
            self.start(by=by)
        self.percent = percent
        self.save(update_fields=["percent"])
        text = _("{milestone} is {percent}% done.").format(
            milestone=self, percent=percent
        )
        self._record("milestone.progressed", by, text)

    @transaction.atomic
    def cancel(self, *, by):
        """Leave it out of the project; `reopen` takes it back."""
        self._must_be_open()
        self.state = self.State.CANCELLED
        self.save(update_fields=["state"])
        text = _("{milestone} is no longer part of the project.")
        self._record("milestone.cancelled", by, text.format(milestone=self))

    @transaction.atomic
    def replan(self, planned_on, *, by):
        """Move the date; the timeline keeps the old one."""
        before = self._must_be_open().planned_on
        self.project.must_not_precede(planned_on)
        self.planned_on = planned_on
        self.save(update_fields=["planned_on"])
        text = _("{milestone} moved from {before} to {after}.").format(
            milestone=self, before=_day(before), after=_day(planned_on)
        )
        self._record("milestone.replanned", by, text)

    @transaction.atomic
    def edit(self, *, name, text, client_visible, asks_approval, by):
        """Say anew what is delivered, and whether the client sees and approves it."""
        self.name, self.text = name, text
        self.client_visible, self.asks_approval = client_visible, asks_approval
        self.save(update_fields=["name", "text", "client_visible", "asks_approval"])
        said = _("{by} changed what {milestone} delivers.")
        self._record("milestone.edited", by, said.format(by=by, milestone=self))

    def _open_again(self, *, approval):
        self.state, self.done_on = self.State.ACTIVE, None
        self.percent, self.approval = min(self.percent, 90), approval
        self.save(update_fields=["state", "done_on", "percent", "approval"])

    def _must_be_asked(self):
        if self.locked().approval != self.Approval.ASKED:
            text = _("{milestone} does not wait for an approval any more.")
            raise NotAllowedNow(text.format(milestone=self), self.project)

    def _must_be_open(self):
        fresh = self.locked()
        if not fresh.is_open:
            raise MilestoneClosed(fresh)
        return fresh

    def _record(self, kind, by, text):
        self.project.record(
            kind, by=by, text=text, client_visible=self.client_visible, about=[self]
        )


def _day(day):
    return date_format(day, "j M Y") if day else _("no date")
