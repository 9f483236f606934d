"""Forms about clients and their contacts."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.phones import FirmPhone
from accounts.models import Client, Contact, Medium, User
from accounts.places import Spot
from crm.lib.forms import Lines


class ClientFilters(forms.Form):
    """What narrows the list of clients; a value that makes no sense narrows nothing."""

    use_required_attribute = False

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    value_class = forms.ChoiceField(
        label=_("Value class"),
        required=False,
        choices=[("", _("Any class")), *Client.ValueClass.choices],
    )
    medium = forms.ModelChoiceField(
        Medium.objects.current(),
        label=_("Medium"),
        required=False,
        empty_label=_("Any medium"),
    )
    owner = forms.ModelChoiceField(
        None, label=_("Account manager"), required=False, empty_label=_("Anybody")
    )
    area = forms.CharField(label=_("Place or area"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("Firms and persons")), *Client.Kind.choices],
    )
    blocked = forms.ChoiceField(
        label=_("Blocked"),
        required=False,
        choices=[
            ("", _("Blocked or not")),
            ("no", _("Not blocked")),
            ("yes", _("Blocked")),
        ],
    )

    def __init__(self, data, *, user):
        super().__init__(data, auto_id="filter_%s")
        self.fields["owner"].queryset = User.objects.visible_to(user).sellers()
        if user.role == User.Role.BD:
            del self.fields["owner"]
        self.is_valid()

    @property
    def is_narrowed(self):
        return any(self.cleaned_data.values())

    def more_fields(self):
        """What stands behind More: all but the search box and the class chips."""
        return [self[name] for name in self.fields if name not in ("q", "value_class")]

    def kept(self):
        """The filters in force that a search keeps."""
        return [self[n] for n in self.fields if n != "q" and self.cleaned_data.get(n)]

    @property
    def more_is_used(self):
        names = set(self.fields) - {"q", "value_class"}
        return any(self.cleaned_data.get(name) for name in names)

    def chips(self):
        """One per value class, each keeping the other filters."""
        for value, label in self.fields["value_class"].choices:
            params = self.data.copy()
            params.pop("after", None)
            params["value_class"] = value
            current = self.cleaned_data.get("value_class", "") == value
            yield {
                "label": label,
                "url": f"?{params.urlencode()}",
                "current": current,
            }

    def apply(self, rows):
        given = self.cleaned_data
        for name in ("value_class", "medium", "owner", "kind"):
            if given.get(name):
                rows = rows.filter(**{name: given[name]})
        if given.get("q"):
            rows = rows.found(given["q"])
        if given.get("area"):
            rows = rows.around(given["area"])
        if given.get("blocked"):
            rows = rows.blocked() if given["blocked"] == "yes" else rows.unblocked()
        return rows


class ClientForm(FirmPhone, forms.ModelForm):
    """A client; what is rarely known stands behind *More*."""

    city = forms.CharField(label=_("City"), max_length=100, required=False)
    state = forms.CharField(label=_("State or region"), max_length=100, required=False)
    country = forms.CharField(label=_("Country"), max_length=100, required=False)
    main = ["kind", "name", "email", "phone", "medium", "owner", "city", "country"]

    class Meta:
        model = Client
        fields = [
            "kind",
            "name",
            "email",
            "phone",
            "medium",
            "owner",
            "industry",
            "signed_up",
            "external_id",
            "birth_year",
            "gender",
            "spending_score",
            "billing_address",
            "tax_id",
            "payment_days",
            "credit_limit",
            "notes",
        ]
        help_texts = {
            "payment_days": _("Empty: as the firm's invoices say."),
            "credit_limit": _("Who quotes is warned when more than this is open."),
        }
        widgets = {
            "billing_address": Lines({"rows": 3}),
            "signed_up": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "notes": Lines({"rows": 3}),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["owner"].queryset = User.objects.visible_to(user).sellers()
        self.fields["owner"].required = True
        self.fields["owner"].empty_label = _("Please choose")
        self.initial.setdefault("owner", user.pk)
        if user.role == User.Role.BD:
            del self.fields["owner"]
        self.fields["medium"].empty_label = _("Not known")
        self._bound_numbers()
        place = self.instance.place
        if place:
            for part in ("city", "state", "country"):
                self.initial.setdefault(part, getattr(place, part))

    def _bound_numbers(self):
        bounds = {
            "birth_year": (1900, timezone.localdate().year),
            "spending_score": (1, 100),
            "payment_days": (0, 365),
            "credit_limit": (0, 10**11),
        }
        for name, (low, high) in bounds.items():
            field = self.fields[name]
            field.validators += [MinValueValidator(low), MaxValueValidator(high)]
            field.widget.attrs |= {"min": low, "max": high}

    def main_fields(self):
        return [self[name] for name in self.main if name in self.fields]

    def more_fields(self):
        return [self[name] for name in self.fields if name not in self.main]

    @property
    def more_needs_a_look(self):
        return any(field.errors for field in self.more_fields())

    def clean_email(self):
        """One address, one client: two would split its history."""
        email = self.cleaned_data["email"]
        twin = email and Client.objects.twin(email, self.instance)
        if not twin:
            return email
        if Client.objects.visible_to(self.user).filter(pk=twin.pk).exists():
            text = _("{client} has this e-mail already: open it instead.")
            raise forms.ValidationError(text.format(client=twin))
        raise forms.ValidationError(
            _("A client with this e-mail is in a colleague's care. Ask the manager.")
        )

    def clean_external_id(self):
        number = self.cleaned_data["external_id"].strip()
        if number and Client.objects.numbered(number, self.instance):
            raise forms.ValidationError(_("Another client has this id already."))
        return number

    def values(self):
        """What the actions take: the fields, and the place as typed."""
        given = dict(self.cleaned_data)
        spot = Spot(*(given.pop(part) for part in ("city", "state", "country")))
        return given | {"where": spot}

    def changes(self):
        """As `values()`, leaving out the place when it was not touched."""
        given = self.values()
        if not {"city", "state", "country"} & set(self.changed_data):
            del given["where"]
        return given


class ContactForm(FirmPhone, forms.ModelForm):
    """A person at the client."""

    class Meta:
        model = Contact
        fields = ["name", "email", "phone", "position", "right", "is_primary"]
        help_texts = {
            "right": _("What this person may do in the customer area, once invited."),
        }
