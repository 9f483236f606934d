"""What somebody has to do by a day: for a lead, a client, or a row of a higher app."""

from datetime import time, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Client, Department, User
from crm.lib.access import sees
from crm.lib.clock import instant, next_monday, today_in, zone_of
from crm.lib.errors import NotAllowedNow
from leads.models.leads import Lead
from notifications.actions import record
from notifications.models import EventTopic

MORNING, NIGHT = time(9), time(23, 59, 59)
A_DAY = 24 * 60  # minutes


class TaskDone(NotAllowedNow):
    def __init__(self, task):
        super().__init__(_("“{task}” is done already.").format(task=task), task)


class TaskOpen(NotAllowedNow):
    def __init__(self, task):
        super().__init__(_("“{task}” is open already.").format(task=task), task)


class NotTheirs(NotAllowedNow):
    def __init__(self, user, subject, row=None):
        text = _("{user} may not see {subject}, so the task cannot be theirs.")
        super().__init__(text.format(user=user, subject=subject), row or subject)


def attachments():
    """Relations by which higher apps say what a task is about: accessor, column, model.

    A model says so itself: it has a one-to-one to Task, and TASK_SUBJECT names the
    column with the row.
    """
    for relation in Task._meta.related_objects:
        name = getattr(relation.related_model, "TASK_SUBJECT", "")
        if name:
            column = relation.related_model._meta.get_field(name)
            yield relation.get_accessor_name(), name, column.related_model


class TaskQuerySet(models.QuerySet):
    def visible_to(self, user, *, trashed=False):
        """Tasks about what this user may see; those about nothing, with their people."""
        rows = self.filter(trashed__isnull=not trashed)
        if user.role == User.Role.ADMIN:
            rows = rows.filter(lead__trashed__isnull=True, client__trashed__isnull=True)
            for accessor, name, model in attachments():
                there = sees(user, **{f"{accessor}__{name}": model})
                rows = rows.filter(Q(**{f"{accessor}__isnull": True}) | there)
            return rows
        if user.role == User.Role.CLIENT:
            return rows.none()
        own = Q(owner=user) | Q(by=user)
        if user.role == User.Role.MANAGER and user.department_id:
            own |= Q(department=user.department_id)
        own &= Q(lead__isnull=True, client__isnull=True)
        seen = sees(user, lead=Lead, client=Client)
        for accessor, name, model in attachments():
            own &= Q(**{f"{accessor}__isnull": True})
            seen |= sees(user, **{f"{accessor}__{name}": model})
        return rows.filter(own | seen)

    editable_by = visible_to

    def about(self, row):
        """Those about one row; a client's include those about its leads."""
        if isinstance(row, Lead):
            return self.filter(lead=row)
        if isinstance(row, Client):
            # Two walks along an index; an OR over two tables would read all tasks.
            own = Task.objects.filter(client=row).order_by().values("pk")
            ours = Task.objects.filter(lead__client=row).order_by().values("pk")
            return self.filter(pk__in=own.union(ours))
        found = [
            {f"{accessor}__{name}": row}
            for accessor, name, model in attachments()
            if isinstance(row, model)
        ]
        return self.filter(**found[0])

    def found(self, words):
        """Tasks whose title holds every one of the words."""
        rows = self
        for word in words.split():
            rows = rows.filter(title__icontains=word)
        return rows

    def alive(self):
        return self.filter(trashed__isnull=True)

    def open(self):
        return self.filter(done__isnull=True)

    def finished(self):
        return self.filter(done__isnull=False)

    def overdue(self):
        return self.open().filter(due__lt=timezone.now())

    def until(self, moment):
        return self.open().filter(due__lte=moment)

    def to_remind(self):
        """Open ones whose reminder is due and was not given."""
        waiting = self.alive().open().filter(reminded__isnull=True)
        return waiting.filter(remind_at__lte=timezone.now())

    def with_names(self):
        higher = [f"{accessor}__{name}" for accessor, name, _model in attachments()]
        return self.select_related("owner", "by", "lead", "client", *higher)


class Task(models.Model):
    """Something to do by a day, in the care of one person."""

    class Remind(models.IntegerChoices):
        NEVER = -1, _("No reminder")
        AT = 0, _("When it is due")
        QUARTER = 15, _("15 minutes before")
        HOUR = 60, _("An hour before")
        DAY = A_DAY, _("A day before")
        WEEK = 7 * A_DAY, _("A week before")

    title = models.CharField(_("what to do"), max_length=200)
    text = models.TextField(_("details"), blank=True)
    lead = models.ForeignKey(
        Lead, models.CASCADE, null=True, blank=True, related_name="tasks"
    )
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="tasks"
    )
    # What people mean is the day and the clock where the owner is; `due` and `remind_at`
    # are the instants that follow, and follow anew when owner, zone or day change.
    due_on = models.DateField(_("due on"))
    due_at = models.TimeField(_("at"), null=True, blank=True)
    due = models.DateTimeField(editable=False)
    remind = models.SmallIntegerField(_("reminder"), choices=Remind, default=Remind.AT)
    remind_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded = models.DateTimeField(null=True, blank=True, editable=False)
    zone = models.CharField(max_length=60, blank=True, editable=False)
    owner = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        related_name="tasks",
        verbose_name=_("who does it"),
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    done = models.DateTimeField(null=True, blank=True, editable=False)
    trashed = models.DateTimeField(null=True, blank=True, editable=False)
    history = HistoricalRecords(excluded_fields=["remind_at", "reminded", "zone"])

    MERGE = {"client": "move"}
    PERSONAL = ("title", "text")
    EXPORT = ()
    PLAN = ("due_on", "due_at", "remind", "due", "remind_at", "reminded", "zone")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        indexes = [
            models.Index(
                fields=["owner", "due", "id"],
                name="task_of_owner",
                condition=Q(done__isnull=True, trashed__isnull=True),
            ),
            models.Index(fields=["department", "due", "id"], name="task_of_department"),
            models.Index(
                fields=["due", "id"],
                name="task_open",
                condition=Q(done__isnull=True, trashed__isnull=True),
            ),
            models.Index(
                fields=["remind_at"],
                name="task_to_remind",
                condition=Q(
                    done__isnull=True, trashed__isnull=True, reminded__isnull=True
                ),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=True) | Q(client__isnull=True),
                name="task_about_one_row",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("tasks:edit", args=[self.pk])

    @property
    def is_open(self):
        return self.done is None

    @property
    def is_overdue(self):
        return self.is_open and self.due < timezone.now()

    @property
    def subject(self):
        """What it is about: its lead or client, or what a higher app attached."""
        if self.lead_id or self.client_id:
            return self.lead or self.client
        for accessor, name, _model in attachments():
            link = getattr(self, accessor, None)
            if link is not None:
                return getattr(link, name)
        return None

    @property
    def due_text(self):
        """The day and the time as its owner's clock shows it."""
        day = date_format(self.due_on, "j M Y")
        if self.due_at is None:
            return day
        return f"{day} {time_format(self.due_at, 'H:i')}"

    def locked(self):
        return Task.objects.select_for_update().get(pk=self.pk)

    def schedule(self, *, even_if_past=False):
        """Set the instants that follow from day, clock, reminder and the owner's zone."""
        self.zone = self.owner.zone if self.owner else ""
        self.department = self.owner.department if self.owner else self.department
        self.due = instant(self.due_on, self.due_at or NIGHT, zone_of(self.zone))
        self.reminded, self.remind_at = None, None
        moment = self._reminder_moment()
        # Nobody is reminded of what has passed: `too_late` says so to who typed it.
        if moment and (even_if_past or moment > timezone.now()):
            self.remind_at = moment

    def _reminder_moment(self):
        """When its owner wants to be reminded; None for never."""
        if self.remind == self.Remind.NEVER:
            return None
        zone = zone_of(self.owner.zone if self.owner else "")
        days, minutes = divmod(self.remind, A_DAY)
        day = self.due_on - timedelta(days=days)
        moment = instant(day, self.due_at or MORNING, zone)
        return moment - timedelta(minutes=minutes)

    @property
    def too_late(self):
        """Why its owner will not be reminded as wished; blank where they will."""
        moment = self._reminder_moment()
        if moment is None or moment > timezone.now():
            return ""
        zone = zone_of(self.owner.zone if self.owner else "")
        when = date_format(moment.astimezone(zone), "j M Y, H:i")
        return _("Too late for that reminder, which was for {when}.").format(when=when)

    def refuses_reminder(self):
        """What to choose instead of a time ahead that has passed; blank if it has not.

        Without a time ahead the task is noted all the same: it is due today or late.
        """
        if self.remind <= self.Remind.AT or not self.too_late:
            return ""
        return f"{self.too_late} {_('Choose a later day or a shorter time ahead.')}"

    @transaction.atomic
    def edit(self, *, by, **values):
        """Write what was typed anew; a new day or reminder counts from now."""
        before = self.locked()
        changed = [
            name for name, value in values.items() if getattr(before, name) != value
        ]
        for name, value in values.items():
            setattr(self, name, value)
        if not changed:
            return
        if set(changed) & {"due_on", "due_at", "remind"}:
            self.schedule()
            changed = [*changed, *self.PLAN, "department"]
        self.save(update_fields=list(dict.fromkeys(changed)))
        text = _("{by} changed the task “{task}”.").format(by=by, task=self)
        self._record("task.edited", by, text)

    @transaction.atomic
    def postpone(self, due_on, *, by):
        """Move it to another day, at the same time of day."""
        self._must_be_open()
        self.due_on = due_on
        self.schedule()
        self.save(update_fields=[*self.PLAN, "department"])
        text = _("{by} moved the task “{task}” to {day}.")
        text = text.format(by=by, task=self, day=date_format(due_on, "j M Y"))
        self._record("task.postponed", by, text)

    def postpone_to(self, wish):
        """The day meant by "tomorrow" and "next_week" where its owner is."""
        today = today_in(zone_of(self.zone))
        return next_monday(today) if wish == "next_week" else today + timedelta(days=1)

    @transaction.atomic
    def delegate(self, owner, *, by):
        """Give it to somebody who may see what it is about; both are told."""
        self._must_be_open()
        subject = self.subject
        if subject is not None and not subject.seen_by().filter(pk=owner.pk).exists():
            raise NotTheirs(owner, subject, self)
        before, self.owner = self.owner, owner
        if before == owner:
            return
        self.schedule()
        self.save(update_fields=["owner", "department", *self.PLAN])
        text = _("{by} gave the task “{task}” to {owner}.")
        text = text.format(by=by, task=self, owner=owner)
        self._record("task.delegated", by, text, tell=[before, owner])

    @transaction.atomic
    def finish(self, *, by):
        """Tick it off; who gave it is told."""
        self._must_be_open()
        self.done = timezone.now()
        self.save(update_fields=["done"])
        text = _("{by} did “{task}”.").format(by=by, task=self)
        told = [self.owner, self.by, self.given_by()]
        self._record("task.done", by, text, tell=told)

    def given_by(self):
        """Who handed it to its owner, if somebody did."""
        handed = EventTopic.objects.about(self).filter(event__kind="task.delegated")
        last = handed.first()
        return last and last.event.actor

    @transaction.atomic
    def reopen(self, *, by):
        """Put it back on the list."""
        if self.locked().is_open:
            raise TaskOpen(self)
        self.done = None
        self.save(update_fields=["done"])
        text = _("{by} opened the task “{task}” again.").format(by=by, task=self)
        self._record("task.reopened", by, text)

    @transaction.atomic
    def trash(self, *, by):
        """Put it away for 30 days; nobody is reminded of it."""
        self.trashed = timezone.now()
        self.save(update_fields=["trashed"])
        text = _("{by} moved the task “{task}” to the trash.").format(by=by, task=self)
        self._record("task.trashed", by, text)

    @transaction.atomic
    def restore(self, *, by):
        self.trashed = None
        self.save(update_fields=["trashed"])
        text = _("{by} took the task “{task}” out of the trash.")
        self._record("task.restored", by, text.format(by=by, task=self))

    def _must_be_open(self):
        if not self.locked().is_open:
            raise TaskDone(self)

    def _record(self, kind, by, text, tell=None):
        told = [self.owner] if tell is None else tell
        record(kind, self, by=by, text=text, about=[self.subject], tell=told)
