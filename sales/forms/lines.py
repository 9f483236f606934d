"""What people type into a draft: its terms and its lines."""

from dataclasses import replace
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.lib.forms import Fault, PickerField, faults
from sales.forms.products import currency_code
from sales.models import Product, Quotation, TaxRate

BIGGEST_TOTAL = Decimal(10) ** 11


class PaperForm(forms.ModelForm):
    """What quotations and invoices have in common: currency and discount."""

    discount = forms.DecimalField(
        label=_("Discount on the whole, in per cent"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )

    def clean_currency(self):
        return currency_code(self.cleaned_data["currency"])

    def clean_discount(self):
        return self.cleaned_data["discount"] or Decimal(0)


class TermsForm(PaperForm):
    """What holds for a whole quotation."""

    class Meta:
        model = Quotation
        fields = ["valid_until", "currency", "discount", "note"]
        widgets = {
            "valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"valid_until": _("The link in the client's mail works so long.")}

    def clean_valid_until(self):
        day = self.cleaned_data["valid_until"]
        if day and day < timezone.localdate():
            raise ValidationError(_("That day has passed."))
        if day and day.year > 2200:
            raise ValidationError(_("That is too far away."))
        return day


class LineForm(forms.Form):
    """One line; a product's code fills in what is left empty."""

    code = PickerField(
        Product.objects.none(), label=_("Product"), required=False, text_field="code"
    )
    text = forms.CharField(label=_("What"), required=False, max_length=200)
    quantity = forms.DecimalField(
        label=_("Quantity"),
        min_value=Decimal("0.01"),
        max_digits=10,
        decimal_places=2,
        initial=1,
        required=False,
    )
    price = forms.DecimalField(
        label=_("Price each"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
    )
    discount = forms.DecimalField(
        label=_("Discount %"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )

    tax_rate = forms.TypedChoiceField(
        label=_("Tax"), required=False, coerce=Decimal, empty_value=None
    )

    def __init__(self, *args, user, rates, currency, **kwargs):
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["code"].queryset = Product.objects.visible_to(user)
        self.fields["code"].widget.url = reverse("sales:product_options")
        self.usual = rates[0][0]
        choices = [(f"{rate:.2f}", label) for rate, label in rates]
        self.fields["tax_rate"].choices = choices
        self.fields["tax_rate"].initial = choices[0][0]

    def has_changed(self):
        """A tax rate alone makes no line: every empty one shows the usual rate."""
        return bool(set(self.changed_data) - {"tax_rate"})

    def clean(self):
        values = super().clean()
        product = values.get("code")
        values["text"] = values.get("text") or (product.name if product else "")
        if values.get("price") is None and product and "price" not in self.errors:
            self._price_of(product, values)
        if self.has_changed() and "code" not in self.errors:
            self._must_be_whole(values)
        return values

    def _price_of(self, product, values):
        """The product's price, unless it is in another currency."""
        if product.currency == self.currency:
            values["price"] = product.price
        elif product.price is not None:
            text = _("{product} costs {money}: give a price in {currency}.")
            told = {"product": product, "money": product.money}
            self.add_error("price", text.format(**told, currency=self.currency))

    def _must_be_whole(self, values):
        if not values["text"] and "text" not in self.errors:
            self.add_error("text", _("Say what this line is for."))
        if values.get("price") is None and "price" not in self.errors:
            self.add_error("price", _("Give a price."))

    @property
    def line(self):
        """The line as `write_quotation` takes it."""
        values = self.cleaned_data
        return {
            "product": values["code"],
            "text": values["text"],
            "quantity": values["quantity"] or 1,
            "price": values["price"],
            "discount": values["discount"] or 0,
            "tax_rate": self.usual
            if values["tax_rate"] is None
            else values["tax_rate"],
        }


class BaseLines(forms.BaseFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.empty_permitted and "DELETE" in form.fields:
            del form.fields["DELETE"]

    @property
    def lines(self):
        """The lines that are filled in and not struck out."""
        kept = (f for f in self.forms if f.has_changed() or not f.empty_permitted)
        return [f.line for f in kept if not f.cleaned_data.get("DELETE")]

    def clean(self):
        if any(self.errors):
            return
        amounts = (line["quantity"] * line["price"] for line in self.lines)
        if sum(amounts, Decimal(0)) >= BIGGEST_TOTAL:
            raise ValidationError(_("The total is too large to be written."))


LineFormSet = forms.formset_factory(
    LineForm,
    formset=BaseLines,
    extra=3,
    max_num=100,
    absolute_max=150,
    validate_max=True,
    can_delete=True,
)


def first_lines(paper):
    """The lines of a quotation or invoice as the formset's initial values."""
    return [
        {
            "code": line.product,
            "text": line.text,
            "quantity": line.quantity,
            "price": line.price,
            "discount": line.discount,
            "tax_rate": f"{line.tax_rate:.2f}",
        }
        for line in paper.lines.select_related("product")
    ]


def line_forms(paper, *, user, data=None):
    """The forms of a draft's lines, with the rates and the currency they may have."""
    used = paper.lines.values_list("tax_rate", flat=True)
    currency = (data or {}).get("currency") or paper.currency
    options = {
        "user": user,
        "rates": TaxRate.choices(*used),
        "currency": currency.strip().upper(),
    }
    return LineFormSet(data, initial=first_lines(paper), form_kwargs=options)


def draft_faults(lines, terms):
    """What is wrong in a draft, from its first line to its terms, as one list."""
    found = [Fault(str(text)) for text in lines.non_form_errors()]
    for n, line in enumerate(lines, start=1):
        struck = line.is_bound and line.cleaned_data.get("DELETE")
        for fault in () if struck else faults(line):
            label = _("{field} in line {n}").format(field=fault.label, n=n)
            found.append(replace(fault, label=label))
    return [*found, *faults(terms)]
