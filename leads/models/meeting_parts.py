"""What belongs to a meeting: the quarters it takes, its guests, its reminders."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import Contact, User


class MeetingSlot(models.Model):
    """A quarter of an hour of a host that a meeting takes; nobody can take it twice."""

    meeting = models.ForeignKey("leads.Meeting", models.CASCADE, related_name="slots")
    host = models.ForeignKey(User, models.CASCADE, related_name="+")
    start = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["host", "start"], name="slot_taken_once")
        ]

    def __str__(self):
        return f"{self.host_id} {self.start:%Y-%m-%d %H:%M}"


class MeetingGuest(models.Model):
    """Somebody who is invited: a client's contact, or the person behind a lead."""

    meeting = models.ForeignKey("leads.Meeting", models.CASCADE, related_name="guests")
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("telephone"), blank=True)
    own_zone = models.CharField(max_length=60, blank=True, editable=False)

    MERGE = {"contact": "move"}
    PERSONAL = ("name", "email", "phone")
    EXPORT = ("name", "email", "phone")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name or self.email or str(self.phone or self.contact or "")

    @classmethod
    def of_contact(cls, contact):
        return cls(
            contact=contact, name=contact.name, email=contact.email, phone=contact.phone
        )

    @classmethod
    def of_lead(cls, lead):
        return cls(name=lead.contact_name, email=lead.email, phone=lead.phone)

    @property
    def language(self):
        return self.contact.language if self.contact else ""

    @property
    def zone(self):
        """The zone of their login, else the one they booked in; "" where neither is known."""
        user = self.contact.user if self.contact else None
        return user.zone if user else self.own_zone


class MeetingReminderQuerySet(models.QuerySet):
    def due(self):
        return self.filter(done__isnull=True, due__lte=timezone.now())


class MeetingReminder(models.Model):
    """When a meeting is to be called to mind; `done` also when it came too late."""

    class Kind(models.TextChoices):
        DAY = "day", _("The day before")
        HOUR = "hour", _("An hour before")

    meeting = models.ForeignKey(
        "leads.Meeting", models.CASCADE, related_name="reminders"
    )
    kind = models.CharField(max_length=4, choices=Kind)
    due = models.DateTimeField()
    done = models.DateTimeField(null=True, blank=True)

    objects = MeetingReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind"], name="reminder_once")
        ]
        indexes = [
            models.Index(
                fields=["due"],
                name="reminder_due",
                condition=models.Q(done__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.meeting_id}"
