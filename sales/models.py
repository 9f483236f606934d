"""What is sold: products, quotations and purchases."""

from decimal import Decimal

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Client, User
from crm.lib.errors import NotAllowedNow
from crm.lib.money import show, to_decimal
from leads.models import Lead
from notifications.actions import record

CENT, HUNDRED = Decimal("0.01"), Decimal(100)


class ProductQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sellers offer what the firm sells; clients see it on their quotations."""
        return self if user.is_seller else self.none()

    def editable_by(self, user):
        may = user.role in (User.Role.ADMIN, User.Role.MANAGER)
        return self if may else self.none()

    def sold(self):
        return self.filter(state=Product.State.ACTIVE)

    def found_by(self, text):
        """Those whose name, code or brand contains the text."""
        hit = models.Q(name__icontains=text) | models.Q(code__icontains=text)
        return self.filter(hit | models.Q(brand__icontains=text))


class Product(models.Model):
    """Something sold; its code is `category-brand-product`."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Sold")
        PHASED_OUT = "phased_out", _("Phased out")

    code = models.CharField(_("code"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    category = models.CharField(_("category"), max_length=80, blank=True, db_index=True)
    brand = models.CharField(_("brand"), max_length=80, blank=True)
    price = models.DecimalField(
        _("price"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.ACTIVE
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["category", "name"]

    def __str__(self):
        return self.name

    @property
    def money(self):
        return show(self.price, self.currency)

    @staticmethod
    def code_of(category, brand, name):
        """`category-brand-product`, each part in plain small letters."""
        parts = (slugify(part).replace("-", "_") for part in (category, brand, name))
        return "-".join(filter(None, parts))[:120]


class QuotationLocked(NotAllowedNow):
    def __init__(self, quotation):
        text = _("This quotation is {state} and can no longer be changed.")
        super().__init__(
            text.format(state=quotation.get_state_display().lower()), quotation
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

    def waiting(self):
        return self.filter(state=Quotation.State.SENT)


class Quotation(models.Model):
    """An offer with lines, made for a lead and answered by the client."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="quotations")
    number = models.CharField(_("number"), max_length=20, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    tax_rate = models.DecimalField(
        _("tax in per cent"), max_digits=5, decimal_places=2, default=0
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.TextField(_("note to the client"), blank=True)
    total = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, editable=False
    )
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="quotations")
    created = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answer = models.TextField(_("what the client said"), blank=True)
    history = HistoricalRecords()

    PERSONAL = ("answered_by", "answer")

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        indexes = [models.Index(fields=["state", "-sent"], name="quotation_waiting")]

    def __str__(self):
        return _("Quotation {number}").format(number=self.number)

    def get_absolute_url(self):
        return reverse("sales:quotation", args=[self.pk])

    @property
    def money(self):
        return show(self.total, self.currency)

    def net(self):
        """The sum of the lines before tax."""
        return sum((line.amount for line in self.lines.all()), Decimal(0))

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

    @classmethod
    def next_number(cls):
        """A running number; the unique column refuses the slower of two at once."""
        newest = cls.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return f"Q-{timezone.localdate():%Y}-{newest + 1:05d}"

    def locked(self):
        return Quotation.objects.select_for_update().get(pk=self.pk)

    def sum_up(self):
        """Write the total of the lines with tax, rounded per quotation."""
        self.total = (self.net() * (1 + self.tax_rate / HUNDRED)).quantize(CENT)
        self.save(update_fields=["total"])

    @transaction.atomic
    def send(self, *, by):
        """Show the quotation to the client and say so on the timeline."""
        if self.locked().state != self.State.DRAFT:
            raise QuotationLocked(self)
        if not self.lines.exists():
            raise NotAllowedNow(_("Add at least one line before you send it."), self)
        self.state, self.sent = self.State.SENT, timezone.now()
        self.save(update_fields=["state", "sent"])
        text = _("{by} sent {quotation} over {money}.").format(
            by=by, quotation=self, money=self.money
        )
        self._record("quotation.sent", by=by, text=text)

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
    def accept(self, *, name, by=None):
        """The client's yes; `name` is who gave it."""
        self._answered(self.State.ACCEPTED, name, "")
        text = _("{name} accepted {quotation}.").format(name=name, quotation=self)
        self._record("quotation.accepted", by=by, text=text)

    @transaction.atomic
    def decline(self, *, name, reason="", by=None):
        """The client's no, with the reason if one was given."""
        self._answered(self.State.DECLINED, name, reason)
        text = _("{name} declined {quotation}: {reason}").format(
            name=name, quotation=self, reason=reason or _("no reason given")
        )
        self._record("quotation.declined", by=by, text=text)

    def _answered(self, state, name, answer):
        fresh = self.locked()
        if fresh.state != self.State.SENT:
            raise QuotationLocked(fresh)
        if fresh.is_expired and state == self.State.ACCEPTED:
            raise NotAllowedNow(
                _("This quotation has expired; ask for a new one."), self
            )
        self.state, self.answered, self.answered_by, self.answer = (
            state,
            timezone.now(),
            name,
            answer,
        )
        self.save(update_fields=["state", "answered", "answered_by", "answer"])

    def _record(self, kind, *, by, text):
        lead = self.lead
        record(
            kind,
            self,
            by=by,
            text=text,
            about=[lead, lead.client],
            tell=[lead.owner],
            client_visible=True,
        )


class QuotationLine(models.Model):
    quotation = models.ForeignKey(Quotation, models.CASCADE, related_name="lines")
    product = models.ForeignKey(
        Product,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("product"),
    )
    text = models.CharField(_("what"), max_length=200)
    quantity = models.DecimalField(
        _("quantity"), max_digits=10, decimal_places=2, default=1
    )
    price = models.DecimalField(_("price each"), max_digits=12, decimal_places=2)
    discount = models.DecimalField(
        _("discount in per cent"), max_digits=5, decimal_places=2, default=0
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text

    @property
    def amount(self):
        return (self.quantity * self.price * (1 - self.discount / HUNDRED)).quantize(
            CENT
        )


class PurchaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(client__in=Client.objects.visible_to(user))

    def editable_by(self, user):
        return self.visible_to(user) if user.is_seller else self.none()

    def sums(self):
        """Per currency: how many, how much, and the newest day; nothing is converted."""
        rows = self.order_by("currency").values("currency")
        found = rows.annotate(
            n=models.Count("pk"), cents=models.Sum("cents"), newest=models.Max("day")
        )
        return [
            row | {"money": show(to_decimal(row["cents"], c), c)}
            for row in found
            if (c := row["currency"])
        ]


class Purchase(models.Model):
    """One order of a client: its day and total; a refund is a negative total.

    Integer minor units, because analyses sum millions of them.
    """

    client = models.ForeignKey(Client, models.CASCADE, related_name="purchases")
    order = models.CharField(_("order"), max_length=100, blank=True)
    day = models.DateField(_("day"))
    cents = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="EUR")
    created = models.DateTimeField(default=timezone.now)

    MERGE = {"client": "move"}

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(fields=["client", "day", "cents"], name="purchase_gather"),
            models.Index(fields=["-day", "-id"], name="purchase_list"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=~models.Q(order=""),
                name="purchase_order_once",
            )
        ]

    def __str__(self):
        return self.order or f"#{self.pk}"

    @property
    def amount(self):
        return to_decimal(self.cents, self.currency)

    @property
    def money(self):
        return show(self.amount, self.currency)


class PurchaseLine(models.Model):
    """One product of an order."""

    purchase = models.ForeignKey(Purchase, models.CASCADE, related_name="lines")
    product = models.ForeignKey(
        Product, models.SET_NULL, null=True, blank=True, related_name="lines"
    )
    text = models.CharField(max_length=200, blank=True)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, default=1)
    cents = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["product", "purchase"], name="purchaseline_of_product")
        ]

    def __str__(self):
        return self.text or str(self.product or "")
