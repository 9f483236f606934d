"""When people can be met: working hours, time between meetings, absences, kinds."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, User
from leads.free import DAY_MINUTES, STEP
from notifications.actions import record


def clock(minutes):
    """Minutes after midnight as a clock shows them: 570 is "09:30"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def hosts_for(user):
    """People whose hours this user may set: one's own, a manager's people, everybody's."""
    people = User.objects.visible_to(user).sellers()
    if user.role in (User.Role.ADMIN, User.Role.MANAGER):
        return people
    return people.filter(pk=user.pk)


class WorkHours(models.Model):
    """A stretch of a weekday in which somebody works, in minutes of their own clock.

    Without a person it is the firm's, which holds for everybody who has set no own.
    """

    person = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="work_hours"
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"))  # 0 is Monday
    starts = models.PositiveSmallIntegerField(_("from"))
    ends = models.PositiveSmallIntegerField(_("to"))

    class Meta:
        ordering = ["weekday", "starts"]
        verbose_name_plural = _("work hours")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "weekday", "starts"], name="workhours_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    starts__lt=F("ends"), ends__lte=DAY_MINUTES, weekday__lte=6
                ),
                name="workhours_in_a_day",
                violation_error_message=_(
                    "Hours begin before they end, on one day of the week."
                ),
            ),
        ]

    def __str__(self):
        return f"{clock(self.starts)}–{clock(self.ends)}"

    @classmethod
    def week_of(cls, person):
        """The week as {weekday: [(start, end), …]}: the person's, else the firm's, else {}."""
        rows = list(cls.objects.filter(Q(person=person) | Q(person=None)))
        own = [row for row in rows if row.person_id]
        return cls._as_week(own or rows)

    @classmethod
    def of_firm(cls):
        """The week of whoever has set no own."""
        return cls._as_week(cls.objects.filter(person=None))

    @staticmethod
    def _as_week(rows):
        week = {}
        for row in rows:
            week.setdefault(row.weekday, []).append((row.starts, row.ends))
        return week

    @classmethod
    @transaction.atomic
    def change(cls, person, week, *, by):
        """Replace the person's week; they are told when somebody else did it."""
        spans = {day: list(found) for day, found in week.items() if found}
        if cls.week_of(person) == spans:
            return
        cls._write(person, spans)
        text = _("{by} set the working hours of {who}.").format(by=by, who=person)
        record("hours.changed", person, by=by, text=text, tell=[person])

    @classmethod
    @transaction.atomic
    def change_of_firm(cls, week, *, by):
        """Replace the firm's week."""
        cls._write(None, week)
        text = _("{by} set the working hours of the firm.").format(by=by)
        record("hours.changed", Firm.get(), by=by, text=text)

    @classmethod
    def _write(cls, person, week):
        cls.objects.filter(person=person).delete()
        cls.objects.bulk_create(
            cls(person=person, weekday=day, starts=start, ends=end)
            for day, spans in week.items()
            for start, end in spans
        )


def step_field(label, **kwargs):
    validators = [MinValueValidator(0), MaxValueValidator(240)]
    return models.PositiveSmallIntegerField(
        label, default=0, validators=validators, **kwargs
    )


class MeetingRules(models.Model):
    """What somebody wants between two meetings; no row means nothing."""

    person = models.OneToOneField(User, models.CASCADE, related_name="meeting_rules")
    before = step_field(_("minutes before a meeting"))
    after = step_field(_("minutes after a meeting"))

    class Meta:
        verbose_name_plural = _("meeting rules")

    def __str__(self):
        return f"{self.person}: {self.before} + {self.after}"

    @classmethod
    def of(cls, person):
        return cls.objects.filter(person=person).first() or cls(person=person)


class AbsenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Absences of colleagues one may name; the reason is for `reason_for`."""
        if user.role == User.Role.CLIENT:
            return self.none()
        return self.filter(person__in=User.objects.visible_to(user))

    def editable_by(self, user):
        return self.filter(person__in=hosts_for(user))

    def within(self, first, last):
        """Absences that touch the days from `first` to `last`."""
        return self.filter(first__lte=last, last__gte=first)


class Absence(models.Model):
    """Days on which somebody is not there; both ends are included."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Holiday")
        SICK = "sick", _("Sick")
        TRAVEL = "travel", _("On the road")
        TRAINING = "training", _("Training")
        OTHER = "other", _("Other")

    person = models.ForeignKey(User, models.CASCADE, related_name="absences")
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind, default=Kind.HOLIDAY
    )
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["first", "pk"]
        indexes = [models.Index(fields=["person", "last"], name="absence_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lte=F("last")), name="absence_ends_after_it_begins"
            )
        ]

    def __str__(self):
        return _("{who} is away {days}").format(who=self.person, days=self.days)

    @property
    def days(self):
        """ "24 Dec 2026", or "24 Dec – 2 Jan 2027"."""
        last = date_format(self.last, "j M Y")
        if self.first == self.last:
            return last
        return f"{date_format(self.first, 'j M')} – {last}"

    def reason_for(self, user):
        """Why, for the person and those above; others learn only that they are away."""
        near = user.pk == self.person_id or user.role in (
            User.Role.ADMIN,
            User.Role.MANAGER,
        )
        return self.get_kind_display() if near else _("Away")

    @transaction.atomic
    def enter(self, *, by):
        """Keep a new absence; meetings that lie in it stay until somebody moves them."""
        self.save()
        text = _("{by} noted that {absence}.").format(by=by, absence=self)
        record("absence.entered", self.person, by=by, text=text, tell=[self.person])

    @transaction.atomic
    def withdraw(self, *, by):
        """Take the absence back."""
        text = _("{by} took back that {absence}.").format(by=by, absence=self)
        self.delete()
        record("absence.withdrawn", self.person, by=by, text=text, tell=[self.person])


class MeetingKindQuerySet(models.QuerySet):
    def current(self):
        """The kinds to choose from; no secret to anybody, so no gate."""
        return self.order_by("position", "name")

    def for_clients(self):
        return self.filter(for_clients=True)


class MeetingKind(models.Model):
    """A sort of meeting: how long it takes and where it is."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=30,
        validators=[
            MinValueValidator(STEP),
            MaxValueValidator(480),
        ],
        help_text=_("In quarters of an hour: 15, 30, 45, …"),
    )
    where = models.CharField(
        _("where"),
        max_length=200,
        blank=True,
        help_text=_("Proposed for each meeting of this kind: a place or an address."),
    )
    for_clients = models.BooleanField(_("clients may book it themselves"), default=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    objects = MeetingKindQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=STEP, minutes__lte=480),
                name="kind_has_a_length",
            )
        ]

    def __str__(self):
        return self.name
