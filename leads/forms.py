"""What people type about leads."""

from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, Firm, Medium, User
from accounts.places import Spot
from crm.lib import phones
from crm.lib.forms import PickerField, Suggest
from crm.lib.money import decimals
from leads.models import Interaction, Lead, LostReason, Stage

DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 1, 1))]
SPOT = ("city", "state", "country", "latitude", "longitude")


def day_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def not_past(day, known=None):
    """The day of a next step, unless it is over; one that is planned already may be."""
    if day and day != known and day < timezone.localdate():
        raise forms.ValidationError(
            _("That day is over: plan the next step for today or later.")
        )
    return day


def most_of(currency):
    """The first value that no lead has: a hundred times less where there are cents.

    >>> f"{most_of('EUR'):,} {most_of('JPY'):,}"
    '10,000,000,000 1,000,000,000,000'
    """
    return 10 ** (12 - decimals(currency))


def degrees(label, most):
    return forms.FloatField(
        label=label, required=False, min_value=-most, max_value=most
    )


class LeadForm(forms.ModelForm):
    """A lead as it comes in, or what is changed about it later."""

    client = PickerField(
        Client.objects.none(),
        label=_("Client"),
        required=False,
        help_text=_("If the firm or person is a client already."),
    )
    city = forms.CharField(label=_("City"), required=False, max_length=100)
    state = forms.CharField(label=_("State"), required=False, max_length=100)
    country = forms.CharField(label=_("Country"), required=False, max_length=100)
    latitude = degrees(_("Latitude"), 90)
    longitude = degrees(_("Longitude"), 180)
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three letters, such as EUR."))],
    )

    class Meta:
        model = Lead
        fields = (
            *("name", "client", "contact_name", "company", "email", "phone"),
            *("medium", "interest", "value", "currency", "stage", "owner"),
            *("next_step", "next_step_on", "external_id"),
        )
        widgets = {"next_step_on": day_input()}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        firm = Firm.get()
        fields = self.fields
        fields["client"].queryset = Client.objects.visible_to(user)
        fields["client"].widget.url = reverse("accounts:client_options")
        fields["medium"].queryset = Medium.objects.current()
        fields["medium"].empty_label = _("Not known")
        phones.read_as_of(fields["phone"], firm.country)
        fields["value"].min_value = 0
        fields["value"].validators.append(
            MinValueValidator(0, _("A value cannot be below nothing."))
        )
        fields["next_step_on"].validators += DAYS
        self._set_up(user, firm)

    def _set_up(self, user, firm):
        """What differs between a new lead and a known one."""
        place = self.instance.place
        if self.instance.pk:
            del self.fields["stage"], self.fields["owner"]
            for name in SPOT[:3]:
                self.fields[name].initial = getattr(place, name, "")
            if place and place.precision == place.Precision.EXACT:
                self.fields["latitude"].initial = place.latitude
                self.fields["longitude"].initial = place.longitude
            return
        self.fields["stage"].queryset = Stage.objects.current().open()
        self.fields["stage"].empty_label = None
        self.fields["stage"].initial = Stage.first_of(Stage.Kind.OPEN)
        self.fields["currency"].initial = firm.currency or settings.DEFAULT_CURRENCY
        if user.role == User.Role.BD:
            del self.fields["owner"]
        else:
            people = User.objects.visible_to(user).sellers()
            self.fields["owner"].queryset = people
            self.fields["owner"].empty_label = _("Nobody: the rules decide")

    def clean_external_id(self):
        """Two leads never share an id; the trash does not count."""
        typed = self.cleaned_data["external_id"]
        if Lead(pk=self.instance.pk, external_id=typed).is_id_taken():
            raise forms.ValidationError(_("Another lead has this id."))
        return typed

    def clean_next_step_on(self):
        known = self.instance.next_step_on if self.instance.pk else None
        return not_past(self.cleaned_data["next_step_on"], known)

    def clean(self):
        given = super().clean()
        value, currency = given.get("value"), given.get("currency", "")
        fresh = {"value", "currency"} & set(self.changed_data)
        if fresh and value is not None and value >= most_of(currency):
            text = _("A value stays below {most}: look at the zeros and the currency.")
            self.add_error("value", text.format(most=f"{most_of(currency):,}"))
        return given

    @property
    def spot(self):
        """The place that was typed."""
        return Spot(*(self.cleaned_data.get(name) for name in SPOT))

    @property
    def columns_changed(self):
        """The columns of the lead that differ from what the form showed."""
        return [name for name in self.changed_data if name in self._meta.fields]

    @property
    def spot_changed(self):
        return any(name in SPOT for name in self.changed_data)


class LogForm(forms.ModelForm):
    """A word exchanged and what comes next, in one go."""

    they_answered = forms.BooleanField(label=_("They answered"), required=False)
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=200)
    next_step_on = forms.DateField(
        label=_("On"), required=False, widget=day_input(), validators=DAYS
    )

    class Meta:
        model = Interaction
        fields = ("kind", "direction", "medium", "text", "at", "client_visible")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3, "maxlength": 10_000}),
            "at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }

    def __init__(self, *args, lead, **kwargs):
        super().__init__(*args, **kwargs, auto_id="log_%s")
        self.lead = lead
        self.fields["text"].max_length = 10_000
        self.fields["medium"].queryset = Medium.objects.current()
        self.fields["medium"].empty_label = _("As usual for its kind")
        self.fields["at"].required = False
        self.fields["at"].initial = None
        self.fields["at"].help_text = _("Empty: just now.")
        self.fields["next_step"].initial = lead.next_step
        self.fields["next_step_on"].initial = lead.next_step_on

    def clean_at(self):
        at = self.cleaned_data["at"] or timezone.now()
        if at > timezone.now() + timedelta(minutes=5):
            raise forms.ValidationError(
                _("That is still to come: write it down as the next step.")
            )
        if at.year < 1900:
            raise forms.ValidationError(_("That was too long ago."))
        return at

    def clean_next_step_on(self):
        day = self.cleaned_data["next_step_on"]
        return not_past(day, self.lead.next_step_on)

    def clean_text(self):
        text = self.cleaned_data["text"]
        if len(text) > 10_000:
            raise forms.ValidationError(_("At most 10,000 characters."))
        return text

    @property
    def interaction(self):
        """The unsaved interaction that was typed."""
        row = self.instance
        row.lead = self.lead
        if self.cleaned_data["they_answered"]:
            row.answered = row.at
        return row

    @property
    def step(self):
        """The next step (text, day) that was typed."""
        return self.cleaned_data["next_step"], self.cleaned_data["next_step_on"]


class PlanForm(forms.Form):
    """The next step and its day; both empty take it away."""

    step = forms.CharField(label=_("Next step"), required=False, max_length=200)
    on = forms.DateField(
        label=_("On"), required=False, widget=day_input(), validators=DAYS
    )

    def __init__(self, *args, lead, **kwargs):
        kwargs["initial"] = {"step": lead.next_step, "on": lead.next_step_on}
        super().__init__(*args, **kwargs, auto_id="plan_%s")
        self.lead = lead

    def clean_on(self):
        return not_past(self.cleaned_data["on"], self.lead.next_step_on)


class LoseForm(forms.Form):
    """Why the lead was lost."""

    reason = forms.CharField(
        label=_("Why was it lost?"),
        max_length=200,
        help_text=_("Choose from the list, or a few words of your own."),
        widget=Suggest,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs, auto_id="lose_%s")
        self.fields["reason"].widget.proposals = LostReason.names()


class AssignForm(forms.Form):
    """Who takes the lead over."""

    owner = forms.ModelChoiceField(
        None, label=_("New owner"), empty_label=_("Choose a colleague")
    )

    def __init__(self, *args, user, lead, **kwargs):
        super().__init__(*args, **kwargs, auto_id="assign_%s")
        if lead.client:
            text = _("{client} and all its leads go along.")
            self.fields["owner"].help_text = text.format(client=escape(lead.client))
        self.fields["owner"].queryset = User.objects.visible_to(user).sellers()


class MoveForm(forms.Form):
    """The stage a lead goes to: an open one, won or lost."""

    stage = forms.ModelChoiceField(Stage.objects.current(), label=_("Move to"))
