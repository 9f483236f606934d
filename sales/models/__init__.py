"""What is sold: products, quotations, invoices, payments and purchases."""

from sales.models.baskets import BasketLine
from sales.models.events import ProductEvent
from sales.models.invoices import Invoice, InvoiceLine, InvoiceLocked, NothingToPay
from sales.models.papers import Line, NumberRange, Paper, TaxRate
from sales.models.payments import (
    PaidAlready,
    Payment,
    PaymentRefused,
    TooMuch,
    TooMuchBack,
)
from sales.models.products import Product
from sales.models.purchases import Purchase, PurchaseLine
from sales.models.quotations import (
    NewerVersion,
    Quotation,
    QuotationExpired,
    QuotationLine,
    QuotationLocked,
)

__all__ = [
    "BasketLine",
    "Invoice",
    "InvoiceLine",
    "InvoiceLocked",
    "NothingToPay",
    "PaidAlready",
    "Payment",
    "PaymentRefused",
    "TooMuch",
    "TooMuchBack",
    "Line",
    "NewerVersion",
    "NumberRange",
    "Paper",
    "Product",
    "ProductEvent",
    "Purchase",
    "PurchaseLine",
    "Quotation",
    "QuotationExpired",
    "QuotationLine",
    "QuotationLocked",
    "TaxRate",
]
