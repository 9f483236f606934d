"""Quotations: offered for a lead, superseded by newer versions, answered once."""

from datetime import timedelta

from django.core import signing
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Client, Firm, User
from crm.lib.errors import NotAllowedNow
from crm.lib.links import key_in, signed
from crm.lib.money import show
from crm.lib.search import SearchField, found_across
from crm.lib.text import searchable
from leads.models import Lead
from notifications.actions import record
from sales.models.papers import Line, Paper

DAYS_VALID = 30
REMIND_DAYS = 3
LINK = "sales.quotation"


class QuotationLocked(NotAllowedNow):
    def __init__(self, quotation):
        text = _("This quotation is {state} and can no longer be changed.")
        super().__init__(
            text.format(state=quotation.get_state_display().lower()), quotation
        )


class NewerVersion(NotAllowedNow):
    def __init__(self, quotation):
        text = _("There is a newer version of this quotation: {number}.")
        super().__init__(text.format(number=quotation.number), quotation)


class QuotationExpired(NotAllowedNow):
    def __init__(self, quotation):
        super().__init__(_("This quotation has expired; ask for a new one."), quotation)


class OverCreditLimit(NotAllowedNow):
    """Only where the firm says that the limit holds quotations back."""

    def __init__(self, quotation, over, currency):
        text = _("{over} above the credit limit of {client}: it cannot be sent now.")
        client = quotation.lead.client
        super().__init__(
            text.format(over=show(over, currency), client=client), quotation
        )


class QuotationQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.role == User.Role.CLIENT:
            sent = self.exclude(state=Quotation.State.DRAFT)
            sent = sent.filter(lead__trashed__isnull=True)
            return sent.filter(lead__client__in=Client.objects.visible_to(user))
        return self.filter(lead__in=Lead.objects.visible_to(user))

    def editable_by(self, user):
        """Staff edit; a client's owner answers, a reader only reads."""
        if user.role == User.Role.CLIENT:
            return self.visible_to(user).filter(
                lead__client__contacts__user=user, lead__client__contacts__right="owner"
            )
        return self.visible_to(user)

    def signed(self, text):
        """The one a mailed link opens; nothing for a link that is not ours."""
        try:
            pk = key_in(text, LINK)
        except signing.BadSignature:
            return self.none()
        open_ = self.exclude(state=Quotation.State.DRAFT).exclude(
            lead__client__blocked__isnull=False
        )
        trashed = models.Q(lead__trashed__isnull=False) | models.Q(
            lead__client__trashed__isnull=False
        )
        return open_.exclude(trashed).filter(pk=pk)

    def holding(self, word):
        """Those whose number, or whose lead, holds the word."""
        number = models.Q(number__icontains=word)
        return self.filter(number | models.Q(lead__search__contains=word))

    def found(self, words):
        """The newest with this number, or for a lead that holds every word."""
        return found_across(self, words, "lead")

    def waiting(self):
        return self.filter(state=Quotation.State.SENT)

    def being_prepared(self, user):
        """What this client asked for and has not been sent yet; only that it exists."""
        drafts = self.filter(state=Quotation.State.DRAFT, asked__isnull=False)
        own = drafts.filter(lead__client__in=Client.objects.visible_to(user))
        return own.filter(lead__trashed__isnull=True, lead__state="open")

    def expired(self):
        return self.waiting().filter(valid_until__lt=timezone.localdate())

    def expiring(self):
        """Those whose last days have come and of which nobody was reminded."""
        today = timezone.localdate()
        soon = (today, today + timedelta(days=REMIND_DAYS))
        known = timezone.now() - timedelta(days=1)  # not what left a moment ago
        rows = self.waiting().filter(reminded__isnull=True, sent__lt=known)
        return rows.filter(valid_until__range=soon)

    def with_names(self):
        return self.select_related("lead__client", "lead__owner")


class Quotation(Paper):
    """An offer with lines, made for a lead and answered by the client."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        SUPERSEDED = "superseded", _("Superseded")

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="quotations")
    number = models.CharField(_("number"), max_length=20, unique=True)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    replaces = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="newer",
        editable=False,
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="quotations")
    # When the client asked for it from the catalogue; blank where a seller began it.
    asked = models.DateTimeField(null=True, blank=True, editable=False)
    sent = models.DateTimeField(null=True, blank=True)
    reminded = models.DateTimeField(null=True, blank=True, editable=False)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_from = models.GenericIPAddressField(
        _("from the address"), null=True, blank=True
    )
    answer = models.TextField(_("what the client said"), blank=True)
    search = SearchField()
    history = HistoricalRecords(excluded_fields=["reminded", "search"])

    PERSONAL = ("answered_by", "answered_from", "answer", *Paper.FROZEN)
    EXPORT = (
        *("number", "version", "state", "currency", "total", "note", "sent"),
        *("valid_until", "answered", "answered_by", "answer", *Paper.FROZEN),
    )

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        indexes = [
            models.Index(fields=["state", "-sent"], name="quotation_waiting"),
            models.Index(fields=["-created", "-id"], name="quotation_list"),
            models.Index(
                fields=["valid_until"],
                name="quotation_expiring",
                condition=models.Q(state="sent", reminded__isnull=True),
            ),
        ]

    def __str__(self):
        return _("Quotation {number}").format(number=self.number)

    def get_absolute_url(self):
        return reverse("sales:quotation", args=[self.pk])

    def found_by(self):
        return searchable(self.number)

    def get_signed_url(self):
        """The page that needs no login; whoever holds the link may answer."""
        return reverse("signed:quotation", args=[signed(self.pk, LINK)])

    def recipient(self):
        lead, client = self.lead, self.lead.client
        return client.name if client else lead.company, lead.contact_name, client

    def facts(self):
        """Label and value of what stands beside the title of the sheet."""
        day = self.sent or self.created
        known = [
            (_("Number"), self.number),
            (_("Date"), date_format(timezone.localdate(day), "j M Y")),
        ]
        if self.valid_until:
            known.append((_("Valid until"), date_format(self.valid_until, "j M Y")))
        if self.by:
            known.append((_("Made by"), str(self.by)))
        if self.tax_id:
            known.append((_("Your tax number"), self.tax_id))
        return known

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_waiting(self):
        return self.state == self.State.SENT

    @property
    def is_expired(self):
        """Past its last day, and not answered before."""
        passed = self.valid_until and self.valid_until < timezone.localdate()
        return bool(passed and not self.answered)

    @property
    def can_be_answered(self):
        return self.is_waiting and not self.is_expired

    @classmethod
    def next_number(cls):
        """A running number; the unique column refuses the slower of two at once."""
        newest = cls.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return f"Q-{timezone.localdate():%Y}-{newest + 1:05d}"

    def locked(self):
        return Quotation.objects.select_for_update().get(pk=self.pk)

    @transaction.atomic
    def send(self, *, by):
        """Show the quotation to the client; the version it replaces ends with that."""
        if self.locked().state != self.State.DRAFT:
            raise QuotationLocked(self)
        if not self.lines.exists():
            raise NotAllowedNow(_("Add at least one line before you send it."), self)
        self._must_be_priced()
        today = timezone.localdate()
        if self.valid_until is None:
            self.valid_until = today + timedelta(days=DAYS_VALID)
        if self.valid_until < today:
            raise NotAllowedNow(
                _("Its last day has passed: give it a later one before you send it."),
                self,
            )
        self._must_fit_the_limit()
        self._supersede()
        self.freeze()
        self.state, self.sent = self.State.SENT, timezone.now()
        self.save(update_fields=["state", "sent", "valid_until", *self.FROZEN])
        text = _("{by} sent {quotation} over {money}.").format(
            by=by, quotation=self, money=self.money
        )
        self._record("quotation.sent", by=by, text=text)

    def _must_be_priced(self):
        """What was asked for at a price on request must not leave for nothing."""
        lines = self.lines.filter(price=0, product__price__isnull=True)
        line = lines.exclude(product=None).first() if self.asked else None
        if line:
            text = _("Give “{what}” a price before you send it; it was on request.")
            raise NotAllowedNow(text.format(what=line.text), self)

    def _must_fit_the_limit(self):
        """The limit is in the firm's currency; other currencies are not converted."""
        client, firm = self.lead.client, Firm.get()
        if client is None or client.credit_limit is None or not firm.hold_over_limit:
            return
        owed = dict(client.invoices.open().owed()).get(firm.currency, 0)
        quoted = self.total if self.currency == firm.currency else 0
        over = owed + quoted - client.credit_limit
        if over > 0:
            raise OverCreditLimit(self, over, firm.currency)

    def _supersede(self):
        """End the version before this one, unless the client was faster."""
        if not self.replaces_id:
            return
        before = self.replaces.locked()
        if before.state == self.State.ACCEPTED:
            raise QuotationLocked(before)
        before.state = self.State.SUPERSEDED
        before.save(update_fields=["state"])

    @transaction.atomic
    def discard(self, *, by):
        """Throw a draft away; what was sent stays."""
        if not self.locked().is_draft:
            raise QuotationLocked(self)
        text = _("{by} threw away the draft {number}.")
        record(
            "quotation.discarded",
            self.lead,
            by=by,
            text=text.format(by=by, number=self.number),
        )
        self.delete()

    @transaction.atomic
    def accept(self, *, name, by=None, address=None):
        """The client's yes; `name` is who gave it, `address` where it came from."""
        self._answered(self.State.ACCEPTED, name, "", address)
        text = _("{name} accepted {quotation} over {money}{address}.").format(
            name=name, quotation=self, money=self.money, address=_from(address)
        )
        self._record("quotation.accepted", by=by, text=text)

    @transaction.atomic
    def decline(self, *, name, reason="", by=None, address=None):
        """The client's no, with the reason if one was given."""
        self._answered(self.State.DECLINED, name, reason, address)
        text = _("{name} declined {quotation}{address}: {reason}").format(
            name=name,
            quotation=self,
            reason=reason or _("no reason given"),
            address=_from(address),
        )
        self._record("quotation.declined", by=by, text=text)

    def _answered(self, state, name, answer, address):
        fresh = self.locked()
        if fresh.state == self.State.SUPERSEDED:
            raise NewerVersion(fresh.newer)
        if fresh.state != self.State.SENT:
            raise QuotationLocked(fresh)
        if fresh.is_expired and state == self.State.ACCEPTED:
            raise QuotationExpired(self)
        values = {
            "state": state,
            "answered": timezone.now(),
            "answered_by": name,
            "answered_from": address,
            "answer": answer,
        }
        for field, value in values.items():
            setattr(self, field, value)
        self.save(update_fields=list(values))

    @transaction.atomic
    def remind(self):
        """Say, once, that it is about to expire: to its owner and to the client."""
        due = Quotation.objects.expiring().filter(pk=self.pk)
        if not due.update(reminded=timezone.now()):
            return
        text = _("{quotation} expires without an answer.").format(quotation=self)
        self._record("quotation.expiring", by=None, text=text, visible=False)

    def _record(self, kind, *, by, text, visible=True):
        lead = self.lead
        record(
            kind,
            self,
            by=by,
            text=text,
            about=[lead, lead.client],
            tell=[lead.owner],
            client_visible=visible,
        )


def _from(address):
    return _(" (from {address})").format(address=address) if address else ""


class QuotationLine(Line):
    paper = "quotation"

    quotation = models.ForeignKey(Quotation, models.CASCADE, related_name="lines")
