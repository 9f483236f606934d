"""Invoices: numbered without a gap when they are sent, paid in parts, taken back whole."""

from datetime import timedelta
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.models import HistoricalRecords

from accounts.models import Client, Contact, Firm, User
from crm.lib.clock import today_in, zone_of
from crm.lib.errors import NotAllowedNow
from crm.lib.links import signed
from crm.lib.money import show
from crm.lib.search import SearchField
from crm.lib.text import searchable
from notifications.actions import record
from sales.models.invoice_rows import LINK, OPEN, InvoiceQuerySet
from sales.models.papers import Line, NumberRange, Paper
from sales.models.quotations import Quotation


class InvoiceLocked(NotAllowedNow):
    def __init__(self, invoice):
        text = _("{invoice} is {state}: that is not possible now.")
        state = invoice.get_state_display().lower()
        super().__init__(text.format(invoice=invoice, state=state), invoice)


class NothingToPay(NotAllowedNow):
    def __init__(self, invoice):
        super().__init__(
            _("Give it lines that add up to something before you send it."), invoice
        )


class Invoice(Paper):
    """What a client has to pay, or gets back by a credit note."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        CREDIT = "credit", _("Credit note")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        PART_PAID = "part_paid", _("Part-paid")
        PAID = "paid", _("Paid")
        VOID = "void", _("Void")
        CREDITED = "credited", _("Credited")

    client = models.ForeignKey(Client, models.PROTECT, related_name="invoices")
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind, default=Kind.INVOICE
    )
    # Given when it is sent, so that the numbers of a year have no gap.
    number = models.CharField(_("number"), max_length=20, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT
    )
    quotation = models.ForeignKey(
        Quotation, models.SET_NULL, null=True, blank=True, related_name="invoices"
    )
    credits = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="credit_notes"
    )
    # What it bills, such as "sales.quotation:12" or "projects.milestone:3"; once.
    origin = models.CharField(max_length=60, blank=True, editable=False)
    subject = models.CharField(_("what it is for"), max_length=200, blank=True)
    paid = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, editable=False
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    reminded = models.DateTimeField(null=True, blank=True, editable=False)
    reason = models.TextField(_("why it was taken back"), blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="invoices")
    search = SearchField()
    history = HistoricalRecords(excluded_fields=["reminded", "search"])

    MERGE = {"client": "move"}
    EXPORT = (
        *("number", "kind", "state", "subject", "currency", "total", "paid"),
        *("issued_on", "due_on", "paid_on", "billed_to", "billed_tax_id", "note"),
    )
    KEEP = True  # for the books, also of a client who was purged from the trash

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        indexes = [
            models.Index(fields=["-created", "-id"], name="invoice_list"),
            models.Index(fields=["client", "state", "due_on"], name="invoice_standing"),
            models.Index(
                fields=["due_on", "id"],
                name="invoice_overdue",
                condition=Q(state__in=OPEN, kind="invoice"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="invoice_number_once"
            ),
            models.UniqueConstraint(
                fields=["origin"],
                condition=~Q(origin="") & ~Q(state__in=["void", "credited"]),
                name="invoice_origin_once",
            ),
        ]

    def __str__(self):
        if not self.number:
            return _("Draft invoice {pk}").format(pk=self.pk)
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self):
        return reverse("sales:invoice", args=[self.pk])

    def get_signed_url(self):
        return reverse("signed:invoice", args=[signed(self.pk, LINK)])

    @classmethod
    def holds_back(cls, client):
        """Why the client cannot be forgotten yet (accounts.models.erasures)."""
        n = cls.objects.filter(client=client).open().count()
        text = ngettext("{n} invoice is open.", "{n} invoices are open.", n)
        return text.format(n=n) if n else ""

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_credit(self):
        return self.kind == self.Kind.CREDIT

    @property
    def is_open(self):
        return self.state in OPEN and not self.is_credit

    @property
    def is_taken_back(self):
        return self.state in (self.State.VOID, self.State.CREDITED)

    @property
    def is_overdue(self):
        return bool(self.is_open and self.due_on and self.due_on < timezone.localdate())

    @property
    def state_text(self):
        """Its state in words: what is overdue and not paid at all says so."""
        late = self.is_overdue and self.state == self.State.SENT
        return _("Overdue") if late else self.get_state_display()

    @property
    def days_late(self):
        return (timezone.localdate() - self.due_on).days if self.is_overdue else 0

    @property
    def owed(self):
        """What is still to be paid; below nothing, what is to be given back."""
        total = Decimal(0) if self.is_taken_back or self.is_credit else self.total
        return total - self.paid

    @property
    def owed_money(self):
        return show(self.owed, self.currency)

    @property
    def to_refund(self):
        """What was paid too much, or for what was taken back."""
        return max(-self.owed, Decimal(0))

    @property
    def can_be_voided(self):
        return self.is_open and not self.paid

    @property
    def can_be_credited(self):
        states = (*OPEN, self.State.PAID)
        return self.state in states and not self.is_credit

    def recipient(self):
        return self.client.name, "", self.client

    def found_by(self):
        return searchable(self.number, self.subject)

    def facts(self):
        """Label and value of what stands beside the title of the sheet."""
        known = [
            (_("Number"), self.number),
            (_("Date"), self.issued_on and date_format(self.issued_on, "j M Y")),
            (_("Due on"), self.due_on and date_format(self.due_on, "j M Y")),
            (_("Your tax number"), self.tax_id),
            (_("Credits"), self.credits and self.credits.number),
        ]
        return [(label, value) for label, value in known if value]

    @property
    def closing(self):
        """The sentence under the lines, with the day as it was issued."""
        if self.is_credit:
            return _("This amount is given back or set off.")
        if self.is_taken_back:
            return _("This invoice was taken back: nothing is to be paid.")
        if self.state == self.State.PAID:
            return _("Paid in full, thank you.")
        if not self.due_on:
            return ""
        return _("Please pay {money} by {day} and give {number} as reference.").format(
            money=self.owed_money,
            day=date_format(self.due_on, "j M Y"),
            number=self.number,
        )

    @property
    def closing_today(self):
        """The sentence above the sheet: also how much is paid, and that it is late."""
        part = self.state == self.State.PART_PAID and self.due_on
        if part and self.is_overdue:
            text = _(
                "{open} of {total} is still open and has been due since {day}. "
                "Please give {number} as reference."
            )
        elif self.is_overdue:
            text = _(
                "{open} has been due since {day}. Please give {number} as reference."
            )
        elif part:
            text = _(
                "{open} of {total} is still open. Please pay it by {day} "
                "and give {number} as reference."
            )
        else:
            return self.closing
        return text.format(
            open=self.owed_money,
            total=self.money,
            day=date_format(self.due_on, "j M Y"),
            number=self.number,
        )

    def locked(self):
        return Invoice.objects.select_for_update().get(pk=self.pk)

    @transaction.atomic
    def send(self, *, by):
        """Give it its number and its day to be paid, and mail it to the client."""
        if not self.locked().is_draft:
            raise InvoiceLocked(self)
        if self.total <= 0:
            raise NothingToPay(self)
        self.issue(self.due_days())
        text = _("{by} sent {invoice} over {money}, due on {day}.").format(
            by=by,
            invoice=self,
            money=self.money,
            day=date_format(self.due_on, "j M Y"),
        )
        self.record("invoice.sent", by=by, text=text)

    def due_days(self):
        """The client's own days to pay, or the firm's."""
        days = self.client.payment_days
        return Firm.get().payment_days if days is None else days

    @transaction.atomic
    def issue(self, days):
        """Take the next number of the year; the rest of the columns follow."""
        today = today_in(zone_of(Firm.get().zone))
        number = NumberRange.take("invoice", today.year)
        self.freeze()
        values = {name: getattr(self, name) for name in self.FROZEN} | {
            "number": f"INV-{today.year}-{number:05d}",
            "state": self.State.SENT,
            "issued_on": today,
            "due_on": today + timedelta(days=days),
            "sent": timezone.now(),
        }
        self._write(values)

    def _write(self, values):
        for field, value in values.items():
            setattr(self, field, value)
        self.save(update_fields=[*values, "search"])

    @transaction.atomic
    def discard(self, *, by):
        """Throw a draft away; it had no number yet."""
        if not self.locked().is_draft:
            raise InvoiceLocked(self)
        text = _("{by} threw away the draft of an invoice over {money}.")
        text = text.format(by=by, money=self.money)
        record("invoice.discarded", self.client, by=by, text=text)
        self.delete()

    @transaction.atomic
    def void(self, *, reason, by):
        """Take back what nobody has paid anything of; the number stays used."""
        if not self.locked().can_be_voided:
            raise InvoiceLocked(self)
        self._write({"state": self.State.VOID, "reason": reason})
        text = _("{by} voided {invoice}: {reason}")
        text = text.format(by=by, invoice=self, reason=reason)
        self.record("invoice.voided", by=by, text=text)

    def take_back(self, reason):
        """End it because a credit note stands against it."""
        self._write({"state": self.State.CREDITED, "reason": reason})

    @transaction.atomic
    def settle(self, day):
        """Bring state and sum up to date with the payments; called by their verbs."""
        given = self.payments.counted().aggregate(sum=models.Sum("signed_amount"))
        values = {"paid": given["sum"] or Decimal(0)}
        if self.state in (*OPEN, self.State.PAID):
            full = values["paid"] >= self.total
            part = self.State.PART_PAID if values["paid"] > 0 else self.State.SENT
            values["state"] = self.State.PAID if full else part
            values["paid_on"] = (self.paid_on or day) if full else None
        self._write(values)

    @transaction.atomic
    def remind(self):
        """Tell its owner, once, that it is overdue."""
        due = Invoice.objects.overdue().filter(pk=self.pk, reminded__isnull=True)
        if due.update(reminded=timezone.now()):
            text = _("{invoice} over {money} is overdue.")
            text = text.format(invoice=self, money=self.owed_money)
            self.record("invoice.overdue", by=None, text=text, visible=False)

    def record(self, kind, *, by, text, visible=True):
        lead = self.quotation.lead if self.quotation_id else None
        record(
            kind,
            self,
            by=by,
            text=text,
            about=[self.client, lead],
            tell=[self.client.owner],
            client_visible=visible,
        )

    def readers(self):
        """Whom it is mailed to, and whether they sign in: the owners, else one address."""
        people = self.client.contacts.exclude(email="")
        owners = people.filter(user__is_active=True, right=Contact.Right.OWNER)
        if owners:
            return [(person, True) for person in owners]
        first = people.order_by("-is_primary", "pk").first()
        return [(first or self.client, False)]


class InvoiceLine(Line):
    paper = "invoice"

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines")
