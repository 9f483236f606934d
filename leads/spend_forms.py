"""What people type about spend."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Firm, Medium, User
from crm.lib.forms import MonthField, RowsField
from leads.models import Spend


def amount_field():
    return forms.DecimalField(
        label=_("Amount"), min_value=0, max_digits=14, decimal_places=2
    )


class SpendForm(forms.Form):
    """What a medium cost in a month; managers enter it for their department."""

    medium = forms.ModelChoiceField(
        Medium.objects.current(), label=_("Medium"), empty_label=_("Choose a medium")
    )
    month = MonthField(label=_("Month"))
    amount = amount_field()
    currency = forms.CharField(label=_("Currency"), max_length=3)
    department = forms.ModelChoiceField(
        None, label=_("Department"), required=False, empty_label=_("The whole firm")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs, auto_id="spend_%s")
        self.user = user
        self.fields["currency"].initial = Firm.get().currency
        self.fields["department"].queryset = Department.objects.visible_to(user)
        if user.role != User.Role.ADMIN:
            del self.fields["department"]

    def clean_currency(self):
        code = self.cleaned_data["currency"].strip().upper()
        if not (len(code) == 3 and code.isascii() and code.isalpha()):
            raise ValidationError(
                _("Write the currency as three letters, such as EUR.")
            )
        return code

    def clean(self):
        values = super().clean()
        if self.user.role != User.Role.ADMIN:
            values["department"] = self.user.department
            if values["department"] is None:
                raise ValidationError(
                    _("You belong to no department, so an admin has to enter it.")
                )
        return values

    def known(self):
        """What is entered already for what was typed, if it can be read."""
        if not self.is_valid():
            return None
        key = dict(self.cleaned_data)
        del key["amount"]
        return Spend.objects.visible_to(self.user).filter(**key).first()


class AmountForm(forms.Form):
    """The amount alone, corrected."""

    amount = amount_field()


class SpendFilter(forms.Form):
    """Which spend is shown; what cannot be read narrows nothing."""

    medium = RowsField(
        Medium.objects.current(),
        label=_("Medium"),
        required=False,
        empty_label=_("Any medium"),
    )
    first = MonthField(label=_("From"), required=False)
    last = MonthField(label=_("Until"), required=False)
    currency = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, data):
        super().__init__(data, auto_id="filter_%s")
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"  # they stand in a line, without boxes
        self.is_valid()

    @property
    def is_narrowed(self):
        return any(self.cleaned_data.values())

    def apply(self, rows):
        given = self.cleaned_data
        if given.get("medium"):
            rows = rows.filter(medium=given["medium"])
        if given.get("first"):
            rows = rows.filter(month__gte=given["first"])
        if given.get("last"):
            rows = rows.filter(month__lte=given["last"])
        if given.get("currency"):
            rows = rows.filter(currency=given["currency"])
        return rows
