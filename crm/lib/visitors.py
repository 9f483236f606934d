"""People without a login: where they come from, and how often they may."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt


def address_of(request: HttpRequest) -> str:
    """The visitor's IP address; behind our HTTPS proxy, the one the proxy saw."""
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    return seen.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def within(key: str, limit: int, seconds: int) -> bool:
    """Count one more under `key`; False when it is more than `limit` in that time.

    Counted in the shared cache; without one, nobody is turned away.
    """
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # it ran out between the two lines
        return True


def rate_limited(name: str, *, per_minute: int, refuse: Callable) -> Callable:
    """Let an address call the view so often; `refuse(request)` answers the rest."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            key = f"visits:{name}:{address_of(request)}"
            if not within(key, per_minute, 60):
                return refuse(request)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def by_link(view: Callable) -> Callable:
    """Open the page to whoever holds the link; keep it out of caches, search and logs.

    No cookie adds to the link's right, so no CSRF token is asked for.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return guarded
