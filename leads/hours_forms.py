"""Working hours as people type them, and absences."""

import re

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.forms.setup import only_one
from leads.forms import DAYS, day_input
from leads.free import DAY_MINUTES, STEP
from leads.models import Absence, MeetingKind, MeetingRules
from leads.models.hours import clock

SPAN = re.compile(
    r"^(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|to|bis)\s*(\d{1,2})(?:[:.](\d{2}))?$"
)


def gaps():
    none = [(0, _("None"))]
    return none + [(n, _("{n} minutes").format(n=n)) for n in (15, 30, 45, 60, 90)]


def read_hours(text):
    """ "9-12:30, 13:30–17:00" as [(540, 750), (810, 1020)]; ValidationError if it is none."""
    spans = []
    for part in filter(
        None, (piece.strip() for piece in text.replace(";", ",").split(","))
    ):
        found = SPAN.match(part.lower())
        if not found:
            raise forms.ValidationError(
                _("Write “{text}” as 09:00–17:00.").format(text=part[:40])
            )
        h1, m1, h2, m2 = (int(value or 0) for value in found.groups())
        start, end = h1 * 60 + m1, h2 * 60 + m2
        if max(m1, m2) > 59 or end > DAY_MINUTES or start >= end:
            text = _("“{text}” does not end after it begins, within one day.")
            raise forms.ValidationError(text.format(text=part[:40]))
        if start % STEP or end % STEP:
            text = _("“{text}” does not lie on quarters of an hour.")
            raise forms.ValidationError(text.format(text=part[:40]))
        spans.append((start, end))
    spans.sort()
    if any(one[1] > two[0] for one, two in zip(spans, spans[1:], strict=False)):
        raise forms.ValidationError(_("These hours overlap."))
    return spans


class HoursField(forms.CharField):
    """The hours of a weekday in one box; empty is a day off."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            max_length=200,
            widget=forms.TextInput({"placeholder": "09:00–12:30, 13:30–17:00"}),
            **kwargs,
        )

    def prepare_value(self, value):
        if isinstance(value, list | tuple):
            return ", ".join(f"{clock(start)}–{clock(end)}" for start, end in value)
        return value

    def clean(self, value):
        return read_hours(super().clean(value))


class WeekForm(forms.Form):
    """A box for each day of the week."""

    def __init__(self, *args, week, **kwargs):
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            field = HoursField(label=name)
            field.initial = week.get(number, [])
            self.fields[f"day_{number}"] = field

    @property
    def days(self):
        return [self[f"day_{number}"] for number in WEEKDAYS]

    @property
    def week(self):
        """The week that was typed, without its days off."""
        week = {number: self.cleaned_data[f"day_{number}"] for number in WEEKDAYS}
        return {number: spans for number, spans in week.items() if spans}


class HoursForm(WeekForm, forms.ModelForm):
    """A person's week, and the time they want between meetings."""

    class Meta:
        model = MeetingRules
        fields = ["before", "after"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            label = self.fields[name].label
            self.fields[name] = forms.TypedChoiceField(
                label=label, coerce=int, choices=gaps
            )


class AbsenceForm(forms.ModelForm):
    class Meta:
        model = Absence
        fields = ["kind", "first", "last", "note"]
        widgets = {"first": day_input(), "last": day_input()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs, auto_id="absence_%s")
        self.fields["first"].validators += DAYS
        self.fields["last"].validators += DAYS

    def clean(self):
        given = super().clean()
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        return given


class KindForm(forms.ModelForm):
    class Meta:
        model = MeetingKind
        fields = ["name", "minutes", "where", "for_clients", "position"]

    def clean_name(self):
        return only_one(self, _("There is a kind of meeting of this name already."))

    def clean_minutes(self):
        minutes = self.cleaned_data["minutes"]
        if minutes % STEP:
            raise forms.ValidationError(
                _("Meetings last quarters of an hour: 15, 30, 45, …")
            )
        return minutes
