"""Addresses of the customer area's catalogue and papers, within the namespace `portal`."""

from django.urls import path

from sales import portal, portal_basket, portal_catalogue

urlpatterns = [
    path("catalogue/", portal_catalogue.catalogue, name="catalogue"),
    path("catalogue/<int:pk>/", portal_catalogue.product, name="product"),
    path("catalogue/<int:pk>/put/", portal_basket.basket_put, name="basket_put"),
    path("basket/", portal_basket.basket, name="basket"),
    path("basket/ask/", portal_basket.basket_ask, name="basket_ask"),
    path("basket/<int:pk>/change/", portal_basket.basket_change, name="basket_change"),
    path("basket/<int:pk>/remove/", portal_basket.basket_remove, name="basket_remove"),
    path("invoices/", portal.invoices, name="invoices"),
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
