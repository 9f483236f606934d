"""Every word exchanged with a lead or client."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, Medium, User
from crm.lib.access import sees
from leads.models.leads import Lead


class InteractionQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.role == User.Role.CLIENT:
            own = self.filter(client__in=Client.objects.visible_to(user))
            return own.filter(client_visible=True)
        return self.filter(sees(user, lead=Lead, client=Client))

    def editable_by(self, user):
        return self.visible_to(user) if user.is_seller else self.none()


class Interaction(models.Model):
    """One word exchanged: a call, mail, SMS, meeting, chat or note."""

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")
        MEETING = "meeting", _("Meeting")
        CHAT = "chat", _("Chat")
        LETTER = "letter", _("Letter")
        NOTE = "note", _("Note")

    class Direction(models.TextChoices):
        OUT = "out", _("We reached out")
        IN = "in", _("They reached us")

    lead = models.ForeignKey(
        Lead, models.CASCADE, null=True, blank=True, related_name="interactions"
    )
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="interactions"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CALL)
    direction = models.CharField(
        _("direction"), max_length=3, choices=Direction, default=Direction.OUT
    )
    medium = models.ForeignKey(
        Medium,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="interactions",
        verbose_name=_("medium"),
    )
    text = models.TextField(_("what was said"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    answered = models.DateTimeField(_("answered"), null=True, blank=True)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="interactions"
    )
    client_visible = models.BooleanField(_("show in the customer area"), default=False)

    MERGE = {"client": "move"}
    PERSONAL = ("text",)
    EXPORT = ("kind", "direction", "text", "at")

    objects = InteractionQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["lead", "-at"], name="interaction_of_lead"),
            models.Index(fields=["client", "-at"], name="interaction_of_client"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lead__isnull=False) | models.Q(client__isnull=False),
                name="interaction_about_something",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:60]}"

    @property
    def headline(self):
        """What it was, in a line: "Call: they reached us, by Telephone"."""
        if self.kind == self.Kind.NOTE:
            return str(self.get_kind_display())
        parts = [str(self.get_direction_display()).lower()]
        if self.medium:
            parts.append(gettext("by {medium}").format(medium=self.medium))
        if self.direction == self.Direction.OUT and self.answered:
            parts.append(gettext("they answered"))
        return f"{self.get_kind_display()}: {', '.join(parts)}"
