"""What people type about products and tax rates."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sales.models import Product, TaxRate


class ProductFilter(forms.Form):
    """The list's filters; unknown values are ignored."""

    STATES = [("", _("Sold")), ("all", _("All")), ("phased_out", _("Phased out"))]

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        choices=STATES,
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )

    def apply(self, rows):
        self.is_valid()
        state = self.cleaned_data.get("state") or ""
        if state == "":
            rows = rows.sold()
        elif state != "all":
            rows = rows.filter(state=state)
        words = self.cleaned_data.get("q")
        return rows.found_by(words) if words else rows


class ProductForm(forms.ModelForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=120,
        required=False,
        help_text=_("Left empty it becomes category-brand-name."),
    )
    price = forms.DecimalField(
        label=_("Price"), min_value=0, max_digits=12, decimal_places=2, required=False
    )

    class Meta:
        model = Product
        fields = [
            *("name", "category", "brand", "code", "price", "currency", "state"),
            *("description", "in_catalogue"),
        ]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def clean_currency(self):
        return currency_code(self.cleaned_data["currency"])

    def clean(self):
        values = super().clean()
        parts = [values.get(part) or "" for part in ("category", "brand", "name")]
        code = values.get("code") or Product.code_of(*parts)
        values["code"] = code
        taken = Product.objects.visible_to(self.user).filter(code=code)
        if code and taken.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "code", _("Another product has the code {code}.").format(code=code)
            )
        return values

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)


def currency_code(text):
    """Three letters, as ISO 4217 has them."""
    code = text.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise ValidationError(_("Write the currency as three letters, such as EUR."))
    return code


class TaxRateForm(forms.ModelForm):
    class Meta:
        model = TaxRate
        fields = ["name", "percent"]
