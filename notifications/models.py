"""What happened, who hears of it, and every message that leaves or arrives.

This app is below all others: it points by string at the user and the client only.
"""

from email.utils import parseaddr

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One thing that happened, in a sentence; append-only."""

    kind = models.CharField(max_length=60, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    text = models.TextField()
    client_visible = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now, db_index=True)
    # Reactions still to run (crm/reactions.py); the sweep looks for these.
    reacted = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["created"], name="event_unreacted", condition=Q(reacted=False)
            )
        ]

    def __str__(self):
        return self.text


class EventTopicQuerySet(models.QuerySet):
    def about(self, row):
        """The timeline of one row, newest first; `client_visible()` narrows it."""
        topic = self.filter(topic=row._meta.label_lower, object_id=row.pk)
        return topic.select_related("event__actor").order_by("-event_id")

    def client_visible(self):
        return self.filter(event__client_visible=True)


class EventTopic(models.Model):
    """An event is about a row: the index that timelines read."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=60)  # "leads.lead"
    object_id = models.BigIntegerField()

    objects = EventTopicQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["topic", "object_id", "-event"], name="eventtopic_timeline"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "topic", "object_id"], name="eventtopic_once"
            )
        ]

    def __str__(self):
        return f"{self.topic}#{self.object_id}"

    @classmethod
    def of(cls, event, row):
        return cls(event=event, topic=row._meta.label_lower, object_id=row.pk)


class Reaction(models.Model):
    """That a reaction to an event has run: (event, name) is unique, so it runs once."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="reactions")
    name = models.CharField(max_length=80)
    done = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="reaction_once")
        ]

    def __str__(self):
        return f"{self.name} after {self.event_id}"


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient=user)

    editable_by = visible_to

    def unread(self):
        return self.filter(read__isnull=True)


class Notification(models.Model):
    """An event in somebody's bell."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="notifications")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications"
    )
    read = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["recipient"],
                name="notification_unread",
                condition=Q(read__isnull=True),
            ),
            models.Index(fields=["recipient", "-event"], name="notification_list"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient"], name="notification_once"
            )
        ]

    def __str__(self):
        return f"{self.recipient}: {self.event}"


class Channel(models.TextChoices):
    PORTAL = "portal", _("Customer area")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


def normalised(address):
    """The form in which consent is kept: lower-case mail; E.164 has no case."""
    return parseaddr(address)[1].lower() if "@" in address else address


def sealed(address):
    """What is kept of the address of somebody who was forgotten: it proves, and names nobody."""
    return "#" + salted_hmac("notifications.consent", address).hexdigest()


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sellers see their clients' consents, a client's person that of their addresses."""
        if user.role == "admin":
            return self
        if user.role == "manager":
            return self.filter(client__department=user.department_id)
        if user.role == "bd":
            return self.filter(client__owner=user)
        if user.role == "client":
            return self.of(addresses_of(user))
        return self.none()

    def of(self, addresses):
        """All that was said for these addresses, the newest first."""
        known = [normalised(address) for address in addresses]
        return self.filter(address__in=known).order_by("-at", "-pk")


def addresses_of(user):
    """Mail and number of a client's person: their login's and their contact's."""
    contact = getattr(user, "contact", None)
    rows = [row for row in (user, contact) if row]
    return {str(a) for row in rows for a in (row.email, row.phone) if a}


class Consent(models.Model):
    """What a person allowed or withdrew for a channel; append-only, the newest counts."""

    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=254)  # normalised: lower-case mail, E.164
    given = models.BooleanField()
    wording = models.TextField()
    source = models.CharField(max_length=60)
    client = models.ForeignKey(
        "accounts.Client",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consents",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField(default=timezone.now)

    MERGE = {"client": "move"}
    PERSONAL = ("address",)
    KEEP = True  # a withdrawn consent must outlive the client
    EXPORT = ("channel", "address", "given", "wording", "source", "at")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["channel", "address", "-at"], name="consent_newest")
        ]

    def __str__(self):
        return f"{self.address} {self.channel}: {'yes' if self.given else 'no'}"

    @classmethod
    def allows(cls, channel, address):
        """Whether the newest word of this address on this channel is yes."""
        known = [address, sealed(address)]
        newest = cls.objects.filter(channel=channel, address__in=known).order_by(
            "-at", "-pk"
        )
        return bool(newest.values_list("given", flat=True).first())


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.role == "admin":
            return self
        if user.role == "manager":
            return self.filter(client__department=user.department_id)
        if user.role == "bd":
            return self.filter(client__owner=user)
        if user.role == "client":
            # One's own, and those to the firm; not what a colleague got, nor their links.
            firm = Q(recipient=None, secret=False, client__contacts__user=user)
            return self.filter(Q(recipient=user) | firm)
        return self.none()

    def editable_by(self, user):
        """Who works the client sends its messages again; the rest is the admins'."""
        return self.visible_to(user) if user.is_seller else self.none()

    def undelivered(self):
        """What failed or may not have left: somebody has to decide."""
        return self.filter(state__in=Message.UNDELIVERED)

    def due(self):
        """Queued outgoing messages whose time has come."""
        return self.filter(
            state=Message.State.QUEUED,
            direction=Message.Direction.OUT,
            not_before__lte=timezone.now(),
        )

    def in_demo(self):
        """Everything, for the demo's inbox; nothing where a real firm works."""
        return self if settings.DEMO else self.none()


class Message(models.Model):
    """The outbox and the inbox: one row for every mail, SMS or portal message."""

    class Direction(models.TextChoices):
        OUT = "out", _("Outgoing")
        IN = "in", _("Incoming")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Not known whether sent")
        CANCELLED = "cancelled", _("Cancelled")
        RECEIVED = "received", _("Received")

    class Purpose(models.TextChoices):
        SERVICE = "service", _("Service")
        MARKETING = "marketing", _("Marketing")

    UNDELIVERED = (State.FAILED, State.UNKNOWN)
    OVER = (State.SENT, State.DELIVERED, State.CANCELLED)
    # How a state looks wherever messages are shown; others are plain.
    TONES = {
        State.SENT: "good",
        State.DELIVERED: "good",
        State.FAILED: "danger",
        State.UNKNOWN: "warning",
        State.RECEIVED: "info",
    }

    channel = models.CharField(max_length=10, choices=Channel)
    direction = models.CharField(max_length=3, choices=Direction, default=Direction.OUT)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.SERVICE)
    kind = models.CharField(max_length=60, blank=True)  # the template or cause
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)  # an iCalendar object that goes along
    # Holds a link by which its reader gets in: shown to nobody, taken out once it left.
    secret = models.BooleanField(default=False)
    client = models.ForeignKey(
        "accounts.Client",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    # One cause sends once: the same key is never written twice.
    key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    message_id = models.CharField(max_length=200, blank=True)  # the mail's Message-ID
    provider_id = models.CharField(max_length=80, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    claimed = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    created = models.DateTimeField(default=timezone.now)

    MERGE = {"client": "move"}
    PERSONAL = ("address", "subject", "body", "html", "calendar", "error")
    EXPORT = (
        *("channel", "direction", "address", "subject", "body"),
        *("state", "created", "sent"),
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"], name="message_due", condition=Q(state="queued")
            ),
            models.Index(fields=["client", "-created"], name="message_of_client"),
            models.Index(
                fields=["-created", "-id"],
                name="message_undelivered",
                condition=Q(state__in=["failed", "unknown"]),
            ),
            models.Index(
                fields=["state"], name="message_secret", condition=Q(secret=True)
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} → {self.address}: {self.subject or self.body[:40]}"

    @property
    def tone(self):
        """The colour of its state."""
        return self.TONES.get(self.state, "")
