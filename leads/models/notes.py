"""Notes on leads and clients, for colleagues: with @mentions, editable for a day."""

from datetime import timedelta

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.mentions import KEPT, shown
from accounts.models import Client, User
from crm.lib.access import sees
from crm.lib.errors import NotAllowedNow
from leads.models.leads import Lead
from notifications.models import Event


class NoteSettled(NotAllowedNow):
    def __init__(self, note):
        text = _("A note can be changed for a day; write a new one.")
        super().__init__(text, note.subject)


class NoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.role == User.Role.CLIENT:
            return self.none()  # what clients may read stands on their timeline
        return self.filter(sees(user, lead=Lead, client=Client))

    def editable_by(self, user):
        """Only one's own; the verb says for how long."""
        return self.visible_to(user).filter(by=user)

    def about(self, row):
        return self.filter(**{row._meta.model_name: row})

    def with_names(self):
        return self.select_related("by", "lead", "client")


class Note(models.Model):
    """What colleagues should know; `@[pk]` in the text stands for a person."""

    EDITABLE = timedelta(days=1)

    lead = models.ForeignKey(
        Lead, models.CASCADE, null=True, blank=True, related_name="notes"
    )
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="note_set"
    )
    text = models.TextField(_("note"))
    mentioned = models.ManyToManyField(User, related_name="+", blank=True)
    client_visible = models.BooleanField(_("show in the customer area"), default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    edited = models.DateTimeField(null=True, blank=True, editable=False)
    # Its line in the timeline, which follows when the note is changed.
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, related_name="+", editable=False
    )
    history = HistoricalRecords(excluded_fields=["event"])

    MERGE = {"client": "move"}
    PERSONAL = ("text",)
    EXPORT = ("text", "at")

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["lead", "-at"], name="note_of_lead"),
            models.Index(fields=["client", "-at"], name="note_of_client"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lead__isnull=True) ^ models.Q(client__isnull=True),
                name="note_about_one_row",
            )
        ]

    def __str__(self):
        return self.shown[:60]

    def get_absolute_url(self):
        return reverse("leads:note_edit", args=[self.pk])

    @property
    def subject(self):
        return self.lead or self.client

    @property
    def shown(self):
        """The text with people's names as they are called now."""
        if not KEPT.search(self.text):
            return self.text
        return shown(self.text, self.mentioned.all())

    @property
    def typed(self):
        """The text as its author typed it, to be changed."""
        return shown(self.text, self.mentioned.all(), for_editing=True)

    @property
    def is_settled(self):
        return self.at < timezone.now() - self.EDITABLE

    @transaction.atomic
    def edit(self, text, people, *, client_visible):
        """Change it; its line in the timeline follows. Says who is newly mentioned."""
        if self.is_settled:
            raise NoteSettled(self)
        known = set(self.mentioned.all())
        self.text, self.client_visible = text, client_visible
        self.edited = timezone.now()
        self.save(update_fields=["text", "client_visible", "edited"])
        self.mentioned.set(people)
        line = shown(text, people)
        Event.objects.filter(pk=self.event_id).update(
            text=self.line(line), client_visible=client_visible
        )
        return [user for user in people if user not in known]

    @staticmethod
    def line(text):
        """What the timeline says: that it is a note, and the note."""
        head = _("Note")
        return f"{head}\n{text}"
