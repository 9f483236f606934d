"""What clients did in the catalogue: the raw rows that interests are read from."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, Contact, User
from sales.models.products import Product


class ProductEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who look after the client, and oneself: it is in the own data."""
        if user.role == User.Role.CLIENT:
            return self.filter(
                contact__in=Contact.objects.visible_to(user).filter(user=user)
            )
        if not user.is_seller:
            return self.none()
        return self.filter(client__in=Client.objects.visible_to(user))

    def editable_by(self, user):
        """Nobody changes what was seen."""
        return self.none()


class ProductEvent(models.Model):
    """A client came to the catalogue, looked at a product, or put it into the basket."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Opened the catalogue")
        VIEW = "view", _("Looked at it")
        BASKET = "basket", _("Put into the basket")

    client = models.ForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    product = models.ForeignKey(
        Product,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    url = models.CharField(_("address"), max_length=300, blank=True)
    # What makes it once: who, what and the hour. Blank where each one counts.
    key = models.CharField(max_length=100, unique=True, null=True, editable=False)

    MERGE = {"client": "move", "contact": "move"}
    PERSONAL = ("url",)  # an address may name who went there
    EXPORT = ("kind", "product", "at", "url")

    objects = ProductEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["client", "at"], name="productevent_of_client"),
            models.Index(fields=["product", "at"], name="productevent_of_product"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="visit") | models.Q(product__isnull=False),
                name="productevent_of_what",
            )
        ]

    def __str__(self):
        return f"{self.client}: {self.get_kind_display()}"
