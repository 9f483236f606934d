"""Contacts: the people one speaks with at a client."""

from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models.clients import Client
from accounts.models.people import User
from crm.lib.phones import PhoneField
from crm.lib.search import SearchField, found
from crm.lib.text import searchable


class ContactQuerySet(models.QuerySet):
    def mailed(self, address):
        """People with this e-mail, whatever its case, as the index holds it."""
        return self.alias(mail=Lower("email")).filter(mail=address.lower())

    def found(self, words):
        """Contacts whose name, address, number or position holds every word."""
        return found(self, words)

    def with_invitations(self):
        """Annotate whether a link into the customer area is on its way."""
        waiting = models.Q(
            invitations__accepted__isnull=True,
            invitations__revoked__isnull=True,
            invitations__expires__gt=timezone.now(),
        )
        return self.annotate(
            is_invited=models.Exists(
                Contact.objects.filter(waiting, pk=models.OuterRef("pk"))
            )
        )

    def visible_to(self, user):
        return self.filter(client__in=Client.objects.visible_to(user))

    def editable_by(self, user):
        """Sellers edit; a client's owner edits their own details, a reader reads."""
        if user.is_seller:
            return self.visible_to(user)
        return self.visible_to(user).filter(user=user, right=Contact.Right.OWNER)


class Contact(models.Model):
    """A person at a client; with a login when invited to the customer area."""

    class Right(models.TextChoices):
        OWNER = "owner", _("May answer and write")
        READER = "reader", _("May read")

    client = models.ForeignKey(Client, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneField(_("telephone"), blank=True)
    position = models.CharField(_("position"), max_length=100, blank=True)
    is_primary = models.BooleanField(_("main contact"), default=False)
    user = models.OneToOneField(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contact",
        editable=False,
    )
    right = models.CharField(
        _("right"), max_length=10, choices=Right, default=Right.OWNER
    )
    created = models.DateTimeField(default=timezone.now)
    search = SearchField()
    history = HistoricalRecords(excluded_fields=["search"])

    MERGE = {"client": "move"}
    # What tells people apart, and what a row is called: accounts.duplicates.
    CALLED = ("name",)
    KNOWN_AS = _("contact")
    PERSONAL = ("name", "email", "phone", "position", "search")

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-is_primary", "name"]
        indexes = [models.Index(Lower("email"), name="contact_email_lower")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return self.client.get_absolute_url()

    def found_by(self):
        return searchable(self.name, self.email, self.phone, self.position)

    @property
    def language(self):
        return self.user.language if self.user_id else ""

    @property
    def can_sign_in(self):
        return self.user_id is not None

    @transaction.atomic
    def make_primary(self):
        """Be the one main contact of the client."""
        self.client.contacts.exclude(pk=self.pk).update(is_primary=False)
        self.is_primary = True
        self.save(update_fields=["is_primary"])
