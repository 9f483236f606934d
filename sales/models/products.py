"""Products: what is sold."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Contact, User
from crm.lib.money import show


class ProductQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sellers see all of it; clients what is in the catalogue, if they have a firm."""
        if user.is_seller:
            return self
        if user.role == User.Role.CLIENT:
            own = Contact.objects.visible_to(user).filter(user=user)
            return self.shown().filter(models.Exists(own))
        return self.none()

    def editable_by(self, user):
        may = user.role in (User.Role.ADMIN, User.Role.MANAGER)
        return self if may else self.none()

    def sold(self):
        return self.filter(state=Product.State.ACTIVE)

    def shown(self):
        """What clients may see: sold, and not kept out of the catalogue."""
        return self.sold().filter(in_catalogue=True)

    def holding(self, words):
        """Those that hold each of the words somewhere a client can read."""
        rows = self
        for word in words.split()[:8]:
            hit = models.Q(name__icontains=word) | models.Q(brand__icontains=word)
            hit |= models.Q(category__icontains=word)
            rows = rows.filter(hit | models.Q(description__icontains=word))
        return rows

    def tallied(self, column):
        """(value, how many) of a column that is filled, the most frequent first."""
        rows = self.exclude(**{column: ""}).order_by().values_list(column)
        return rows.annotate(n=models.Count("pk")).order_by("-n", column)

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
    description = models.TextField(
        _("description"),
        max_length=2000,
        blank=True,
        help_text=_("What clients read about it in the catalogue."),
    )
    in_catalogue = models.BooleanField(
        _("shown to clients in the catalogue"), default=True
    )

    history = HistoricalRecords()

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["category", "name"]
        indexes = [
            models.Index(
                fields=["category", "name", "id"],
                name="product_catalogue",
                condition=models.Q(state="active", in_catalogue=True),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def money(self):
        return show(self.price, self.currency)

    @property
    def is_shown(self):
        """Whether clients may see it and ask for it."""
        return self.in_catalogue and self.state == self.State.ACTIVE

    @staticmethod
    def code_of(category, brand, name):
        """`category-brand-product`, each part in plain small letters."""
        parts = (slugify(part).replace("-", "_") for part in (category, brand, name))
        return "-".join(filter(None, parts))[:120]
