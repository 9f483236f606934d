"""Clients, and what may be done with them."""

from datetime import timedelta

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models.people import Department, User
from accounts.models.setup import Medium, Place
from crm.lib.errors import NotAllowedNow
from crm.lib.phones import PhoneField
from crm.lib.search import found
from crm.lib.text import searchable
from crm.lib.trash import Trashable, TrashQuerySet
from notifications.actions import record

LISTED = [
    "kind",
    "name",
    "email",
    "industry",
    "value_class",
    "signed_up",
    "created",
    "blocked",
    "owner__first_name",
    "owner__last_name",
    "owner__username",
    "medium__name",
    "place__key",
    "place__city",
    "place__state",
    "place__country",
]


class ClientIdTaken(NotAllowedNow):
    def __init__(self, client):
        text = _("{client} stays in the trash: another client has its id {id} now.")
        super().__init__(text.format(client=client, id=client.external_id))


class ClientQuerySet(TrashQuerySet):
    def visible_to(self, user, *, trashed=False):
        """Clients this user may know of; with `trashed` those in the trash instead."""
        rows = self.in_trash() if trashed else self.alive()
        if user.role == User.Role.ADMIN:
            return rows
        if user.role in (User.Role.MANAGER, User.Role.BD):
            return rows.filter(**user.holding())
        if user.role == User.Role.CLIENT and not trashed:
            return rows.filter(contacts__user=user, blocked__isnull=True)
        return self.none()  # project developers see the client through the project only

    def editable_by(self, user):
        return self.visible_to(user) if user.is_seller else self.none()

    def blocked(self):
        return self.filter(blocked__isnull=False)

    def unblocked(self):
        return self.filter(blocked__isnull=True)

    def found(self, words):
        """Clients whose name, address, number or id holds every one of the words."""
        return found(self, words)

    def mailed(self, address):
        """Clients with this e-mail, whatever its case, as the index holds it."""
        return self.alias(mail=Lower("email")).filter(mail=address.lower())

    def reached(self, address):
        """Clients with this e-mail, or with somebody who has it."""
        contacts = apps.get_model("accounts.Contact").objects  # defined above us
        people = contacts.mailed(address).order_by().values("client")
        firms = Client.objects.mailed(address).order_by().values("pk")
        return self.filter(pk__in=firms.union(people))

    def twin(self, email, but):
        """Another client, not in the trash, with this e-mail."""
        return self.alive().mailed(email).exclude(pk=but.pk).first()

    def numbered(self, number, but):
        """Whether another client, not in the trash, has this external id."""
        rows = self.alive().filter(external_id=number)
        return rows.exclude(pk=but.pk).exists()

    def around(self, words):
        """Clients at a place or in an area of that name."""
        return self.filter(place__in=Place.objects.named(words))

    def fresh(self):
        """Clients added in the last 30 days."""
        return self.filter(created__gte=timezone.now() - timedelta(days=30))

    def with_names(self):
        return self.select_related("owner", "place", "medium")

    def with_facts(self):
        """What the client's own page names beside its columns."""
        return self.with_names().select_related("department", "best_medium")

    def for_list(self):
        """Only what a list shows, in one query."""
        return self.with_names().only(*LISTED)


class Client(Trashable):
    """A firm or person who is or was a customer."""

    class Kind(models.TextChoices):
        FIRM = "firm", _("Firm")
        PERSON = "person", _("Person")

    class ValueClass(models.TextChoices):
        HIGH = "high_value", _("High value")
        GROWTH = "most_growth", _("Most growth")
        ORDINARY = "ordinary", _("Ordinary")
        BELOW = "below_average", _("Below average")
        NEGATIVE = "negative", _("Negative")
        NEW = "new", _("New")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FIRM)
    name = models.CharField(_("name"), max_length=200)
    external_id = models.CharField(_("external id"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneField(_("telephone"), blank=True)
    industry = models.CharField(_("industry"), max_length=80, blank=True)
    place = models.ForeignKey(
        Place, models.SET_NULL, null=True, blank=True, related_name="clients"
    )
    medium = models.ForeignKey(
        Medium,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="clients",
        verbose_name=_("medium"),
    )
    owner = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="clients",
        db_index=False,  # the lists' index begins with it
        verbose_name=_("account manager"),
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clients",
        db_index=False,  # as that of the owner
    )
    signed_up = models.DateField(_("signed up"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"), null=True, blank=True
    )
    gender = models.CharField(_("gender"), max_length=20, blank=True)
    spending_score = models.PositiveSmallIntegerField(
        _("spending score"), null=True, blank=True
    )
    notes = models.TextField(_("notes"), blank=True)
    billing_address = models.TextField(_("address on invoices"), blank=True)
    tax_id = models.CharField(_("tax number"), max_length=60, blank=True)
    payment_days = models.PositiveSmallIntegerField(
        _("days to pay"), null=True, blank=True
    )
    # In the firm's currency: what the client may owe before a seller is warned.
    credit_limit = models.DecimalField(
        _("credit limit"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    blocked = models.DateTimeField(null=True, blank=True, editable=False)
    created = models.DateTimeField(default=timezone.now)
    search = models.TextField(blank=True, editable=False)
    # Labels, written by analytics.actions.publish():
    value_class = models.CharField(
        max_length=20, choices=ValueClass, blank=True, editable=False
    )
    value_reason = models.TextField(blank=True, editable=False)
    media_group = models.CharField(max_length=60, blank=True, editable=False)
    best_medium = models.ForeignKey(
        Medium, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    history = HistoricalRecords(
        excluded_fields=["search", "value_reason", "media_group", "best_medium"]
    )

    # What tells people apart, and what a row is called: accounts.duplicates.
    CALLED = ("name",)
    KNOWN_AS = _("client")
    PERSONAL = (
        *("name", "email", "phone", "birth_year", "gender", "notes", "search"),
        *("billing_address", "tax_id"),
    )
    # What a client's people may take away of it: accounts.subject.
    EXPORT = (
        *("name", "kind", "email", "phone", "industry", "place", "signed_up"),
        *("birth_year", "gender", "billing_address", "tax_id", "payment_days"),
    )

    objects = ClientQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-created", "-id"], name="client_owner_list"),
            models.Index(
                fields=["department", "-created", "-id"], name="client_department_list"
            ),
            models.Index(fields=["-created", "-id"], name="client_list"),
            models.Index(fields=["value_class", "owner"], name="client_class"),
            models.Index(
                fields=["department", "value_class"], name="client_department_class"
            ),
            models.Index(Lower("email"), name="client_email_lower"),
            models.Index(fields=["phone"], name="client_phone"),
            models.Index(
                fields=["-trashed", "-id"],
                name="client_trash",
                condition=models.Q(trashed__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~models.Q(external_id="") & models.Q(trashed__isnull=True),
                name="client_external_id_once",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("accounts:client", args=[self.pk])

    @property
    def is_blocked(self):
        return self.blocked is not None

    def seen_by(self):
        """The colleagues who may see the client: `visible_to` from the other side."""
        return User.objects.who_see(self)

    def keepers(self):
        """Who is told of what its people do: the account manager, or all who see it."""
        owner = self.owner
        return [owner] if owner and owner.is_active else list(self.seen_by())

    def found_by(self):
        """What the search column holds; set it whenever one of these changes."""
        return searchable(
            self.name, self.email, self.phone, self.external_id, self.industry
        )

    @transaction.atomic
    def change(self, *, by, **values):
        """Write what differs of `values` and say on the timeline what it was."""
        fresh = Client.objects.select_for_update().get(pk=self.pk)
        changed = [
            name for name, value in values.items() if getattr(fresh, name) != value
        ]
        if not changed:
            return
        for name in changed:
            setattr(self, name, values[name])
        self.search = self.found_by()
        self.save(update_fields=[*changed, "search"])
        names = [str(self._meta.get_field(name).verbose_name) for name in changed]
        text = _("{by} changed {what} of {who}.").format(
            by=by, what=", ".join(names), who=self
        )
        record("client.changed", self, by=by, text=text, tell=[self.owner])

    @transaction.atomic
    def assign(self, owner, *, by):
        """Give the client to another account manager; department and open leads follow."""
        before, self.owner, self.department = self.owner, owner, owner.department
        self.save(update_fields=["owner", "department"])
        text = _("{by} gave {who} to {owner}.").format(by=by, who=self, owner=owner)
        record("client.assigned", self, by=by, text=text, tell=[before, owner])

    @transaction.atomic
    def block(self, *, by):
        """Shut the client's people out of the customer area; their history stays."""
        self.blocked = timezone.now()
        self.save(update_fields=["blocked"])
        for contact in self.contacts.with_logins().select_related("user"):
            contact.user.block(by=by)
        text = _("{by} blocked {who}.").format(by=by, who=self)
        record("client.blocked", self, by=by, text=text, tell=[self.owner])

    @transaction.atomic
    def unblock(self, *, by):
        """Let those in again who were shut out with the client, and nobody else."""
        since, self.blocked = self.blocked, None
        self.save(update_fields=["blocked"])
        along = self.contacts.filter(user__blocked__gte=since) if since else ()
        for contact in along:
            contact.user.unblock(by=by)
        text = _("{by} unblocked {who}.").format(by=by, who=self)
        record("client.unblocked", self, by=by, text=text, tell=[self.owner])

    def obstacle(self):
        number = self.external_id
        if number and Client.objects.numbered(number, self):
            return ClientIdTaken(self)
        return super().obstacle()

    @transaction.atomic
    def trash(self, *, by):
        """Put the client away for 30 days, and its leads and projects with it."""
        along = self.put_away(by=by)
        text = _("{by} moved {who} to the trash.").format(by=by, who=self)
        record("client.trashed", self, by=by, text=text, about=along, tell=[self.owner])

    @transaction.atomic
    def restore(self, *, by):
        """Take the client out of the trash with what went along, unless its id was given away."""
        along = self.take_out(by=by)
        text = _("{by} took {who} out of the trash.").format(by=by, who=self)
        record(
            "client.restored", self, by=by, text=text, about=along, tell=[self.owner]
        )
