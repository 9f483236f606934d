"""The outbox, and what one does with one's bell; its list is in crm/pages/bell.py."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from crm.lib.access import SELLERS, get_editable, role_required
from crm.lib.onward import onward
from crm.lib.paging import KeysetPage
from notifications import outbox as verbs
from notifications.actions import mark_read
from notifications.models import Message, Notification


@require_POST
@login_required
def read(request):
    """Mark all as read."""
    n = mark_read(request.user)
    text = ngettext("{n} notification is read.", "{n} notifications are read.", n)
    messages.success(request, text.format(n=n))
    return redirect("notifications:list")


@require_POST
@login_required
def read_one(request, pk):
    """Mark one entry as read; following its link does so too."""
    row = get_editable(Notification, pk, request.user)
    mark_read(request.user, pk=row.pk)
    return redirect("notifications:list")


@require_safe
@role_required("admin")
def outbox(request):
    """Messages that failed or may not have left, for somebody to decide."""
    rows = Message.objects.visible_to(request.user).undelivered()
    wish = request.GET.get("state", "")
    chosen = wish if wish in Message.UNDELIVERED else ""
    context = {
        "page": KeysetPage(_in_state(rows, chosen), request.GET.get("after")),
        "tabs": [
            {
                "label": label,
                "url": f"?state={state}",
                "current": state == chosen,
                "count": _number(rows, state),
            }
            for state, label in (
                ("", _("All")),
                *((state, state.label) for state in Message.UNDELIVERED),
            )
        ],
    }
    return render(request, "notifications/outbox.html", context)


def _in_state(rows, state):
    return rows.filter(state=state) if state else rows


def _number(rows, state):
    page = KeysetPage(_in_state(rows, state))
    return page.count_text if page.count else ""


@require_POST
@role_required(*SELLERS)
def resend(request, pk):
    """Send a failed or doubtful message once more."""
    message = get_editable(Message, pk, request.user)
    verbs.resend(message, by=request.user)
    messages.success(request, _("It is on its way again."))
    return onward(request, _home(request))


@require_POST
@role_required(*SELLERS)
def give_up(request, pk):
    """Leave it as it is; it is no longer asked about."""
    message = get_editable(Message, pk, request.user)
    verbs.give_up(message, by=request.user)
    messages.success(request, _("It stays as it is."))
    return onward(request, _home(request))


def _home(request):
    return "notifications:outbox" if request.user.role == "admin" else "/"
