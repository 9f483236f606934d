"""Payments: what came in for an invoice, went back, or failed."""

from datetime import timedelta
from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from crm.lib.errors import NotAllowedNow
from crm.lib.money import show, to_minor
from sales.models.invoices import Invoice, InvoiceLocked
from sales.models.purchases import Purchase, PurchaseLine
from sales.shares import shared_out

BIGGEST = Decimal(10) ** 11  # what the column of the sum paid can hold, and a digit
AHEAD = timedelta(days=365)  # how long before its invoice a deposit may be paid


class PaymentRefused(NotAllowedNow):
    """What was typed does not fit the invoice: its form says so, beside `field`."""

    field = "amount"


class PaidAlready(PaymentRefused):
    field = "reference"

    def __init__(self, payment):
        text = _(
            "{reference} was written down already, over {money}: nothing was added."
        )
        text = text.format(reference=payment.reference, money=payment.money)
        super().__init__(text, payment.invoice)


class TooMuch(PaymentRefused):
    """More came in than is open; it is taken only when somebody says so."""

    def __init__(self, invoice):
        text = _(
            "Only {money} is open of {invoice}: say that more came in, if it did. "
            "Nothing was added."
        )
        money = show(max(invoice.owed, 0), invoice.currency)
        super().__init__(text.format(money=money, invoice=invoice), invoice)


class TooMuchBack(PaymentRefused):
    def __init__(self, invoice):
        text = _("Only {money} was paid for {invoice}: no more can go back.")
        money = show(invoice.paid, invoice.currency)
        super().__init__(text.format(money=money, invoice=invoice), invoice)


class PaymentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(invoice__in=Invoice.objects.visible_to(user))

    def editable_by(self, user):
        return self.filter(invoice__in=Invoice.objects.editable_by(user))

    def moved(self):
        """Without those that failed."""
        return self.exclude(kind=Payment.Kind.FAILED).select_related("invoice")

    def counted(self):
        """Those that moved money, with what they add to the sum paid."""
        back = models.Case(
            models.When(kind=Payment.Kind.REFUND, then=-models.F("amount")),
            default=models.F("amount"),
        )
        return self.moved().annotate(signed_amount=back)


class Payment(models.Model):
    """Money for an invoice; written by `pay`, `refund` and `fail`, never changed."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("Payment")
        REFUND = "refund", _("Refund")
        FAILED = "failed", _("Failed")

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("Bank transfer")
        DEBIT = "debit", _("Direct debit")
        CARD = "card", _("Card")
        CASH = "cash", _("Cash")
        CHEQUE = "cheque", _("Cheque")
        OTHER = "other", _("Other")

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments")
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind, default=Kind.PAYMENT
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    method = models.CharField(
        _("method"), max_length=10, choices=Method, default=Method.TRANSFER
    )
    day = models.DateField(_("day"))
    reference = models.CharField(_("reference"), max_length=100)
    note = models.CharField(_("note"), max_length=200, blank=True)
    purchase = models.OneToOneField(
        Purchase, models.SET_NULL, null=True, editable=False, related_name="payment"
    )
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords()

    EXPORT = ("day", "kind", "amount", "method", "reference")
    KEEP = True  # for the books, as the invoice

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="payment_above_nothing"
            ),
            models.UniqueConstraint(
                fields=["invoice", "kind", "reference"], name="payment_reference_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.reference}"

    def get_absolute_url(self):
        return self.invoice.get_absolute_url()

    @property
    def money(self):
        return show(self.amount, self.invoice.currency)

    @classmethod
    def first_day(cls, invoice):
        """A deposit may come before its invoice, but a year at most and not before the client."""
        issued = invoice.issued_on or timezone.localdate()
        came = invoice.client.signed_up or issued - AHEAD
        return max(issued - AHEAD, min(came, issued))

    @classmethod
    def write(cls, invoice, *, kind, over=False, by, **facts):
        """Write down what happened, by the verb of its kind."""
        if kind == cls.Kind.PAYMENT:
            return cls.pay(invoice, over=over, by=by, **facts)
        verb = cls.refund if kind == cls.Kind.REFUND else cls.fail
        return verb(invoice, by=by, **facts)

    @classmethod
    @transaction.atomic
    def pay(cls, invoice, *, amount, reference, by, over=False, **facts):
        """Write down what came in, once per reference; `over` allows more than is open."""
        invoice = _for_money(invoice, cls.Kind.PAYMENT, reference)
        if invoice.is_draft or invoice.is_credit:
            raise InvoiceLocked(invoice)
        fits = invoice.paid + amount <= BIGGEST
        if not fits or (amount > invoice.owed and not over):
            raise TooMuch(invoice)
        return cls._write(invoice, cls.Kind.PAYMENT, amount, reference, by, facts)

    @classmethod
    @transaction.atomic
    def refund(cls, invoice, *, amount, reference, by, **facts):
        """Write down what went back to the client, at most what was paid."""
        invoice = _for_money(invoice, cls.Kind.REFUND, reference)
        if amount > invoice.paid:
            raise TooMuchBack(invoice)
        return cls._write(invoice, cls.Kind.REFUND, amount, reference, by, facts)

    @classmethod
    @transaction.atomic
    def fail(cls, invoice, *, amount, reference, by, **facts):
        """Write down that a payment was tried and failed; the sums stay."""
        invoice = _for_money(invoice, cls.Kind.FAILED, reference)
        if invoice.is_draft or invoice.is_credit:
            raise InvoiceLocked(invoice)
        return cls._write(invoice, cls.Kind.FAILED, amount, reference, by, facts)

    @classmethod
    def _write(cls, invoice, kind, amount, reference, by, facts):
        facts.setdefault("day", timezone.localdate())
        row = cls.objects.create(
            invoice=invoice,
            kind=kind,
            amount=amount,
            reference=reference,
            by=by,
            **facts,
        )
        if kind != cls.Kind.FAILED:
            row._buy()
            invoice.settle(row.day)
        text = WORDS[kind].format(by=by, money=row.money, invoice=invoice)
        shown = kind != cls.Kind.FAILED
        invoice.record(f"payment.{EVENTS[kind]}", by=by, text=text, visible=shown)
        return row

    @property
    def cents(self):
        """What it adds to what the client bought, in minor units."""
        cents = to_minor(self.amount, self.invoice.currency)
        return -cents if self.kind == self.Kind.REFUND else cents

    def _buy(self):
        """Write the purchase of this payment."""
        self.purchase = self.as_purchase()
        self.purchase.save()
        lines = self.purchase_lines(self.invoice.lines.all())
        PurchaseLine.objects.bulk_create(lines)
        self.save(update_fields=["purchase"])

    def as_purchase(self):
        """The purchase that it makes, not yet written."""
        return Purchase(
            client=self.invoice.client,
            order=f"{self.invoice.number}#{self.pk}",
            day=self.day,
            cents=self.cents,
            currency=self.invoice.currency,
        )

    def purchase_lines(self, lines):
        """The invoice's lines as those of the purchase: the same share of each."""
        lines, invoice = list(lines), self.invoice
        share = self.amount / invoice.total * (-1 if self.cents < 0 else 1)
        weights = [line.gross_in(invoice.currency) for line in lines]
        return [
            PurchaseLine(
                purchase=self.purchase,
                product_id=line.product_id,
                text=line.text,
                quantity=(line.quantity * share).quantize(Decimal("0.01")),
                cents=cents,
            )
            for line, cents in zip(lines, shared_out(self.cents, weights), strict=True)
        ]


WORDS = {
    Payment.Kind.PAYMENT: _("{money} came in for {invoice}."),
    Payment.Kind.REFUND: _("{money} of {invoice} went back to the client."),
    Payment.Kind.FAILED: _("A payment of {money} for {invoice} failed."),
}
EVENTS = {
    Payment.Kind.PAYMENT: "received",
    Payment.Kind.REFUND: "refunded",
    Payment.Kind.FAILED: "failed",
}


def _for_money(invoice, kind, reference):
    """The invoice, locked; refused when this reference was written down before."""
    fresh = Invoice.objects.select_related("client").get(pk=invoice.locked().pk)
    known = fresh.payments.filter(kind=kind, reference=reference).first()
    if known:
        raise PaidAlready(known)
    return fresh
