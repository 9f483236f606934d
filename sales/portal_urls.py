"""Addresses of the customer area's quotations and invoices, within the namespace `portal`."""

from django.urls import path

from sales import portal

urlpatterns = [
    path("invoices/", portal.invoices, name="invoices"),
    path("invoices/<int:pk>/", portal.invoice, name="invoice"),
    path("quotations/", portal.quotations, name="quotations"),
    path("quotations/<int:pk>/", portal.quotation, name="quotation"),
    path(
        "quotations/<int:pk>/accept/", portal.quotation_accept, name="quotation_accept"
    ),
    path(
        "quotations/<int:pk>/decline/",
        portal.quotation_decline,
        name="quotation_decline",
    ),
]
