"""Addresses of the staff pages of sales, under /sales/."""

from django.urls import path

from sales.views import invoices, looks, products, purchases, quotations

urlpatterns = [
    path("products/", products.products, name="products"),
    path("products/add/", products.product_add, name="product_add"),
    path("products/<int:pk>/", products.product_edit, name="product_edit"),
    path("products/options/", products.product_options, name="product_options"),
    path("tax/", products.tax_rates, name="tax_rates"),
    path("tax/add/", products.tax_rate_add, name="tax_rate_add"),
    path("tax/<int:pk>/", products.tax_rate_edit, name="tax_rate_edit"),
    path("tax/<int:pk>/remove/", products.tax_rate_remove, name="tax_rate_remove"),
    path("quote/<int:pk>/", quotations.quote, name="quote"),
    path("quotations/", quotations.quotations, name="quotations"),
    path(
        "quotations/<int:pk>/paper/",
        quotations.quotation_paper,
        name="quotation_paper",
    ),
    path(
        "quotations/<int:pk>/revise/",
        quotations.quotation_revise,
        name="quotation_revise",
    ),
    path("quotations/<int:pk>/edit/", quotations.quotation_edit, name="quotation_edit"),
    path("quotations/<int:pk>/send/", quotations.quotation_send, name="quotation_send"),
    path(
        "quotations/<int:pk>/accept/",
        quotations.quotation_accept,
        name="quotation_accept",
    ),
    path(
        "quotations/<int:pk>/decline/",
        quotations.quotation_decline,
        name="quotation_decline",
    ),
    path(
        "quotations/<int:pk>/discard/",
        quotations.quotation_discard,
        name="quotation_discard",
    ),
    path("quotations/<int:pk>/bill/", invoices.quotation_bill, name="quotation_bill"),
    path("invoices/", invoices.invoices, name="invoices"),
    path("overdue/", invoices.overdue, name="overdue"),
    path("invoices/<int:pk>/", invoices.invoice, name="invoice"),
    path("invoices/<int:pk>/paper/", invoices.invoice_paper, name="invoice_paper"),
    path("invoices/<int:pk>/edit/", invoices.invoice_edit, name="invoice_edit"),
    path("invoices/<int:pk>/send/", invoices.invoice_send, name="invoice_send"),
    path(
        "invoices/<int:pk>/discard/", invoices.invoice_discard, name="invoice_discard"
    ),
    path("invoices/<int:pk>/void/", invoices.invoice_void, name="invoice_void"),
    path("invoices/<int:pk>/credit/", invoices.invoice_credit, name="invoice_credit"),
    path("invoices/<int:pk>/pay/", invoices.invoice_pay, name="invoice_pay"),
    path("purchases/", purchases.orders, name="orders"),
    path("clients/<int:pk>/purchases/", purchases.purchases, name="purchases"),
    path("clients/<int:pk>/looks/", looks.looks, name="looks"),
]
