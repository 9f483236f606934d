"""What people type about invoices and payments."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
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


TOO_EARLY = _(
    "That is too early: a payment for this invoice is of {day} at the earliest, a year "
    "before it was issued."
)
BEFORE_CLIENT = _(
    "That is too early: {client} signed up on {day}. If that is wrong, correct it first."
)


def payment_day(day, invoice):
    """The day, unless it is still to come or too long before the invoice."""
    if day > timezone.localdate():
        raise forms.ValidationError(_("That day is still to come."))
    first = Payment.first_day(invoice)
    if day < first:
        client = invoice.client
        text = TOO_EARLY if first != client.signed_up else BEFORE_CLIENT
        shown = date_format(first, "j M Y")
        raise forms.ValidationError(text.format(client=client, day=shown))
    return day


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
        self.invoice = invoice
        label = _("Amount in {currency}")
        self.fields["amount"].label = label.format(currency=invoice.currency)

    def clean_amount(self):
        return whole_amount(self.cleaned_data["amount"], self.invoice.currency)

    def clean_day(self):
        return payment_day(self.cleaned_data["day"], self.invoice)
