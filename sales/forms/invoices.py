"""What people type about invoices and payments."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sales.forms.lines import PaperForm
from sales.models import Invoice, Payment
from sales.sums import rounded


def whole_amount(amount, currency):
    """The amount, if it is above nothing and can be paid in this currency."""
    if amount <= 0:
        raise forms.ValidationError(_("An amount is above nothing."))
    if rounded(amount, currency) != amount:
        text = _("{currency} has no such small part.")
        raise forms.ValidationError(text.format(currency=currency))
    return amount


class InvoiceForm(PaperForm):
    """What holds for a whole invoice."""

    class Meta:
        model = Invoice
        fields = ["subject", "currency", "discount", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class ReasonForm(forms.Form):
    """Why an invoice is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=500)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="reason_%s", **kwargs)


class PaymentForm(forms.ModelForm):
    """Money that came in, went back, or did not arrive."""

    over = forms.BooleanField(
        label=_("More came in than is open"),
        required=False,
        help_text=_("What is too much can be given back as a refund."),
    )

    class Meta:
        model = Payment
        fields = ["kind", "amount", "day", "method", "reference", "note"]
        widgets = {"day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "reference": _("As the bank gives it: the same one is written down once."),
        }

    def __init__(self, *args, invoice, **kwargs):
        owed = max(invoice.owed, Decimal(0))
        number = invoice.payments.count() + 1
        initial = {
            "amount": owed or None,
            "day": timezone.localdate(),
            "reference": f"{invoice.number}/{number}",
        }
        super().__init__(*args, initial=initial, auto_id="payment_%s", **kwargs)
        self.currency = invoice.currency
        label = _("Amount in {currency}")
        self.fields["amount"].label = label.format(currency=invoice.currency)

    def clean_amount(self):
        return whole_amount(self.cleaned_data["amount"], self.currency)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come."))
        if day.year < 1900:
            raise forms.ValidationError(_("That was too long ago."))
        return day
