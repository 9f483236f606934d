"""All that firm and client said to each other, in one stream of the customer area."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import Client
from crm.lib.access import role_required
from notifications.actions import unread_of
from notifications.panels import happened, piece
from projects.panels import threads_of
from projects.post_forms import PostForm
from projects.threads import POSTED, Thread, mark_seen
from projects.views.threads import written


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("client")
def stream(request):
    """Messages, mails, meetings, papers, calls: what the client may see, newest first."""
    client = Client.objects.visible_to(request.user).first()
    form = None
    if request.method == "POST":
        if client is None:
            raise PermissionDenied
        form = written(request, Thread(client))
        if form is None:
            return redirect("portal:messages")
    words = request.GET.get("q", "")[:100]
    if client and (part := piece(request, client, words=words)):
        return part
    status = 422 if form else 200
    context = _page(request, client, words, form)
    return render(request, "pages/portal_messages.html", context, status=status)


def _page(request, client, words, form):
    if client is None:
        return {"client": None}
    _template, said = happened(request, client, words=words)
    threads = threads_of(request.user)
    if _is_whole(request):
        _mark_new(request.user, said["entries"])
    may_write = Thread(client).may_write(request.user)
    return {
        "client": client,
        "timeline": said,
        "words": words,
        "threads": threads,
        "form": (form or PostForm()) if may_write else None,
    }


def _is_whole(request):
    """Whether it is the stream from its beginning, not what was looked for in it."""
    return not any(request.GET.get(name) for name in ("q", "kind", "after"))


def _mark_new(user, entries):
    """What was new stands marked this once; opening the stream reads all messages."""
    fresh = dict(unread_of(user))
    for entry in entries:
        entry["is_new"] = entry["event"] in fresh
    shown = [entry["event"] for entry in entries if entry["is_new"]]
    if shown or POSTED in fresh.values():
        mark_seen(user, Q(event__in=shown) | Q(event__kind=POSTED))
