"""Addresses behind mailed links, in the namespace `signed`."""

from django.urls import path

from sales import public

app_name = "signed"
urlpatterns = [
    path("i/<str:text>/", public.invoice, name="invoice"),
    path("q/<str:text>/", public.quotation, name="quotation"),
    path("q/<str:text>/accept/", public.quotation_accept, name="quotation_accept"),
    path("q/<str:text>/decline/", public.quotation_decline, name="quotation_decline"),
]
