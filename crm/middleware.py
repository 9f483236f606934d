"""Middleware of our own: the reader's zone and language, and refusals in words."""

import zoneinfo

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme

from crm.lib.errors import NotAllowedNow


class ReaderMiddleware:
    """Show times and texts in the zone and language of who reads."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        if user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        try:
            zone = zoneinfo.ZoneInfo(user.zone) if user.zone else None
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            zone = None
        with timezone.override(zone):
            return self.get_response(request)


class NotAllowedNowMiddleware:
    """A verb refused: say why and go back to the row, or answer 409 in the API."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, NotAllowedNow):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"detail": str(exception)}, status=409)
        messages.error(request, str(exception))
        back = request.headers.get("Referer", "")
        # A row's own page is the staff's; clients go back to where they pressed.
        staff = getattr(request.user, "role", "") != "client"
        if staff and hasattr(exception.row, "get_absolute_url"):
            return redirect(exception.row)
        if url_has_allowed_host_and_scheme(back, {request.get_host()}):
            return redirect(back)
        return redirect("/")
