"""What an admin sets up: the firm, media of contact; and places."""

from django.conf import settings
from django.core.cache import cache
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.lib.text import plain
from crm.lib.uses import remove_unused

# What the firm may keep clients from changing themselves in the customer area: they
# ask for it then. For each: what it is called, and whether it is kept at first.
LOCKABLE = {
    "contact.name": (_("A person's name"), False),
    "contact.position": (_("A person's position"), False),
    "contact.phone": (_("A person's telephone"), False),
    "contact.email": (_("A person's e-mail, by which they sign in"), False),
    "client.name": (_("Their firm's name"), True),
    "client.email": (_("Their firm's e-mail"), False),
    "client.phone": (_("Their firm's telephone"), False),
    "client.billing_address": (_("The address on invoices"), True),
    "client.tax_id": (_("Their tax number"), True),
}
# What a change may be asked of: contact or client → columns.
ASKABLE = {
    about: [key.split(".")[1] for key in LOCKABLE if key.startswith(about)]
    for about in ("contact", "client")
}


def usual_locks():
    return [key for key, (_label, locked) in LOCKABLE.items() if locked]


class Firm(models.Model):
    """The firm that runs this system; one row."""

    name = models.CharField(_("name"), max_length=120, default="Linden")
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#0f766e",
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour as #rrggbb."))
        ],
    )
    currency = models.CharField(_("currency"), max_length=3, default="")
    zone = models.CharField(_("time zone"), max_length=60, default="", blank=True)
    country = models.CharField(_("country"), max_length=2, default="", blank=True)
    tax_rate = models.DecimalField(
        _("tax in per cent"), max_digits=5, decimal_places=2, default=0
    )
    # What stands on quotations and invoices:
    postal_address = models.TextField(_("postal address"), blank=True)
    tax_id = models.CharField(_("tax number"), max_length=60, blank=True)
    bank = models.TextField(_("bank details"), blank=True)
    payment_days = models.PositiveSmallIntegerField(_("days to pay"), default=14)
    hold_over_limit = models.BooleanField(
        _("no quotation above a credit limit"), default=False
    )
    # Keys of LOCKABLE.
    locked = models.JSONField(
        _("what clients do not change themselves"), default=usual_locks, blank=True
    )

    class Meta:
        verbose_name = _("firm")
        verbose_name_plural = _("firm")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="firm_is_one")
        ]

    def __str__(self):
        return self.name

    @classmethod
    def get(cls):
        """The firm; made with defaults when there is none yet."""
        firm, _made = cls.objects.get_or_create(
            pk=1,
            defaults={
                "currency": settings.DEFAULT_CURRENCY,
                "zone": settings.TIME_ZONE,
            },
        )
        return firm

    def locks(self, about):
        """The columns of "contact" or "client" that clients only ask to change."""
        return [name for name in ASKABLE[about] if f"{about}.{name}" in self.locked]

    @classmethod
    def known(cls):
        """The firm for what is only shown: from the cache, up to a minute old."""
        return cache.get_or_set("firm", cls.get, 60)


LOOKS = 15  # colours 1 to 8, then 1 to 7 hatched (tones.css)


def look_of(position):
    """The tone of the medium at this position; no two of the first fifteen are alike."""
    return str(position % LOOKS + 1)


class MediumQuerySet(models.QuerySet):
    def current(self):
        """The media to choose from; no secret to anybody, so no gate."""
        return self.order_by("position", "name")


class Medium(models.Model):
    """A medium of contact: web form, referral, telephone, trade show, …"""

    name = models.CharField(_("name"), max_length=60, unique=True)
    aliases = models.CharField(
        _("also called"),
        max_length=300,
        blank=True,
        help_text=_("Other spellings in imports, with commas."),
    )
    tone = models.CharField(
        max_length=2, default="1"
    )  # its colour, the same everywhere
    position = models.PositiveSmallIntegerField(default=0)
    # Written by analytics.actions.publish():
    group = models.CharField(_("response group"), max_length=60, blank=True)
    group_rank = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = MediumQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = _("media")

    def __str__(self):
        return self.name

    @property
    def spellings(self):
        """All comparable spellings of this medium."""
        names = (self.name, *self.aliases.split(","))
        return {
            plain(name).replace("_", " ").replace("-", " ")
            for name in names
            if name.strip()
        }

    def remove(self):
        """Take out a medium that nothing came by and nothing names."""
        remove_unused(self)


class PlaceQuerySet(models.QuerySet):
    def named(self, words):
        """Places whose name, or whose area's name, holds the words."""
        return self.filter(
            models.Q(key__contains=plain(words)) | models.Q(area__icontains=words)
        )


TOLD_BY_STATE = {"United States", "Brazil", "India", "Canada", "Australia", "Mexico"}


class Place(models.Model):
    """Where leads and clients are: one row per distinct place, geocoded when written."""

    class Precision(models.TextChoices):
        EXACT = "exact", _("given coordinates")
        CITY = "city", _("city")
        STATE = "state", _("state")
        COUNTRY = "country", _("country")
        NONE = "none", _("not found")

    key = models.CharField(
        max_length=300, unique=True
    )  # plain city|state|country[@lat,lon]
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=100, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    precision = models.CharField(
        max_length=10, choices=Precision, default=Precision.NONE
    )
    suggestion = models.CharField(
        max_length=200, blank=True
    )  # nearest spelling, when not found
    # Written by analytics.actions.publish():
    area = models.CharField(_("area"), max_length=100, blank=True, db_index=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["city", "state", "country"]

    def __str__(self):
        """City and country; the state only where cities are told apart by it."""
        state = self.state if not self.city or self.country in TOLD_BY_STATE else ""
        parts = filter(None, (self.city, state, self.country))
        return ", ".join(parts) or self.key

    @property
    def is_placed(self):
        return self.latitude is not None
