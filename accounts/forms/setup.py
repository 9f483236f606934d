"""Forms about the firm, its departments and media of contact."""

import zoneinfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.importing.values import country_code
from accounts.models import Department, Firm, Medium, User
from accounts.models.departments import LEAST_FIRST as CARRIED
from accounts.models.setup import LOCKABLE
from crm.lib.forms import Lines
from crm.lib.text import plain

TONES = [
    ("1", _("1 – blue")),
    ("2", _("2 – orange")),
    ("3", _("3 – green")),
    ("4", _("4 – violet")),
    ("5", _("5 – pink")),
    ("6", _("6 – red")),
    ("7", _("7 – ochre")),
    ("8", _("8 – teal")),
]
REGIONS = (
    *("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/"),
    "Pacific/",
)


def only_one(form, refusal):
    """The name, unless another row has it in other capitals or accents."""
    name = form.cleaned_data["name"].strip()
    others = form._meta.model._default_manager.exclude(pk=form.instance.pk)
    if any(plain(other.name) == plain(name) for other in others):
        raise forms.ValidationError(refusal)
    return name


def zone_choices():
    """Time zones that people know by a city."""
    names = sorted(n for n in zoneinfo.available_timezones() if n.startswith(REGIONS))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class DepartmentForm(forms.ModelForm):
    """A department, the roles its people have, and which requests are theirs."""

    roles = forms.MultipleChoiceField(
        label=_("Roles it carries"),
        required=False,
        choices=[row for row in User.Role.choices if row[0] in CARRIED],
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Its people have one of these; who has another is given the least of them. "
            "None ticked: any role."
        ),
    )
    request_types = forms.CharField(
        label=_("Kinds of requests"),
        required=False,
        max_length=2000,
        widget=Lines({"rows": 3}),
        help_text=_("What clients ask that is theirs to answer; one on each line."),
    )

    class Meta:
        model = Department
        fields = ["name", "roles", "request_types"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["request_types"] = "\n".join(self.instance.request_types)

    def clean_name(self):
        return only_one(self, _("There is a department of this name already."))

    def clean_request_types(self):
        lines = (
            line.strip() for line in self.cleaned_data["request_types"].split("\n")
        )
        kinds = list(dict.fromkeys(filter(None, lines)))
        if any(len(kind) > 80 for kind in kinds):
            raise forms.ValidationError(_("At most 80 letters on a line."))
        return kinds


def locked_field():
    """What clients only ask to have changed: boxes to tick."""
    return forms.MultipleChoiceField(
        label=_("What clients do not change themselves"),
        required=False,
        choices=[(key, label) for key, (label, _locked) in LOCKABLE.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see it and ask for a change, which you accept or refuse."),
    )


class FirmForm(forms.ModelForm):
    """The firm as its clients see it, and what new figures start with."""

    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        help_text=_("Three letters, such as EUR or USD."),
        error_messages={"invalid": _("Write the currency as three letters.")},
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
    )

    locked = locked_field()

    class Meta:
        model = Firm
        fields = [
            *("name", "accent", "currency", "zone", "country", "tax_rate"),
            *("postal_address", "tax_id", "bank", "payment_days"),
            *("hold_over_limit", "locked"),
        ]
        widgets = {
            "accent": forms.TextInput({"type": "color"}),
            "postal_address": Lines({"rows": 3}),
            "bank": Lines({"rows": 3}),
        }
        help_texts = {
            "tax_rate": _("The usual one; further rates stand under “Tax rates”."),
            "postal_address": _("As it stands on quotations and invoices."),
            "bank": _("Account and bank, as clients should pay to."),
            "hold_over_limit": _(
                "Then one that goes above it cannot be sent; else whoever quotes is "
                "warned."
            ),
            "country": _("Two letters, such as DE; used to read telephone numbers."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tax_rate"].validators += [
            MinValueValidator(0),
            MaxValueValidator(100),
        ]
        self.fields["payment_days"].required = False
        self.fields["payment_days"].validators.append(MaxValueValidator(365))

    def clean_payment_days(self):
        days = self.cleaned_data["payment_days"]
        return self.instance.payment_days if days is None else days

    def clean_currency(self):
        return self.cleaned_data["currency"].upper()

    def clean_country(self):
        typed = self.cleaned_data["country"]
        code = country_code(typed)
        if typed and not code:
            raise forms.ValidationError(_("Write two letters, such as DE or GB."))
        return code


class MediumForm(forms.ModelForm):
    """A medium of contact; its colour is the same in every chart."""

    tone = forms.ChoiceField(label=_("Colour"), choices=TONES)

    class Meta:
        model = Medium
        fields = ["name", "aliases", "tone", "position"]
        labels = {"position": _("Place in the list")}

    def clean_name(self):
        """Two spellings of one medium would split what imports bring in."""
        return only_one(self, _("There is a medium of this name already."))
