"""What people type about hours, the budget and what is to be built."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from projects.forms import DateInput
from projects.models import Project

FAR_BACK = timedelta(days=3650)


class TimeForm(forms.Form):
    """Hours of one day; `milestones` are those of the project, fetched already."""

    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=Decimal("0.01"),
        max_value=24,
        max_digits=4,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
    )
    day = forms.DateField(label=_("Day"), widget=DateInput())
    milestone = forms.ChoiceField(label=_("Milestone"), required=False)
    note = forms.CharField(label=_("What was done"), required=False, max_length=200)

    def __init__(self, *args, milestones, **kwargs):
        super().__init__(*args, auto_id="time_%s", **kwargs)  # beside the log's form
        self.known = {str(m.pk): m for m in milestones}
        names = [(pk, str(m)) for pk, m in self.known.items()]
        self.fields["milestone"].choices = [("", _("The whole project")), *names]
        self.fields["day"].initial = timezone.localdate
        self.fields["hours"].widget.attrs["min"] = "0.25"

    def clean_day(self):
        day, today = self.cleaned_data["day"], timezone.localdate()
        first = today - FAR_BACK
        if not first <= day <= today:
            text = _("Log a day between {first} and today.")
            first = date_format(first, "j F Y")
            raise forms.ValidationError(text.format(first=first))
        return day

    def clean_milestone(self):
        return self.known.get(self.cleaned_data["milestone"])


class BudgetForm(forms.ModelForm):
    class Meta:
        model = Project
        fields = ["budget_hours", "budget_amount", "show_budget"]


class TextsForm(forms.ModelForm):
    class Meta:
        model = Project
        fields = ["specification", "requirements"]
        widgets = {
            "specification": forms.Textarea(attrs={"rows": 12, "maxlength": 50_000}),
            "requirements": forms.Textarea(attrs={"rows": 12, "maxlength": 50_000}),
        }
