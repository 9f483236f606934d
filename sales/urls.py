"""Addresses of the staff pages of sales, under /sales/."""

from django.urls import path

from sales.views import products, purchases, quotations

app_name = "sales"
urlpatterns = [
    path("products/", products.products, name="products"),
    path("products/add/", products.product_add, name="product_add"),
    path("products/<int:pk>/", products.product_edit, name="product_edit"),
    path("quote/<int:pk>/", quotations.quote, name="quote"),
    path("quotations/<int:pk>/", quotations.quotation, name="quotation"),
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
    path("clients/<int:pk>/purchases/", purchases.purchases, name="purchases"),
]
