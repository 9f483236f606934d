"""Rules by which the firm asks before the client does: what counts as a cause."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Department, User


class ServiceRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Managers see their own, and those in use for everybody's clients."""
        rows = self.editable_by(user)
        if user.role == User.Role.MANAGER and user.department_id:
            rows |= self.filter(scope=None, is_on=True)
        return rows

    def editable_by(self, user):
        """All for admins; managers those that look after their department's clients."""
        if user.role == User.Role.ADMIN:
            return self
        if user.role == User.Role.MANAGER and user.department_id:
            return self.filter(scope=user.department_id)
        return self.none()

    def with_rights(self, user):
        """Each with `can_edit`, as `editable_by` says."""
        own = ServiceRule.objects.editable_by(user).filter(pk=OuterRef("pk"))
        return self.annotate(can_edit=Exists(own))

    def in_use(self):
        return self.filter(is_on=True)

    def with_names(self):
        return self.select_related("scope", "team")


class ServiceRule(models.Model):
    """One cause that opens a request; `projects.service` finds what it fits."""

    class Cause(models.TextChoices):
        LATE = "late", _("A milestone is late")
        PAYMENT = "payment", _("A payment failed")
        SILENCE = "silence", _("Nobody spoke with a client who waits for us")

    cause = models.CharField(_("when"), max_length=10, choices=Cause)
    days = models.PositiveSmallIntegerField(
        _("for days"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("How long it must be so until a request is opened."),
    )
    subject = models.CharField(
        _("subject of the request"),
        max_length=150,
        help_text=_("The client reads it once a colleague has answered."),
    )
    # Whose clients; empty is everybody's, which only an admin says.
    scope = models.ForeignKey(
        Department,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for clients of"),
    )
    team = models.ForeignKey(
        Department,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("goes to"),
    )
    is_on = models.BooleanField(_("in use"), default=False)
    created = models.DateTimeField(default=timezone.now)

    objects = ServiceRuleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(days__gte=1, days__lte=365),
                name="service_rule_days_of_a_year",
            )
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("service:edit", args=[self.pk])

    @property
    def sentence(self):
        """ "A milestone is late for 3 days; clients of North; goes to …" """
        days = ngettext("for {n} day", "for {n} days", self.days).format(n=self.days)
        whose = _now("all clients")
        if self.scope_id:
            whose = _now("clients of {department}").format(department=self.scope)
        to = self.team or _now("the client's account manager")
        what = f"{self.get_cause_display()}, {days}"
        return _now("{what} ({whose}) → {to}").format(what=what, whose=whose, to=to)
