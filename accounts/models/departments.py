"""The parts of the firm, and the roles that people can have."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from crm.lib.uses import remove_unused


class Role(models.TextChoices):
    ADMIN = "admin", _("Admin")
    MANAGER = "manager", _("Manager")
    BD = "bd", _("Business developer")
    DEV = "dev", _("Project developer")
    CLIENT = "client", _("Client")


LEAST_FIRST = (Role.BD, Role.DEV, Role.MANAGER)


class DepartmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.role == Role.ADMIN:
            return self
        if user.role == Role.CLIENT:
            return self.none()
        return self.filter(pk=user.department_id)

    def editable_by(self, user):
        return self if user.role == Role.ADMIN else self.none()

    def with_people(self):
        """Annotate how many active people work in each."""
        active = models.Q(people__is_active=True)
        return self.annotate(people_count=models.Count("people", filter=active))


class Department(models.Model):
    """A part of the firm; managers see the rows of theirs.

    Its people have one of the roles it carries; without any, they may have each.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    roles = models.JSONField(_("roles"), default=list, blank=True)
    # The kinds of wishes from clients that are its business, in words.
    request_types = models.JSONField(_("kinds of requests"), default=list, blank=True)
    history = HistoricalRecords()

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def usual_role(self):
        """The role somebody gets who is given none: the least of those it carries."""
        return next((role for role in LEAST_FIRST if role in self.roles), "")

    @property
    def roles_text(self):
        """ "Manager, Business developer", or "" when it carries none in particular."""
        return ", ".join(
            str(label) for role, label in Role.choices if role in self.roles
        )

    def carries(self, role):
        return not self.roles or role == Role.ADMIN or role in self.roles

    def remove(self):
        """Take out a department that nobody and nothing belongs to."""
        remove_unused(self)
