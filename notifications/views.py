"""What one does with one's bell; the list itself is in crm/pages/bell.py."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from notifications.actions import mark_read


@require_POST
@login_required
def read(request):
    """Mark all as read."""
    n = mark_read(request.user)
    text = ngettext("{n} notification is read.", "{n} notifications are read.", n)
    messages.success(request, text.format(n=n))
    return redirect("notifications:list")
