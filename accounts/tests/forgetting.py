"""What the tests of forgetting share: addresses, verbs, and what still tells of somebody."""

from django.apps import apps
from django.db import models
from django.urls import reverse

from sales.models import Invoice, Purchase

PHONE = "+4915112345678"
NAMES = ("petra", "owner@firm", PHONE, "15112345678", "0151 12345678")


def text_of(response):
    return response.content.decode()


def url(verb, row):
    name = f"accounts:erasure{'_' if verb else ''}{verb}"
    return reverse(name, args=[row.pk])


def edit_of(contact):
    return reverse("accounts:contact_edit", args=[contact.pk])


def sign_in(client, user):
    """Sign in, and show with the password that it is them."""
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": "pw"})
    return client


def carry_out(client, row):
    """Whoever is signed in shows that it is them, ticks the box and goes on."""
    client.post(reverse("account_reauthenticate"), {"password": "pw"})
    return client.post(url("carry_out", row), {"sure": "on"}, follow=True)


def columns(but=()):
    """Every text column of the database."""
    kinds = models.CharField | models.TextField | models.JSONField
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, kinds) and model not in but:
                yield model, field.name


def told_of(words, but=()):
    """Where one of the words still stands."""
    return {
        (model.__name__, name, str(value))
        for model, name in columns(but)
        for value in model._base_manager.values_list(name, flat=True)
        if any(word.lower() in str(value).lower() for word in words)
    }


def sums():
    """What the books say."""
    bills = list(Invoice.objects.order_by("pk").values_list("number", "total", "paid"))
    return bills, list(Purchase.objects.order_by("pk").values_list("cents", "day"))
