"""Purchases: what was bought and paid, in minor units."""

from django.db import models
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from crm.lib.money import show, to_decimal
from sales.models.products import Product

BOUGHT = models.Q(cents__gte=0)  # a refund lowers the sum and is no purchase


class PurchaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(client__in=Client.objects.visible_to(user))

    def editable_by(self, user):
        return self.visible_to(user) if user.is_seller else self.none()

    def newest(self, n):
        """The `n` newest of each currency, each with the figures of `sums` beside it."""
        same = {"partition_by": F("currency")}
        rank = Window(RowNumber(), **same, order_by=[F("day").desc(), F("pk").desc()])
        rows = self.annotate(
            rank=rank,
            n=Window(models.Count("pk", filter=BOUGHT), **same),
            all_cents=Window(models.Sum("cents"), **same),
            last_day=Window(models.Max("day", filter=BOUGHT), **same),
        )
        return rows.filter(rank__lte=n).order_by("-day", "-pk")

    def found(self, words):
        """The order of that number, and those of clients that hold every word."""
        clients = Client.objects.found(words)
        return self.filter(models.Q(order=words) | models.Q(client__in=clients))

    def sums(self):
        """Per currency: how many, how much, and the newest day; nothing is converted.

        Counted as the analyses count: each payment, refunds never.
        """
        rows = self.order_by("currency").values("currency")
        found = rows.annotate(
            n=models.Count("pk", filter=BOUGHT),
            newest=models.Max("day", filter=BOUGHT),
            cents=models.Sum("cents"),  # last: its name hides the column's
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
    EXPORT = ("order", "day", "cents", "currency")
    KEEP = True  # for the books, also of a client who was purged from the trash

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

    EXPORT = ("text", "quantity", "cents")

    class Meta:
        indexes = [
            models.Index(fields=["product", "purchase"], name="purchaseline_of_product")
        ]

    def __str__(self):
        return self.text or str(self.product or "")
