"""The basket of a contact: which products they want a quotation for, and how many."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from crm.lib.money import show
from sales.models.products import Product

MOST = 9999  # of one product
MOST_LINES = 50


class BasketLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own and nobody else's: what is not asked for yet is no business of ours."""
        people = Contact.objects.visible_to(user).filter(user=user)
        return self.filter(contact__in=people)

    def editable_by(self, user):
        """A reader only reads, so they have no basket to change."""
        return self.visible_to(user).filter(contact__right=Contact.Right.OWNER)

    def with_products(self):
        return self.select_related("product").order_by("pk")


class BasketLine(models.Model):
    """A product in the basket, once per contact."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="basket")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField(
        _("quantity"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    created = models.DateTimeField(default=timezone.now)

    MERGE = {"contact": "move"}
    EXPORT = ("product", "quantity", "created")

    objects = BasketLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "product"], name="basketline_product_once"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=MOST),
                name="basketline_quantity",
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.product}"

    @property
    def amount(self):
        """Today's price for all of them; None where it is on request."""
        price = self.product.price
        return None if price is None else price * self.quantity

    @property
    def money(self):
        return show(self.amount, self.product.currency)
