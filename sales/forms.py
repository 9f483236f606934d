"""What people type about products and quotations."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sales.models import CENT, Product, Quotation

BIGGEST_TOTAL = Decimal(10) ** 11


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
        fields = ["name", "category", "brand", "code", "price", "currency", "state"]

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


class TermsForm(forms.ModelForm):
    tax_rate = forms.DecimalField(
        label=_("Tax in per cent"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )

    class Meta:
        model = Quotation
        fields = ["valid_until", "currency", "tax_rate", "note"]
        widgets = {
            "valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_currency(self):
        return currency_code(self.cleaned_data["currency"])


class LineForm(forms.Form):
    """One line; a product's code fills in what is left empty."""

    code = forms.CharField(
        label=_("Product"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "products", "autocomplete": "off"}),
    )
    text = forms.CharField(label=_("What"), required=False, max_length=200)
    quantity = forms.DecimalField(
        label=_("Quantity"),
        min_value=CENT,
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

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if not code:
            return None
        product = Product.objects.visible_to(self.user).filter(code=code).first()
        if product is None:
            raise ValidationError(_("There is no product with this code."))
        return product

    def clean(self):
        values = super().clean()
        product = values.get("code")
        values["text"] = values.get("text") or (product.name if product else "")
        if values.get("price") is None and product and "price" not in self.errors:
            values["price"] = product.price
        if self.has_changed() and not self.errors:
            self._must_be_whole(values)
        return values

    def _must_be_whole(self, values):
        if not values["text"]:
            self.add_error("text", _("Say what this line is for."))
        if values["price"] is None:
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


def first_lines(quotation):
    """The lines of a quotation as the formset's initial values."""
    return [
        {
            "code": line.product.code if line.product else "",
            "text": line.text,
            "quantity": line.quantity,
            "price": line.price,
            "discount": line.discount,
        }
        for line in quotation.lines.select_related("product")
    ]


class AcceptForm(forms.Form):
    name = forms.CharField(
        label=_("Full name, as a signature"), min_length=2, max_length=150
    )

    def __init__(self, *args, **kwargs):
        # It stands beside a DeclineForm, and no two fields share an id.
        super().__init__(*args, auto_id="accept_%s", **kwargs)


class DeclineForm(forms.Form):
    name = forms.CharField(label=_("Who declines"), min_length=2, max_length=150)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
