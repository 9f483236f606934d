"""Where one goes on after a verb."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def onward(request: HttpRequest, row: Any) -> HttpResponseRedirect:
    """To ?next= where it is an address of ours, else to the row or page named."""
    wish = next_url(request)
    return HttpResponseRedirect(wish) if wish else redirect(row)


def next_url(request: HttpRequest) -> str:
    """?next= where it is an address of ours, else nothing."""
    wish = request.GET.get("next", "")
    safe = wish.startswith("/") and url_has_allowed_host_and_scheme(
        wish, {request.get_host()}
    )
    return wish if safe else ""


def with_next(request: HttpRequest, name: str, pk: Any) -> str:
    """The address of another verb that goes on to the same ?next=."""
    wish = next_url(request)
    query = f"?{urlencode({'next': wish})}" if wish else ""
    return reverse(name, args=[pk]) + query
