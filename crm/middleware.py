"""Middleware of our own: the reader's zone and language, refusals in words, view as."""

import zoneinfo
from urllib.parse import urljoin, urlsplit

from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import is_valid_path, reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.models import User, Viewing
from accounts.models.viewings import SESSION_KEY
from crm.lib.errors import NotAllowedNow

OWN = ("/accounts/", "/profile/", "/portal/profile/", "/api/", "/admin/")


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
        if exception.back:
            return redirect(exception.back)
        back = request.headers.get("Referer", "")
        # A row's own page is the staff's; clients go back to where they pressed.
        staff = getattr(request.user, "role", "") != "client"
        if staff and hasattr(exception.row, "get_absolute_url"):
            return redirect(exception.row)
        if urlsplit(back).path == request.path:
            return redirect(_page_above(request.path))
        if url_has_allowed_host_and_scheme(back, {request.get_host()}):
            return redirect(back)
        return redirect("/")


def _page_above(path):
    """Where a verb's row has its page: a form that was refused stands at the verb's own.

    "/portal/quotations/5/" for "/portal/quotations/5/accept/": the nearest address above
    that is a page, home at last.
    """
    above = urljoin(path, "..")
    while above != "/" and not is_valid_path(above):
        above = urljoin(above, "..")
    return above


class ViewAsMiddleware:
    """Show somebody else's pages to who may look at them; the last one of all.

    Only the view sees the other person. What a page would write is rolled back, and
    whatever is not a page of theirs to read is refused with a sentence.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        pk = request.session.get(SESSION_KEY)
        if pk is None or request.path in (
            reverse("accounts:view_stop"),
            reverse("account_logout"),
        ):
            return self.get_response(request)
        viewing = running(pk, request.user)
        if viewing is None:
            del request.session[SESSION_KEY]
            messages.info(request, _("The time is up: you see your own pages again."))
            return redirect("/")
        if request.method not in ("GET", "HEAD") or request.path.startswith(OWN):
            context = {"viewing": viewing}
            return render(request, "accounts/only_looking.html", context, status=403)
        viewer, request.user = request.user, viewing.person
        request.viewing = viewing
        try:
            with transaction.atomic():
                response = self.get_response(request)
                transaction.set_rollback(True)
        finally:
            request.user = viewer
        return response


def running(pk, user):
    """The viewing of this user that goes on, unless either may no longer."""
    if not user.is_authenticated:
        return None
    rows = Viewing.objects.editable_by(user).running()
    rows = rows.filter(person__in=User.objects.viewable_by(user))
    return rows.select_related("person").filter(pk=pk).first()
