"""Secrets that let somebody in: API tokens and invitations; only hashes are kept."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.contacts import Contact
from accounts.models.departments import Department
from accounts.models.people import User
from notifications.actions import record


def hashed(secret: str) -> str:
    """SHA-256 of a random secret: what is stored instead of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user)

    editable_by = visible_to


class ApiToken(models.Model):
    """A key to the API; only its hash is kept, `make()` shows it once."""

    class Scope(models.TextChoices):
        READ = "read", _("Read")
        WRITE = "write", _("Read and write")

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    prefix = models.CharField(max_length=8)
    hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField(_("may"), max_length=10, choices=Scope, default=Scope.READ)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField(_("valid until"), null=True, blank=True)
    last_used = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]

    def __str__(self):
        return f"{self.name} ({self.prefix}…)"

    @classmethod
    def make(cls, user, *, name, scope, days=None):
        """A new token and its secret, which is shown once and never stored."""
        secret = "linden_" + secrets.token_urlsafe(30)
        expires = timezone.now() + timedelta(days=days) if days else None
        row = cls.objects.create(
            user=user,
            name=name,
            scope=scope,
            prefix=secret[7:15],
            hash=hashed(secret),
            expires=expires,
        )
        return row, secret


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff invitations are the admins' business, a client's its seller's."""
        if user.role == User.Role.ADMIN:
            return self
        if not user.is_seller:
            return self.none()
        return self.filter(contact__in=Contact.objects.visible_to(user))

    editable_by = visible_to

    def waiting(self):
        return self.filter(
            accepted__isnull=True, revoked__isnull=True, expires__gt=timezone.now()
        )

    def of_staff(self):
        return self.filter(contact__isnull=True)

    def for_first_admin(self):
        return self.filter(email="", role=User.Role.ADMIN)

    def cut_off(self):
        """Forget who was invited; the mailed link still says that it was taken back."""
        revoked = Coalesce("revoked", timezone.now())
        return self.update(contact=None, email="", name="", revoked=revoked)

    def signed(self, secret):
        """The invitation whose mailed link holds this secret."""
        return self.filter(hash=hashed(secret))


class Invitation(models.Model):
    """An e-mailed link by which somebody becomes a user, once, for a week."""

    DAYS = 7

    hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=User.Role)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact = models.ForeignKey(
        "accounts.Contact",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
    )
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    MERGE = {"contact": "move"}
    PERSONAL = ("email", "name")
    EXPORT = ()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]

    def __str__(self):
        return f"{self.email} ({self.get_role_display()})"

    @property
    def is_open(self):
        return self.state == "open"

    @property
    def is_for_first_admin(self):
        """Whether nobody in particular is invited: a real firm begins with such a link."""
        return not self.email and self.role == User.Role.ADMIN

    @property
    def state(self):
        """`open`, `accepted`, `revoked` or `expired`."""
        if self.accepted:
            return "accepted"
        if self.revoked or (self.contact and self.contact.client.is_blocked):
            return "revoked"
        return "open" if self.expires > timezone.now() else "expired"

    @transaction.atomic
    def revoke(self, *, by):
        """Make the mailed link useless; one that was used stays as it is."""
        if self.accepted or self.revoked:
            return
        self.revoked = timezone.now()
        self.save(update_fields=["revoked"])
        text = _("{by} took back the invitation of {who}.").format(
            by=by, who=self.name or self.email
        )
        record("invitation.revoked", self, by=by, text=text, about=self.topics)

    @property
    def topics(self):
        """The records whose timelines tell of this invitation."""
        return [self.contact.client] if self.contact_id else []

    @property
    def told(self):
        """Who hears of it: the account manager, when a client's person invites."""
        by_client = self.contact_id and self.by and self.by.role == User.Role.CLIENT
        return self.contact.client.keepers() if by_client else []
