"""What an admin types about an assignment rule."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Medium, Place, User
from leads.models import AssignmentRule


def areas():
    """The names of all areas that the last analysis found."""
    rows = Place.objects.exclude(area="").order_by("area")
    return list(rows.values_list("area", flat=True).distinct())


class RuleForm(forms.ModelForm):
    """Which leads, and who gets them."""

    class Meta:
        model = AssignmentRule
        fields = (
            *("name", "place", "area", "medium", "value_from", "value_to"),
            *("interest", "person", "team", "how", "hours", "is_on"),
        )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        known = dict.fromkeys([*areas(), *filter(None, [self.instance.area])])
        choices = [("", _("Any area")), *((name, name) for name in known)]
        label = self.fields["area"].label
        self.fields["area"] = forms.ChoiceField(
            label=label, choices=choices, required=False
        )
        self.fields["medium"].queryset = Medium.objects.current()
        self.fields["medium"].empty_label = _("Any medium")
        people = User.objects.visible_to(user).sellers()
        self.fields["person"].queryset = people
        self.fields["person"].empty_label = _("Nobody by name")
        self.fields["team"].queryset = Department.objects.visible_to(user)
        self.fields["team"].empty_label = _("No department")
        for name in ("value_from", "value_to"):
            self.fields[name].help_text = _("In the firm's currency.")

    def clean(self):
        given = super().clean()
        low, high = given.get("value_from"), given.get("value_to")
        if low is not None and high is not None and low > high:
            self.add_error("value_to", _("This is below “value from”."))
        return given


class MoveRuleForm(forms.Form):
    """Whether the rule goes up or down."""

    to = forms.ChoiceField(choices=[("up", _("Up")), ("down", _("Down"))])
