"""Rules by which a lead without an owner finds one."""

import re

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Medium, User
from crm.lib.text import plain

MONEY = {
    "max_digits": 14,
    "decimal_places": 2,
    "null": True,
    "blank": True,
    "validators": [MinValueValidator(0)],
}


class AssignmentRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.role == User.Role.ADMIN else self.none()

    editable_by = visible_to

    def in_use(self):
        return self.filter(is_on=True)

    def with_names(self):
        return self.select_related("medium", "person__department", "team")


class AssignmentRule(models.Model):
    """One line of the list: the first rule that fits a lead and has somebody takes it.

    Every condition that is set must hold; without any the rule takes all leads.
    """

    class How(models.TextChoices):
        TURN = "turn", _("in turn")
        LEAST = "least", _("who has the fewest open leads")

    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveIntegerField(_("place in the list"), default=0)
    is_on = models.BooleanField(_("in use"), default=True)
    place = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("Cities, states or countries, with commas between them."),
    )
    area = models.CharField(_("area"), max_length=100, blank=True)
    medium = models.ForeignKey(
        Medium,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="rules",
        verbose_name=_("medium of contact"),
    )
    value_from = models.DecimalField(_("value from"), **MONEY)
    value_to = models.DecimalField(_("value to"), **MONEY)
    interest = models.CharField(
        _("interested in"),
        max_length=200,
        blank=True,
        help_text=_("Words, with commas between them; one of them is enough."),
    )
    person = models.ForeignKey(
        User,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="rules",
        verbose_name=_("to a person"),
    )
    team = models.ForeignKey(
        Department,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="rules",
        verbose_name=_("or to a department"),
    )
    how = models.CharField(
        _("in the department"), max_length=5, choices=How, default=How.TURN
    )
    hours = models.PositiveSmallIntegerField(
        _("pass on when untouched for"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("Working hours of who has it. Empty: it stays with them."),
    )
    # Whose turn it was; changed under the lock of the rules.
    last = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = AssignmentRuleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, team__isnull=True)
                | Q(person__isnull=True, team__isnull=False),
                name="rule_has_one_target",
                violation_error_message=_("Choose a person or a department, not both."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("leads:rule_edit", args=[self.pk])

    @property
    def takes_all(self):
        """Whether it has no condition: what stands below it is never reached."""
        bounds = (self.value_from, self.value_to)
        asks = (self.place, self.area, self.medium_id, self.interest)
        return not any(asks) and bounds == (None, None)

    def reasons(self, lead, currency):
        """A phrase for each condition that holds; None as soon as one does not.

        `currency` is the firm's: values in another one are not compared.
        """
        found = []
        for holds, phrase in self._conditions(lead, currency):
            if not holds:
                return None
            found.append(str(phrase))
        return found

    def _conditions(self, lead, currency):
        """Whether each condition that is set holds, and by what."""
        if self.medium_id:
            yield lead.medium_id == self.medium_id, self.medium
        if self.place:
            yield lead.place and self._is_at(lead.place), lead.place
        if self.area:
            area = lead.place.area if lead.place else ""
            yield plain(area) == plain(self.area), area
        if (self.value_from, self.value_to) != (None, None):
            yield lead.currency == currency and self._is_worth(lead), lead.money
        if self.interest:
            yield self._is_wanted(lead.interest), lead.interest

    def _is_at(self, place):
        return not self._places.isdisjoint(re.split(r"[|@]", place.key))

    @cached_property
    def _places(self):
        return {plain(name) for name in listed(self.place)}

    def _is_worth(self, lead):
        if lead.value is None:
            return False
        low = self.value_from is None or lead.value >= self.value_from
        return low and (self.value_to is None or lead.value <= self.value_to)

    def _is_wanted(self, interest):
        return any(plain(word) in plain(interest) for word in listed(self.interest))

    def conditions_in_words(self):
        """What it asks of a lead, as phrases."""
        found = [self.place, self.area, str(self.medium or ""), self.interest]
        if self.value_from is not None:
            found.append(_now("value from {sum}").format(sum=f"{self.value_from:,.0f}"))
        if self.value_to is not None:
            found.append(_now("value to {sum}").format(sum=f"{self.value_to:,.0f}"))
        return [phrase for phrase in found if phrase]


def listed(text):
    return [part.strip() for part in text.split(",") if part.strip()]
