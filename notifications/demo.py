"""The demo's inbox: every mail and SMS of the demo world, with its links to click."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crm.lib.paging import KeysetPage
from notifications.models import Message


@require_safe
def inbox(request):
    """Show what left, newest first; open to all, as invitations are read before sign-in."""
    if not settings.DEMO:
        raise Http404
    page = KeysetPage(Message.objects.in_demo(), request.GET.get("after"), size=20)
    return render(
        request, "notifications/demo_inbox.html", {"page": page, "wide": True}
    )
