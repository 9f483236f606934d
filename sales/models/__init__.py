"""What is sold: products, quotations and purchases."""

from sales.models.papers import Line, NumberRange, Paper, TaxRate
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
    "Line",
    "NewerVersion",
    "NumberRange",
    "Paper",
    "Product",
    "Purchase",
    "PurchaseLine",
    "Quotation",
    "QuotationExpired",
    "QuotationLine",
    "QuotationLocked",
    "TaxRate",
]
