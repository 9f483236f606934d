"""What clients and visitors type about a meeting."""

from datetime import timedelta

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from accounts.forms.phones import FirmPhone
from accounts.forms.setup import zone_choices
from accounts.models import Medium
from crm.lib.forms import RowsField
from leads.models import BookingPage, MeetingKind
from leads.receiving import Answers
from leads.web_form_forms import TEL, TRAP

AHEAD = timedelta(days=180)


class SlotForm(forms.Form):
    """One of the free times."""

    starts = forms.DateTimeField(
        label=_("When"),
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Choose one of the free times."),
            "invalid": _("Choose one of the free times."),
        },
    )

    def clean_starts(self):
        starts = self.cleaned_data["starts"]
        if starts > timezone.now() + AHEAD:
            raise forms.ValidationError(_("That is more than half a year away."))
        return starts


class KindSlotForm(SlotForm):
    """A free time for a meeting of one of these kinds."""

    kind = RowsField(
        MeetingKind.objects.none(),
        label=_("Kind"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds
        self.fields["kind"].required = bool(self.kinds)

    @property
    def kinds(self):
        """The kinds to choose from, read once."""
        return list(self.fields["kind"].queryset)


class ClientBookForm(KindSlotForm):
    """What a client says about the meeting."""

    title = forms.CharField(
        label=_("What is it about?"), max_length=120, required=False
    )
    agenda = forms.CharField(
        label=_("What should be prepared?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


# The name stands in a mail to an address that may be another's: no links in it.
A_NAME = RegexValidator(
    r"[/@:<>]|www\.", _("Write a name, without an address."), inverse_match=True
)


class VisitorForm(FirmPhone, KindSlotForm):
    """Who a stranger is, and what they want to talk about."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        validators=[A_NAME],
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The invitation goes there, with a link to move or cancel."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = PhoneNumberField(
        label=_("Telephone"), required=False, widget=forms.TextInput(TEL)
    )
    company = forms.CharField(
        label=_("Company"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    message = forms.CharField(
        label=_("What is it about?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].required = True

    @property
    def is_trapped(self):
        """Whether a machine filled in what people do not see."""
        return bool(self.data.get(TRAP))

    @property
    def answers(self):
        names = ("name", "email", "company", "message")
        given = {name: self.cleaned_data[name] for name in names}
        return Answers(**given, phone=str(self.cleaned_data["phone"] or ""))


class ZoneForm(forms.Form):
    """By whose clock a visitor reads the times."""

    zone = forms.ChoiceField(label=_("Times in"), choices=zone_choices)


class BookingPageForm(forms.ModelForm):
    """A seller's public booking page."""

    class Meta:
        model = BookingPage
        fields = ["is_on", "slug", "intro", "kinds", "medium"]
        widgets = {
            "intro": forms.Textarea({"rows": 2}),
            "kinds": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs, auto_id="page_%s")
        self.fields["kinds"].queryset = MeetingKind.objects.current().for_clients()
        self.fields["medium"].queryset = Medium.objects.current()
        self.fields["medium"].empty_label = _("Not known")
        if not self.instance.pk:
            self.initial["slug"] = slugify(str(self.instance.person))[:60]
