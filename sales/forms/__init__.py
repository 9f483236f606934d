"""What people type about what is sold."""

from sales.forms.answers import AcceptForm, DeclineForm
from sales.forms.catalogue import AskForm, CatalogueFilter, QuantityForm
from sales.forms.invoices import (
    InvoiceForm,
    PaymentForm,
    ReasonForm,
    payment_day,
    whole_amount,
)
from sales.forms.lines import (
    LineFormSet,
    TermsForm,
    draft_faults,
    first_lines,
    line_forms,
)
from sales.forms.products import ProductFilter, ProductForm, TaxRateForm, currency_code

__all__ = [
    "AcceptForm",
    "AskForm",
    "CatalogueFilter",
    "DeclineForm",
    "InvoiceForm",
    "LineFormSet",
    "PaymentForm",
    "ProductFilter",
    "ProductForm",
    "QuantityForm",
    "ReasonForm",
    "TaxRateForm",
    "TermsForm",
    "currency_code",
    "draft_faults",
    "first_lines",
    "line_forms",
    "payment_day",
    "whole_amount",
]
