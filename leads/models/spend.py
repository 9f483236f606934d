"""What a medium of contact cost in a month."""

from django.db import models, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Department, Medium, User
from crm.lib.errors import NotAllowedNow
from crm.lib.money import show

MOST = 10**12  # what the column of the amount cannot hold


class TooMuch(NotAllowedNow):
    def __init__(self, spend):
        text = _("{what}: both amounts together are too much to be noted.")
        super().__init__(text.format(what=spend), spend)


class SpendQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Managers see what their department spent, admins all."""
        if user.role == User.Role.ADMIN:
            return self
        if user.role == User.Role.MANAGER and user.department_id:
            return self.filter(department=user.department_id)
        return self.none()

    editable_by = visible_to

    def between(self, first, last):
        """Those of the months from `first` to `last`, both the first of a month."""
        return self.filter(month__gte=first, month__lte=last)

    def with_names(self):
        return self.select_related("medium", "department")


class Spend(models.Model):
    """The spend on a medium in a month: one row per department and currency.

    Without a department it is the whole firm's.
    """

    medium = models.ForeignKey(
        Medium, models.PROTECT, related_name="spend", verbose_name=_("medium")
    )
    month = models.DateField(_("month"))  # its first day
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="spend",
        verbose_name=_("department"),
    )
    history = HistoricalRecords()

    objects = SpendQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-pk"]
        verbose_name = _("spend")
        verbose_name_plural = _("spend")
        indexes = [models.Index(fields=["department", "-month"], name="spend_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["medium", "month", "currency", "department"], name="spend_once"
            ),
            models.UniqueConstraint(
                fields=["medium", "month", "currency"],
                condition=models.Q(department__isnull=True),
                name="spend_of_firm_once",
                violation_error_message=_(
                    "There is an amount for this medium and month already."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0),
                name="spend_not_negative",
                violation_error_message=_("Nobody spends less than nothing."),
            ),
        ]

    def __str__(self):
        return f"{self.medium}, {date_format(self.month, 'F Y')}"

    def get_absolute_url(self):
        return reverse("leads:spend_edit", args=[self.pk])

    @property
    def money(self):
        return show(self.amount, self.currency)

    @classmethod
    @transaction.atomic
    def enter(cls, amount, *, add=False, **key):
        """Write what was spent; an amount there already is replaced, or added to.

        `key` is medium, month, currency and department; tells the row and whether it
        is new.
        """
        known = cls.objects.select_for_update().filter(**key).first()
        if known and add:
            amount += known.amount
            if amount >= MOST:
                raise TooMuch(known)
        return cls.objects.update_or_create(**key, defaults={"amount": amount})

    @transaction.atomic
    def change(self, amount):
        """Correct the amount."""
        self.amount = amount
        self.save(update_fields=["amount"])
