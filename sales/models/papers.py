"""What quotations and invoices have in common: lines, tax rates, sums."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, User
from crm.lib.money import show
from sales.models.products import Product
from sales.sums import amount_of, sum_up

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class TaxRateQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_seller else self.none()

    def editable_by(self, user):
        return self if user.role == User.Role.ADMIN else self.none()


class TaxRate(models.Model):
    """A rate that a line may bear, beside the firm's usual one."""

    name = models.CharField(
        _("name"), max_length=60, help_text=_("Such as “Reduced” or “Reverse charge”.")
    )
    percent = models.DecimalField(
        _("per cent"), max_digits=5, decimal_places=2, unique=True, validators=PERCENT
    )

    objects = TaxRateQuerySet.as_manager()

    class Meta:
        ordering = ["-percent"]

    def __str__(self):
        return f"{self.name} ({percent_text(self.percent)})"

    @classmethod
    def choices(cls, *also):
        """(per cent, label) of all rates, the usual first; `also` stays choosable."""
        usual = Firm.get().tax_rate
        named = {row.percent: str(row) for row in cls.objects.all()}
        rates = dict.fromkeys([usual, *named, *also])
        return [(rate, named.get(rate) or percent_text(rate)) for rate in rates]


def percent_text(rate):
    """ "19%", as the reader writes numbers."""
    plain = Decimal(rate).normalize()
    places = max(0, -plain.as_tuple().exponent)
    return f"{number_format(plain, decimal_pos=places)}%"


def address_lines(name, person, client):
    """The address field of a paper: who it is for, then where; no line twice."""
    own = client.billing_address.splitlines() if client else []
    where = [line.strip() for line in own if line.strip()]
    if not where and client and client.place:
        where = [str(client.place)]
    if where and _same(where[0], name):
        name = where.pop(0)  # in the client's own spelling
    if any(_same(line, person) for line in (name, *where)):
        person = ""
    return [line for line in (name, person, *where) if line]


def _same(line, name):
    return line.casefold().split() == name.casefold().split()


class NumberRange(models.Model):
    """The last number given out of a kind in a year; its row is the queue for the next."""

    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="number_range_once")
        ]

    def __str__(self):
        return f"{self.kind} {self.year}: {self.last}"

    @classmethod
    def take(cls, kind, year):
        """The next number, without a gap: a rolled-back transaction gives it back."""
        try:
            with transaction.atomic():
                cls.objects.get_or_create(kind=kind, year=year)
        except IntegrityError:  # somebody else began the year this moment
            pass
        row = cls.objects.select_for_update().get(kind=kind, year=year)
        row.last += 1
        row.save(update_fields=["last"])
        return row.last


class Paper(models.Model):
    """A paper for a client with lines and a total."""

    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    discount = models.DecimalField(
        _("discount on the whole, in per cent"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=PERCENT,
    )
    note = models.TextField(_("note to the client"), blank=True)
    total = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, editable=False
    )
    created = models.DateTimeField(default=timezone.now)
    # Whom it was for on the day it was sent: from then on it never changes.
    billed_to = models.TextField(blank=True, editable=False)
    billed_tax_id = models.CharField(max_length=60, blank=True, editable=False)

    FROZEN = ("billed_to", "billed_tax_id")

    class Meta:
        abstract = True

    @property
    def money(self):
        return show(self.total, self.currency)

    def recipient(self):
        """Name, person and client, if there is one, whom a draft is for."""
        raise NotImplementedError

    def freeze(self):
        """Keep whom it is for as of now; the verb that sends it saves `FROZEN`."""
        name, person, client = self.recipient()
        self.billed_to = "\n".join(address_lines(name, person, client))
        self.billed_tax_id = client.tax_id if client else ""

    def addressee(self):
        """Who it is for, as the lines of an address: a draft's follow the client."""
        if self.is_draft:
            return address_lines(*self.recipient())
        return self.billed_to.splitlines()

    @property
    def tax_id(self):
        """The tax number of whom it is for, by the same rule."""
        client = self.recipient()[-1] if self.is_draft else None
        return client.tax_id if client else self.billed_tax_id

    def sums(self, lines=None):
        """The figures under the lines (sales/sums.py says how they are rounded)."""
        found = self.lines.all() if lines is None else lines
        pairs = [(line.tax_rate, line.amount_in(self.currency)) for line in found]
        return sum_up(pairs, discount=self.discount, currency=self.currency)

    def sum_up(self):
        """Write the total of the lines with tax."""
        self.total = self.sums().total
        self.save(update_fields=["total"])


class Line(models.Model):
    """One line of a paper; `paper` is the name of the relation to it."""

    paper = ""

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
    tax_rate = models.DecimalField(
        _("tax in per cent"), max_digits=5, decimal_places=2, default=0
    )
    position = models.PositiveSmallIntegerField(default=0)

    EXPORT = ("text", "quantity", "price", "discount", "tax_rate")
    COPIED = ("product", "text", "quantity", "price", "discount", "tax_rate")

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text

    def amount_in(self, currency):
        return amount_of(self.quantity, self.price, self.discount, currency)

    def gross_in(self, currency):
        """With tax and not rounded: the line's weight in the total."""
        return self.amount_in(currency) * (100 + self.tax_rate)

    @property
    def amount(self):
        return self.amount_in(getattr(self, self.paper).currency)

    def values(self):
        """What makes a copy of this line."""
        return {name: getattr(self, name) for name in self.COPIED}
