"""Users of the system: staff and, through their contact, clients."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models.departments import Department, Role
from crm.lib.errors import NotAllowedNow
from crm.lib.phones import PhoneField
from notifications.actions import record


class BlockingYourself(NotAllowedNow):
    def __init__(self, user):
        super().__init__(_("You cannot block yourself; ask another admin."), user)


class LastAdmin(NotAllowedNow):
    def __init__(self, user):
        text = _("{who} is the last admin: make somebody else an admin first.")
        super().__init__(text.format(who=user), user)


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Colleagues one may name: staff of one's own department, all for admins."""
        if user.role == User.Role.ADMIN:
            return self
        if user.role in (User.Role.MANAGER, User.Role.BD, User.Role.DEV):
            mates = models.Q(pk=user.pk)
            if user.department_id:
                mates |= models.Q(department=user.department_id)
            return self.filter(mates).exclude(role=User.Role.CLIENT)
        return self.filter(pk=user.pk)

    def editable_by(self, user):
        return self if user.role == User.Role.ADMIN else self.filter(pk=user.pk)

    def viewable_by(self, user):
        """Those whose pages this user may look at; an admin's are never lent.

        Admins may look at all others', managers at those of their department: its
        people below them, and its clients.
        """
        rows = self.filter(is_active=True).exclude(role=User.Role.ADMIN)
        if user.role == User.Role.ADMIN:
            return rows
        if user.role != User.Role.MANAGER or not user.department_id:
            return self.none()
        department = user.department_id
        people = models.Q(role__in=(User.Role.BD, User.Role.DEV), department=department)
        clients = models.Q(
            role=User.Role.CLIENT,
            contact__client__department=department,
            contact__client__trashed__isnull=True,
        )
        return rows.filter(people | clients)

    def staff(self):
        return self.exclude(role=User.Role.CLIENT)

    def admins(self):
        """Active people who run the system; those of the demo world are not real."""
        return self.filter(role=User.Role.ADMIN, is_active=True, is_demo=False)

    def sellers(self):
        """Active people who can own leads and clients."""
        return self.filter(
            role__in=(User.Role.BD, User.Role.MANAGER, User.Role.ADMIN), is_active=True
        )

    def named(self, words):
        """Those whose user name, first or last name holds the words."""
        name = models.Q(username__icontains=words) | models.Q(
            first_name__icontains=words
        )
        return self.filter(name | models.Q(last_name__icontains=words))

    def who_see(self, row):
        """Active sellers who may see a row with an owner and a department."""
        seen = models.Q(role=User.Role.ADMIN)
        seen |= models.Q(role=User.Role.BD, pk=row.owner_id)
        seen |= models.Q(role=User.Role.MANAGER, department=row.department_id)
        return self.filter(seen, is_active=True)

    def signed_up(self, email, *, as_first=False):
        """Whether somebody signs in with this e-mail; `as_first`: whether an admin does."""
        rows = self.admins() if as_first else self.filter(email__iexact=email)
        return rows.exists()

    def is_taken(self, username, *, by_other_than):
        """Whether somebody else signs in with this user name, whatever its case."""
        rows = self.filter(username__iexact=username)
        return rows.exclude(pk=by_other_than.pk).exists()

    def free_name(self, email):
        """A user name to propose to the owner of this e-mail."""
        stem = email.partition("@")[0].lower()[:140] or "user"
        taken = set(
            self.filter(username__istartswith=stem)
            .annotate(low=Lower("username"))
            .values_list("low", flat=True)[:1000]
        )
        names = (stem if n == 1 else f"{stem}{n}" for n in range(1, 1002))
        return next(name for name in names if name not in taken)


class Users(UserManager.from_queryset(UserQuerySet)):
    @transaction.atomic
    def create_user(self, username, email=None, password=None, **extra):
        user = super().create_user(username, email, password, **extra)
        user.confirm_email()
        return user

    @transaction.atomic
    def create_superuser(self, username, email=None, password=None, **extra):
        extra.setdefault("role", User.Role.ADMIN)
        user = super().create_superuser(username, email, password, **extra)
        user.confirm_email()
        return user


class User(AbstractUser):
    Role = Role

    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.CLIENT)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("department"),
    )
    phone = PhoneField(_("telephone"), blank=True)
    zone = models.CharField(_("time zone"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    blocked = models.DateTimeField(null=True, blank=True, editable=False)
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    PERSONAL = ("username", "first_name", "last_name", "email", "phone")
    EXPORT = (*PERSONAL, "zone", "language", "date_joined", "last_login")

    objects = Users()

    class Meta:
        ordering = ["first_name", "last_name", "username"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_(
                    "Somebody signs in with this e-mail already."
                ),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_once",
                violation_error_message=_("Somebody has this user name already."),
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    def get_absolute_url(self):
        return reverse("accounts:user_edit", args=[self.pk])

    @property
    def is_seller(self):
        return self.role in (self.Role.ADMIN, self.Role.MANAGER, self.Role.BD)

    def holding(self, about=""):
        """What a row's owner or department must be for a seller or manager to see it.

        `about` names the row across a relation ("lead__"); the gates of leads and
        clients, and of what is about them, filter by it.
        """
        if self.role == self.Role.MANAGER:
            return {f"{about}department": self.department_id}
        return {f"{about}owner": self}

    def has_perm(self, perm, obj=None):
        """The admin site is for admins; everybody else's rights are the gates."""
        return self.is_active and self.role == self.Role.ADMIN

    def has_module_perms(self, app_label):
        return self.has_perm(app_label)

    @transaction.atomic
    def confirm_email(self):
        """Let allauth know the address as theirs, and no other: we mailed them there.

        Without that it allows no second factor. The addresses of users are unique, so
        what it still knows as somebody else's is old.
        """
        email = self.email.lower()
        known = EmailAddress.objects.filter(models.Q(user=self) | models.Q(email=email))
        known.exclude(user=self, email=email).delete()
        if email:
            EmailAddress.objects.update_or_create(
                user=self, email=email, defaults={"verified": True, "primary": True}
            )

    @transaction.atomic
    def block(self, *, by):
        """Shut the person out at once: sessions, tokens; history stays."""
        if self == by:
            raise BlockingYourself(self)
        self._leave_an_admin()
        self.is_active, self.blocked = False, timezone.now()
        self.save(update_fields=["is_active", "blocked"])
        self.tokens.all().delete()
        record(
            "user.blocked",
            self,
            by=by,
            text=_("{by} blocked {who}.").format(by=by, who=self),
        )

    @transaction.atomic
    def unblock(self, *, by):
        """Let the person in again, with the password they had."""
        self.is_active, self.blocked = True, None
        self.save(update_fields=["is_active", "blocked"])
        record(
            "user.unblocked",
            self,
            by=by,
            text=_("{by} unblocked {who}.").format(by=by, who=self),
        )

    @transaction.atomic
    def place(self, role, department, *, by):
        """Give the person a role and a department, which decide what they see."""
        if role != self.Role.ADMIN:
            self._leave_an_admin()
        self.role, self.department = role, department
        self.save(update_fields=["role", "department"])
        text = _("{by} made {who} {role} ({department}).").format(
            by=by,
            who=self,
            role=self.get_role_display().lower(),
            department=department or _("no department"),
        )
        record("user.placed", self, by=by, text=text, tell=[self])

    def _leave_an_admin(self):
        """Refuse what would leave nobody who can run the system."""
        admins = User.objects.select_for_update().filter(
            role=self.Role.ADMIN, is_active=True
        )
        if [admin.pk for admin in admins] == [self.pk]:
            raise LastAdmin(self)
