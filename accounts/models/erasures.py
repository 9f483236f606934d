"""Wishes to be forgotten, for admins and managers to carry out or refuse."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.clients import Client
from accounts.models.contacts import Contact, nobody_known
from accounts.models.people import User
from crm.lib.errors import NotAllowedNow
from notifications.actions import record


class ErasureAsked(NotAllowedNow):
    def __init__(self):
        super().__init__(_("This was asked for already; we are on it."))


class ErasureSettled(NotAllowedNow):
    def __init__(self, row):
        text = _("This was settled already: {state}.")
        super().__init__(text.format(state=row.get_state_display().lower()), row)


class HeldBack(NotAllowedNow):
    """The firm cannot be forgotten while something goes on with it."""

    def __init__(self, reasons, row=None):
        super().__init__(" ".join(str(reason) for reason in reasons), row)


class ErasureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Admins see all, managers those of their department's clients, people their own."""
        if user.role == User.Role.ADMIN:
            return self
        if user.role == User.Role.MANAGER:
            return self.filter(client__department=user.department_id)
        if user.role == User.Role.CLIENT:
            return self.filter(contact__user=user)
        return self.none()

    editable_by = visible_to

    def waiting(self):
        return self.filter(state=ErasureRequest.State.WAITING)

    def with_names(self):
        return self.select_related("client", "contact__user", "decided_by")


class ErasureRequest(models.Model):
    """Somebody of a client asks that what names them, or their firm, goes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Taken back")

    TONES = {State.WAITING: "warning", State.DONE: "good", State.REFUSED: "danger"}

    client = models.ForeignKey(
        Client, models.SET_NULL, null=True, related_name="erasure_requests"
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, related_name="erasure_requests"
    )
    whole_firm = models.BooleanField(_("the firm as well"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(_("asked"), default=timezone.now)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided = models.DateTimeField(_("settled"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    MERGE = {"client": "move", "contact": "move"}
    PERSONAL = ("reason", "answer")
    EXPORT = ("created", "whole_firm", "reason", "state", "decided", "answer")

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=models.Q(state="waiting"),
                name="erasure_once",
            )
        ]

    def __str__(self):
        return str(self.contact or nobody_known())

    @property
    def tone(self):
        return self.TONES.get(self.state, "")

    @classmethod
    @transaction.atomic
    def ask(cls, contact, *, reason="", whole_firm=False, by):
        """Note a wish, one's own or told to a colleague; who decides about it is told."""
        client = Client.objects.select_for_update().get(pk=contact.client_id)
        if cls.objects.waiting().filter(contact=contact).exists():
            raise ErasureAsked
        whole_firm = whole_firm or client.kind == Client.Kind.PERSON
        if whole_firm and (reasons := holding_back(client)):
            raise HeldBack(reasons)
        row = cls.objects.create(
            client=client, contact=contact, whole_firm=whole_firm, reason=reason, by=by
        )
        text = _("{who} asks to be forgotten.")
        if whole_firm:
            text = _("{who} asks to be forgotten, with the firm.")
        text = text.format(who=by if contact.user_id == by.pk else contact)
        record(
            "erasure.asked", row, by=by, text=text, about=[client], tell=row.deciders
        )
        return row

    @property
    def deciders(self):
        return list(self.client.seen_by().exclude(role=User.Role.BD))

    @transaction.atomic
    def refuse(self, *, answer, by):
        """Keep everything, and say why."""
        self.lock()
        self.settle(self.State.REFUSED, by=by, answer=answer)
        text = _("{by} refused the wish of {who} to be forgotten: {answer}")
        said = text.format(by=by, who=self, answer=answer)
        tell = [self.contact.user] if self.contact and self.contact.user_id else []
        record(
            "erasure.refused", self, by=by, text=said, about=[self.client], tell=tell
        )

    @transaction.atomic
    def withdraw(self, *, by):
        """Take one's own wish back."""
        self.lock()
        self.settle(self.State.WITHDRAWN, by=by)
        text = _("{by} took back the wish to be forgotten.").format(by=by)
        record("erasure.withdrawn", self, by=by, text=text, about=[self.client])

    def lock(self):
        """Hold the row; refused when it was settled by somebody else."""
        fresh = ErasureRequest.objects.select_for_update().get(pk=self.pk)
        if fresh.state != self.State.WAITING:
            raise ErasureSettled(fresh)

    def settle(self, state, *, by, answer=""):
        self.state, self.answer = state, answer
        self.decided_by, self.decided = by, timezone.now()
        self.save(update_fields=["state", "answer", "decided_by", "decided"])


def holding_back(client):
    """Why the client cannot be forgotten yet: what its rows say for themselves.

    A model with a relation to clients may have `holds_back(client)`, which gives a
    sentence or "".
    """
    found = []
    for relation in Client._meta.related_objects:
        ask = getattr(relation.related_model, "holds_back", None)
        if ask and (reason := ask(client)):
            found.append(reason)
    return found
