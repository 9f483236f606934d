"""Contacts: the people one speaks with at a client."""

from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models.clients import Client
from accounts.models.people import User
from crm.lib.errors import NotAllowedNow
from crm.lib.phones import PhoneField
from crm.lib.search import SearchField, found
from crm.lib.text import searchable
from notifications.actions import record


def nobody_known():
    """What a row calls the person whom it knew before they were forgotten."""
    return gettext("A forgotten person")


class LastOwner(NotAllowedNow):
    def __init__(self, contact):
        text = _(
            "{who} is the last of {client} who may write: let somebody else first."
        )
        super().__init__(text.format(who=contact, client=contact.client), contact)


class OwnLogin(NotAllowedNow):
    def __init__(self, contact):
        text = _("You cannot take your own login away; ask somebody else to do it.")
        super().__init__(text, contact)


class NoLogin(NotAllowedNow):
    def __init__(self, contact):
        text = _("{who} has no login to the customer area: send an invitation.")
        super().__init__(text.format(who=contact), contact)


class LetInOfBlocked(NotAllowedNow):
    def __init__(self, contact):
        text = _("{client} is blocked: unblock it before its people come in again.")
        super().__init__(text.format(client=contact.client), contact)


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

    def for_record(self):
        """As the client's own page and its people see them."""
        return self.remembered().with_invitations().select_related("user")

    def remembered(self):
        """Without those who asked to be forgotten: their rows only hold others up."""
        return self.filter(forgotten__isnull=True)

    def visible_to(self, user):
        return self.remembered().filter(client__in=Client.objects.visible_to(user))

    def with_logins(self):
        """Those who can sign in."""
        return self.filter(user__is_active=True)

    def editable_by(self, user):
        """Sellers edit; a client's owners edit the people of their firm, readers read."""
        rows = self.visible_to(user)
        if user.is_seller:
            return rows
        right = Contact.Right.OWNER
        return rows.filter(client__contacts__user=user, client__contacts__right=right)


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
    forgotten = models.DateTimeField(null=True, blank=True, editable=False)
    search = SearchField()
    history = HistoricalRecords(excluded_fields=["search", "forgotten"])

    MERGE = {"client": "move"}
    # What tells people apart, and what a row is called: accounts.duplicates.
    CALLED = ("name",)
    KNOWN_AS = _("contact")
    PERSONAL = ("name", "email", "phone", "position", "search")
    EXPORT = ("name", "email", "phone", "position", "right", "created")

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-is_primary", "name"]
        indexes = [models.Index(Lower("email"), name="contact_email_lower")]

    def __str__(self):
        return nobody_known() if self.forgotten else self.name

    def get_absolute_url(self):
        return self.client.get_absolute_url()

    def found_by(self):
        return searchable(self.name, self.email, self.phone, self.position)

    @property
    def language(self):
        return self.user.language if self.user_id else ""

    @property
    def is_owner(self):
        return self.right == self.Right.OWNER

    @property
    def can_sign_in(self):
        return self.user_id is not None

    @property
    def is_shut_out(self):
        """Whether the login was taken away; it can be given back."""
        return self.user_id is not None and not self.user.is_active

    @transaction.atomic
    def give_right(self, right, *, by):
        """Let the person write or only read; one who may write stays at the client."""
        if self.right == right:
            return
        if right != self.Right.OWNER and by.role == User.Role.CLIENT:
            self._leave_an_owner()
        self.right = right
        self.save(update_fields=["right"])
        self.tell_of_right(by=by)

    def tell_of_right(self, *, by):
        self._tell("contact.right", _("{by} gave {who} the right: {right}."), by)

    @transaction.atomic
    def shut_out(self, *, by):
        """Take the login away at once, with its sessions and tokens; it can come back."""
        if self.user_id is None:
            raise NoLogin(self)
        if self.user == by:
            raise OwnLogin(self)
        if by.role == User.Role.CLIENT:
            self._leave_an_owner()
        self.user.block(by=by)
        self._tell("contact.shut_out", _("{by} took the login of {who} away."), by)

    @transaction.atomic
    def let_in(self, *, by):
        """Give the login back, with the password it had."""
        if self.user_id is None:
            raise NoLogin(self)
        if self.client.is_blocked:
            raise LetInOfBlocked(self)
        self.user.unblock(by=by)
        self._tell("contact.let_in", _("{by} gave {who} the login back."), by)

    def name_login(self):
        """Whoever signs in for a client is called as the contact is."""
        if self.user_id is None or self.user.role != User.Role.CLIENT:
            return
        first, _space, last = self.name.partition(" ")
        names = (first[:150], last[:150])
        if (self.user.first_name, self.user.last_name) != names:
            self.user.first_name, self.user.last_name = names
            self.user.save(update_fields=["first_name", "last_name"])

    def _leave_an_owner(self):
        """Refuse what would leave the client nobody who may write; one at a time."""
        Client.objects.select_for_update().get(pk=self.client_id)
        owners = self.client.contacts.with_logins().filter(right=self.Right.OWNER)
        if not owners.exclude(pk=self.pk).exists():
            raise LastOwner(self)

    def _tell(self, kind, text, by):
        right = self.get_right_display().lower()
        said = text.format(by=by, who=self, right=right)
        record(
            kind,
            self.client,
            by=by,
            text=said,
            about=[self],
            tell=self.client.keepers(),
        )

    @transaction.atomic
    def make_primary(self):
        """Be the one main contact of the client."""
        self.client.contacts.exclude(pk=self.pk).update(is_primary=False)
        self.is_primary = True
        self.save(update_fields=["is_primary"])
