"""Products: what is sold."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from crm.lib.money import show


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

    history = HistoricalRecords()

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
