"""Products, edited freely; quotations, invoices and purchases, to look up."""

from django.contrib import admin

from crm.lib.admin import Business, SetUp
from sales.models import (
    BasketLine,
    Invoice,
    InvoiceLine,
    NumberRange,
    Payment,
    Product,
    ProductEvent,
    Purchase,
    PurchaseLine,
    Quotation,
    QuotationLine,
    TaxRate,
)


@admin.register(Product)
class ProductAdmin(SetUp):
    list_display = [
        *("code", "name", "category", "brand", "price", "currency", "state"),
        "in_catalogue",
    ]
    list_filter = ["state", "in_catalogue"]
    search_fields = ["code", "name"]


@admin.register(BasketLine)
class BasketLineAdmin(Business):
    list_display = ["contact", "product", "quantity", "created"]
    list_select_related = ["contact", "product"]
    ordering = ["-pk"]


@admin.register(ProductEvent)
class ProductEventAdmin(Business):
    list_display = ["at", "client", "contact", "kind", "product"]
    list_filter = ["kind"]
    list_select_related = ["client", "contact", "product"]
    ordering = ["-pk"]


@admin.register(TaxRate)
class TaxRateAdmin(SetUp):
    list_display = ["name", "percent"]


@admin.register(NumberRange)
class NumberRangeAdmin(Business):
    list_display = ["kind", "year", "last"]


class LineInline(admin.TabularInline):
    model = QuotationLine
    extra = 0


@admin.register(Quotation)
class QuotationAdmin(Business):
    list_display = [
        "number",
        "lead",
        "state",
        "total",
        "currency",
        "by",
        "sent",
        "answered",
    ]
    list_filter = ["state"]
    list_select_related = ["lead", "by"]
    search_fields = ["number__exact"]
    ordering = ["-pk"]
    inlines = [LineInline]


@admin.register(QuotationLine)
class QuotationLineAdmin(Business):
    list_display = ["quotation", "text", "quantity", "price", "discount"]
    list_select_related = ["quotation"]
    ordering = ["-pk"]


@admin.register(Purchase)
class PurchaseAdmin(Business):
    list_display = ["day", "client", "order", "money"]
    list_select_related = ["client"]
    search_fields = ["order__exact"]
    ordering = ["-day", "-pk"]


@admin.register(PurchaseLine)
class PurchaseLineAdmin(Business):
    list_display = ["purchase", "product", "text", "quantity", "cents"]
    list_select_related = ["purchase", "product"]
    ordering = ["-pk"]


class InvoiceLineInline(admin.TabularInline):
    model = InvoiceLine
    extra = 0


class PaymentInline(admin.TabularInline):
    model = Payment
    extra = 0


@admin.register(Invoice)
class InvoiceAdmin(Business):
    list_display = [
        *("number", "client", "kind", "state", "total", "paid", "currency"),
        *("issued_on", "due_on", "paid_on"),
    ]
    list_filter = ["state", "kind"]
    list_select_related = ["client"]
    search_fields = ["number__exact"]
    ordering = ["-pk"]
    inlines = [InvoiceLineInline, PaymentInline]


@admin.register(InvoiceLine)
class InvoiceLineAdmin(Business):
    list_display = ["invoice", "text", "quantity", "price", "discount"]
    list_select_related = ["invoice"]
    ordering = ["-pk"]


@admin.register(Payment)
class PaymentAdmin(Business):
    list_display = ["day", "invoice", "kind", "money", "method", "reference", "by"]
    list_filter = ["kind", "method"]
    list_select_related = ["invoice", "by"]
    search_fields = ["reference__exact"]
    ordering = ["-pk"]
