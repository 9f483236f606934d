"""Meetings: booked into somebody's free time, moved, cancelled, held or missed."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.models import HistoricalRecords

from accounts.models import Client, User
from crm.lib.clock import instant, zone_of
from crm.lib.links import signed
from leads import invitations
from leads.free import STEP, Timetable, on_quarter, quarters
from leads.models import meeting_refusals as refusals
from leads.models.hours import Absence, MeetingKind, MeetingRules, WorkHours
from leads.models.interactions import Interaction
from leads.models.leads import Lead
from leads.models.meeting_parts import MeetingReminder, MeetingSlot
from leads.models.meeting_rows import LINK, MeetingQuerySet
from notifications.actions import record

LONGEST = timedelta(hours=8)
MOST_DAYS = 62  # that free times are looked for at once


def timetable(host, start, end, *, but=None):
    """What is known of the host's time around [start, end); `but` is a meeting to ignore."""
    around = timedelta(days=1)
    absences = Absence.objects.filter(person=host).within(
        (start - around).date(), (end + around).date()
    )
    taken = Meeting.objects.taking_time().filter(host=host)
    taken = taken.filter(starts__lt=end + around, ends__gt=start - around)
    rules = MeetingRules.of(host)
    return Timetable(
        zone=zone_of(host.zone),
        hours=WorkHours.week_of(host),
        away=tuple(absences.values_list("first", "last")),
        busy=tuple(
            taken.exclude(pk=but).order_by("starts").values_list("starts", "ends")
        ),
        before=rules.before,
        after=rules.after,
    )


def free_times(host, first: date, last: date, minutes: int, *, but=None):
    """When `host` could begin a meeting of `minutes` on the days from `first` to `last`.

    The days are those of the host's own calendar; what is past is left out, and at most
    62 days are looked at. Nothing is said of what fills the rest.
    """
    zone = zone_of(host.zone)
    last = min(last, first + timedelta(days=MOST_DAYS - 1))
    start = max(instant(first, time(0), zone), timezone.now())
    end = instant(last + timedelta(days=1), time(0), zone)
    if end <= start:
        return []
    return timetable(host, start, end, but=but).free(start, end, minutes)


class Meeting(models.Model):
    """Some quarters of an hour of a host, for a lead or client or the host alone."""

    class State(models.TextChoices):
        BOOKED = "booked", _("Booked")
        HELD = "held", _("Held")
        MISSED = "missed", _("Missed")
        CANCELLED = "cancelled", _("Cancelled")

    TONES = {State.BOOKED: "accent", State.HELD: "good", State.MISSED: "warn"}

    host = models.ForeignKey(
        User, models.PROTECT, related_name="meetings", verbose_name=_("with")
    )
    kind = models.ForeignKey(
        MeetingKind, models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    title = models.CharField(_("about"), max_length=120)
    lead = models.ForeignKey(
        Lead, models.CASCADE, null=True, blank=True, related_name="meetings"
    )
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="meetings"
    )
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    where = models.CharField(_("where"), max_length=200, blank=True)
    agenda = models.TextField(_("what for"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.BOOKED)
    notes = models.TextField(_("notes"), blank=True)
    notes_visible = models.BooleanField(_("show in the customer area"), default=False)
    cancelled_because = models.CharField(max_length=200, blank=True, editable=False)
    # What calendars know it by; the sequence counts the changes they were sent.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords()

    MERGE = {"client": "move"}
    PERSONAL = ("title", "agenda", "notes", "cancelled_because")
    EXPORT = ("title", "starts", "ends", "where", "agenda", "state")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "pk"]
        indexes = [
            models.Index(fields=["host", "starts"], name="meeting_of_host"),
            models.Index(fields=["lead", "-starts"], name="meeting_of_lead"),
            models.Index(fields=["client", "-starts"], name="meeting_of_client"),
            models.Index(fields=["starts"], name="meeting_starts"),
            models.Index(
                fields=["ends"],
                name="meeting_unsettled",
                condition=Q(state="booked"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lt=models.F("ends")), name="meeting_has_a_length"
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meetings:detail", args=[self.pk])

    def get_guest_path(self):
        """Where whoever holds the link moves or cancels it."""
        return reverse("book:meeting", args=[signed(self.pk, LINK)])

    @property
    def minutes(self):
        return int((self.ends - self.starts).total_seconds()) // 60

    @property
    def tone(self):
        return self.TONES.get(self.state, "")

    @property
    def has_begun(self):
        return self.starts <= timezone.now()

    @property
    def is_booked(self):
        return self.state == self.State.BOOKED

    @property
    def is_over(self):
        return self.ends <= timezone.now()

    @property
    def can_change(self):
        """Whether it can still be moved or cancelled."""
        return self.is_booked and not self.has_begun

    @property
    def is_unsettled(self):
        return self.is_booked and self.has_begun

    @property
    def whom(self):
        """The client or lead it is for; None where the host is alone."""
        return self.client or self.lead

    def locked(self):
        return Meeting.objects.select_for_update(of=("self",)).get(pk=self.pk)

    def when(self, zone=None):
        """ "Mon 23 Nov 2026, 10:00 (Europe/Berlin)", by default where the host is."""
        zone = zone or zone_of(self.host.zone)
        text = date_format(self.starts.astimezone(zone), "D j M Y, H:i")
        return f"{text} ({zone.key})"

    @transaction.atomic
    def book(self, *, by, guests=(), anyway=False, quiet=False):
        """Take the time and invite the guests (unsaved MeetingGuest rows).

        Refused when the host is not free; `anyway` passes over hours, absences and
        gaps, never over another meeting. `quiet` sends no invitation.
        """
        if self.lead and not self.client:
            self.client = self.lead.client
        self.by = by
        self._take(anyway)
        self.save()
        self._hold_quarters()
        for guest in guests:
            guest.meeting = self
            guest.save()
        self._remind()
        self._tell("booked", by, self._booked_text(by))
        if not quiet:
            invitations.send(self, "booked", by=by)
        return self

    @transaction.atomic
    def move(self, starts, *, by, minutes=None, anyway=False):
        """Move it to another time; calendars are sent the change."""
        self._must_be_booked()
        before = self.when()
        length = timedelta(minutes=minutes) if minutes else self.ends - self.starts
        self.starts, self.ends = starts, starts + length
        self._take(anyway)
        self.sequence += 1
        self.save(update_fields=["starts", "ends", "sequence"])
        self.slots.all().delete()
        self._hold_quarters()
        self._remind()
        text = _("{by} moved “{meeting}” from {before} to {after}.")
        text = text.format(
            by=self._who(by), meeting=self, before=before, after=self.when()
        )
        self._tell("moved", by, text)
        invitations.send(self, "moved", by=by)

    @transaction.atomic
    def cancel(self, *, by, reason=""):
        """Give the time free again; calendars are sent the cancellation."""
        self._must_be_booked()
        self.state, self.cancelled_because = self.State.CANCELLED, reason
        self.sequence += 1
        self.save(update_fields=["state", "cancelled_because", "sequence"])
        self.slots.all().delete()
        self.reminders.all().delete()
        text = _("{by} cancelled “{meeting}” of {when}.")
        text = text.format(by=self._who(by), meeting=self, when=self.when())
        self._tell("cancelled", by, f"{text}\n{reason}".strip())
        invitations.send(self, "cancelled", by=by)

    @transaction.atomic
    def note(self, text, *, by, client_visible=False):
        """Write down what was said; with `client_visible` the client reads it too."""
        self.notes, self.notes_visible = text, client_visible
        self.save(update_fields=["notes", "notes_visible"])
        line = _("{by} wrote notes of “{meeting}”.").format(by=by, meeting=self)
        self._tell("noted", by, f"{line}\n{text}", client_visible=client_visible)

    @transaction.atomic
    def hold(self, *, by, missed=False):
        """Say that it took place, or that the other side missed it."""
        fresh = self.locked()
        if not fresh.is_booked:
            raise refusals.MeetingOver(fresh)
        if not fresh.has_begun:
            raise refusals.MeetingAhead(fresh)
        self.state = self.State.MISSED if missed else self.State.HELD
        self.save(update_fields=["state"])
        if missed:
            text = _("“{meeting}” of {when} was missed.")
        else:
            text = _("“{meeting}” of {when} was held.")
            self._count_as_interaction()
        text = text.format(meeting=self, when=self.when())
        self._tell(self.state, by, text, client_visible=not missed)

    def _who(self, by):
        """Who did it, for the timeline; without a user the visitor who is invited."""
        return by or self.guests.first() or _("A visitor")

    def _booked_text(self, by):
        """Who booked it and with whom: the host, or who is invited where the host did."""
        other = self._other_side() if by == self.host else str(self.host)
        text = _("{by} booked “{meeting}” with {other}: {when}.")
        if not other:
            text = _("{by} booked “{meeting}”: {when}.")
        return text.format(
            by=self._who(by), meeting=self, other=other, when=self.when()
        )

    def _other_side(self):
        """Who is invited, else whom it is for; "" where the host is alone."""
        first, *others = list(self.guests.all()) or [self.whom or ""]
        if not others:
            return str(first)
        text = ngettext("{who} and {n} more", "{who} and {n} more", len(others))
        return text.format(who=first, n=len(others))

    def _must_be_booked(self):
        fresh = self.locked()
        if not fresh.is_booked:
            raise refusals.MeetingOver(fresh)
        if fresh.has_begun:
            raise refusals.MeetingBegun(fresh)
        self.sequence = fresh.sequence

    def _take(self, anyway):
        """Refuse with the reason when the host is not free from `starts` to `ends`.

        Bookings of one host queue up at the host's row; the unique quarters stand
        behind it, whatever else writes.
        """
        saved = self if self.pk else self.whom
        length = self.ends - self.starts
        is_even = on_quarter(self.starts) and not length % timedelta(minutes=STEP)
        if not is_even or not timedelta(0) < length <= LONGEST:
            raise refusals.BadTime(saved)
        if self.starts <= timezone.now():
            raise refusals.TooLate(saved)
        host = User.objects.select_for_update(no_key=True).get(pk=self.host_id)
        if not (host.is_active and host.is_seller):
            raise refusals.HostGone(host, saved)
        table = timetable(host, self.starts, self.ends, but=self.pk)
        if table.clash(self.starts, self.ends, timedelta(0)):
            raise refusals.SlotTaken(host, saved)
        if not anyway:
            self._must_be_offered(host, table, saved)

    def _must_be_offered(self, host, table, saved):
        if not table.has_hours:
            raise refusals.NoHours(host, saved)
        absence = table.absence(self.starts, self.ends)
        if absence:
            raise refusals.HostAway(host, date_format(absence[1], "j M Y"), saved)
        if not table.works_throughout(self.starts, self.ends):
            raise refusals.OutsideHours(host, saved)
        if table.clash(self.starts, self.ends, table.gap):
            raise refusals.TooNear(host, max(table.before, table.after), saved)

    def _hold_quarters(self):
        rows = [
            MeetingSlot(meeting=self, host_id=self.host_id, start=quarter)
            for quarter in quarters(self.starts, self.ends)
        ]
        try:
            with transaction.atomic():
                MeetingSlot.objects.bulk_create(rows)
        except IntegrityError as error:
            raise refusals.SlotTaken(self.host, self.whom) from error

    def _remind(self):
        """The same time the day before, and an hour before, where that is still to come."""
        zone = zone_of(self.host.zone)
        local = self.starts.astimezone(zone)
        wanted = {
            MeetingReminder.Kind.DAY: instant(
                local.date() - timedelta(days=1), local.time(), zone
            ),
            MeetingReminder.Kind.HOUR: self.starts - timedelta(hours=1),
        }
        self.reminders.all().delete()
        MeetingReminder.objects.bulk_create(
            MeetingReminder(meeting=self, kind=kind, due=due)
            for kind, due in wanted.items()
            if due > datetime.now(UTC)
        )

    def _count_as_interaction(self):
        """A meeting that was held counts as a word exchanged, answered at once."""
        if self.whom is None:
            return
        Interaction.objects.create(
            lead=self.lead,
            client=self.client,
            kind=Interaction.Kind.MEETING,
            text=self.title,
            at=self.starts,
            answered=self.starts,
            by=self.host,
        )

    def _tell(self, what, by, text, *, client_visible=True):
        owner = getattr(self.lead or self.client, "owner", None)
        record(
            f"meeting.{what}",
            self,
            by=by,
            text=text,
            about=[self.lead, self.client],
            tell=[self.host, owner],
            client_visible=client_visible and self.client is not None,
        )
