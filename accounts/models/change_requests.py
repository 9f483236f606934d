"""What clients ask us to change of their details, where the firm has locked them."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.clients import Client
from accounts.models.contacts import Contact
from accounts.models.people import User
from accounts.models.setup import ASKABLE
from crm.lib.errors import NotAllowedNow
from crm.lib.text import with_plain_ends
from notifications.actions import record


def as_text(value):
    """A value as it is proposed and compared: lines end alike, nothing is ""."""
    return with_plain_ends(value).strip()


class NothingToChange(NotAllowedNow):
    def __init__(self):
        super().__init__(
            _("That is how it stands already: there is nothing to change.")
        )


class AlreadyAsked(NotAllowedNow):
    def __init__(self, request):
        text = _("You have asked for a change of this already: take it back first.")
        super().__init__(text, request.client)


class AlreadyDecided(NotAllowedNow):
    def __init__(self, request):
        text = _("This was settled already: {state}.")
        state = request.get_state_display().lower()
        super().__init__(text.format(state=state), request.client)


class ChangedMeanwhile(NotAllowedNow):
    def __init__(self, request, label):
        text = _(
            "{what} was changed since they asked: look at it, then refuse this or "
            "change it yourself."
        )
        super().__init__(text.format(what=label), request.client)


class ChangeRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sellers see those of their clients, a client's people their own and the firm's."""
        rows = self.filter(client__in=Client.objects.visible_to(user))
        if user.role != User.Role.CLIENT:
            return rows
        firm = models.Q(about=ChangeRequest.About.CLIENT)
        return rows.filter(firm | models.Q(contact__user=user))

    def editable_by(self, user):
        """Who works the client decides; who asked takes it back."""
        rows = self.visible_to(user)
        return rows if user.is_seller else rows.filter(contact__user=user)

    def waiting(self):
        return self.filter(state=ChangeRequest.State.WAITING)

    def with_names(self):
        return self.select_related("client", "contact", "decided_by")


class ChangeRequest(models.Model):
    """New details that somebody of a client proposes, to be accepted or refused."""

    class About(models.TextChoices):
        CONTACT = "contact", _("Their own details")
        CLIENT = "client", _("Details of the firm")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Taken back")

    TONES = {State.WAITING: "warning", State.ACCEPTED: "good", State.REFUSED: "danger"}

    client = models.ForeignKey(Client, models.CASCADE, related_name="change_requests")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="change_requests")
    about = models.CharField(max_length=10, choices=About, default=About.CONTACT)
    values = models.JSONField(_("changes"), default=dict)  # column → [old, new]
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(_("asked"), default=timezone.now)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided = models.DateTimeField(_("settled"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    MERGE = {"client": "move", "contact": "move"}
    PERSONAL = ("values", "note", "answer")
    EXPORT = (*("created", "about", "values", "note"), *("state", "decided", "answer"))

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        indexes = [
            models.Index(
                fields=["client"],
                name="change_waiting",
                condition=models.Q(state="waiting"),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "about"],
                condition=models.Q(state="waiting"),
                name="change_once",
            )
        ]

    def __str__(self):
        return f"{self.contact}: {self.get_about_display()}"

    def get_absolute_url(self):
        return self.client.get_absolute_url()

    @property
    def subject(self):
        """The row that is to change."""
        return self.client if self.about == self.About.CLIENT else self.contact

    @property
    def tone(self):
        return self.TONES.get(self.state, "")

    @property
    def lines(self):
        """Label, old and new of each change; none once the person is forgotten."""
        meta = type(self.subject)._meta
        known = self.values if isinstance(self.values, dict) else {}
        return [
            {"label": meta.get_field(name).verbose_name, "old": old, "new": new}
            for name, (old, new) in known.items()
        ]

    @staticmethod
    def values_in_words(values):
        """ "tax number: DE 1 → DE 2" for each change, as a file to read tells it."""
        lines = []
        for name, (old, new) in (values or {}).items():
            model = Client if name in ASKABLE["client"] else Contact
            label = model._meta.get_field(name).verbose_name
            lines.append(f"{label}: {old or '–'} → {new or '–'}")
        return "\n".join(lines)

    @classmethod
    @transaction.atomic
    def ask(cls, contact, about, values, *, note="", by):
        """Propose `values` (column → new); told to whoever looks after the client."""
        Contact.objects.select_for_update().get(pk=contact.pk)
        if (
            waiting := cls.objects.waiting()
            .filter(contact=contact, about=about)
            .first()
        ):
            raise AlreadyAsked(waiting)
        row = cls(client=contact.client, contact=contact, about=about, by=by, note=note)
        row.values = row.differing(values)
        if not row.values:
            raise NothingToChange
        row.save()
        text = _("{by} asks for a change: {what}.").format(by=by, what=row.what)
        keepers = contact.client.keepers()
        record("change.asked", row, by=by, text=text, about=row.topics, tell=keepers)
        return row

    def differing(self, values):
        """Column → [old, new] of what is not so already, as text."""
        allowed = ASKABLE[self.about]
        pairs = {n: [self.now(n), as_text(v)] for n, v in values.items()}
        return {n: p for n, p in pairs.items() if n in allowed and p[0] != p[1]}

    def now(self, name):
        """What stands in this column of the row at present, as text."""
        return as_text(getattr(self.subject, name))

    @property
    def what(self):
        return ", ".join(str(line["label"]) for line in self.lines)

    @property
    def topics(self):
        return [self.client, self.contact]

    @transaction.atomic
    def refuse(self, *, answer, by):
        """Leave everything as it is, and say why."""
        self.settle(self.State.REFUSED, answer=answer, by=by)

    @transaction.atomic
    def withdraw(self, *, by):
        """Take one's own question back."""
        self.settle(self.State.WITHDRAWN, by=by)

    def settle(self, state, *, answer="", by):
        """Close a request that waits, once; the one who asked is told."""
        self.lock()
        self.state, self.answer = state, answer
        self.decided_by, self.decided = by, timezone.now()
        self.save(update_fields=["state", "answer", "decided_by", "decided"])
        text = {
            self.State.ACCEPTED: _("{by} accepted the change of: {what}."),
            self.State.REFUSED: _("{by} refused the change of: {what}. {answer}"),
            self.State.WITHDRAWN: _("{by} took back the wish to change: {what}."),
        }[state]
        said = text.format(by=by, what=self.what, answer=answer).strip()
        tell = [self.contact.user] if self.contact.user_id else []
        record(f"change.{state}", self, by=by, text=said, about=self.topics, tell=tell)

    def lock(self):
        """Hold the row; refused when it was settled by somebody else."""
        fresh = ChangeRequest.objects.select_for_update().get(pk=self.pk)
        if fresh.state != self.State.WAITING:
            raise AlreadyDecided(fresh)
