"""What an admin or manager types about a service rule."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from projects.asking import departments
from projects.models import ServiceRule

# What an empty page proposes: the cause, for how many days, and the subject.
PROPOSALS = {
    ServiceRule.Cause.LATE: (3, _("Your project takes longer than planned")),
    ServiceRule.Cause.PAYMENT: (1, _("A payment did not go through")),
    ServiceRule.Cause.SILENCE: (30, _("How are things with you?")),
}


class ServiceRuleForm(forms.ModelForm):
    """When a request is opened, for whose clients, and who has it then."""

    class Meta:
        model = ServiceRule
        fields = ("cause", "days", "subject", "scope", "team", "is_on")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        causes = [("", _("Please choose")), *ServiceRule.Cause.choices]
        self.fields["cause"].choices = causes
        seen = Department.objects.visible_to(user)
        kept = Q(pk__in=seen.values("pk")) | Q(pk=self.instance.team_id)
        self.fields["team"].queryset = departments().filter(kept)
        self.fields["team"].empty_label = _("The client's account manager")
        if user.role == User.Role.ADMIN:
            self.fields["scope"].queryset = seen
            self.fields["scope"].empty_label = _("Everybody's clients")
        else:  # a manager's rule looks after the clients of their department alone
            del self.fields["scope"]
            self.instance.scope = user.department


def proposals():
    """What a first rule may be, to begin from."""
    for cause, (days, subject) in PROPOSALS.items():
        yield {"cause": cause, "days": days, "subject": subject, "label": cause.label}


def proposed(cause):
    """What the form starts with; nothing for a cause there is not."""
    if cause not in ServiceRule.Cause.values:
        return {}
    days, subject = PROPOSALS[ServiceRule.Cause(cause)]
    return {"cause": cause, "days": days, "subject": subject}
