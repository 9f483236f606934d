"""Addresses of the lists behind figures, in other apps."""

from urllib.parse import urlencode

from django.urls import reverse


def list_url(name: str, **filters: object) -> str:
    """The list with these filters."""
    return f"{reverse(name)}?{urlencode(filters)}"
