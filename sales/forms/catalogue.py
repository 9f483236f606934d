"""What a client types in the catalogue: what they look for, how many, and a word to us."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sales.models.baskets import MOST


class CatalogueFilter(forms.Form):
    """Which products are shown; what cannot be read is left out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    category = forms.CharField(required=False, max_length=80)
    brand = forms.CharField(required=False, max_length=80)

    @property
    def given(self):
        self.is_valid()
        return {k: v for k, v in self.cleaned_data.items() if v}

    def apply(self, rows, *, but=""):
        """The rows that fit, of all filters `but` one."""
        given = self.given
        if "q" in given:
            rows = rows.holding(given["q"])
        same = {k: v for k, v in given.items() if k not in ("q", but)}
        return rows.filter(**same)


class QuantityForm(forms.Form):
    quantity = forms.IntegerField(
        label=_("Quantity"),
        min_value=1,
        max_value=MOST,
        initial=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Write a whole number from 1 to 9,999."),
        ),
    )


class AskForm(forms.Form):
    note = forms.CharField(
        label=_("What we should know"),
        help_text=_("When you need it, or what else belongs to it."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
