"""What was said about a request, as both sides read it, and that it was read."""

from django.db.models import Q

from notifications.actions import unread_of
from projects.models import Request, RequestPost
from projects.request_reactions import TOLD
from projects.threads import mark_seen

SHOWN = 200  # words of one conversation


def conversation(user, request):
    """The words one may read, oldest first; what was new of it is read from now on."""
    rows = RequestPost.objects.visible_to(user).filter(request=request)
    posts = list(rows.select_related("by").order_by("-pk")[:SHOWN])[::-1]
    fresh = {event for event, _kind in unread_of(user)}
    for post in posts:
        post.is_new = post.event_id in fresh
        post.is_ours = post.by is None or post.by.role != user.Role.CLIENT
    see(user, request)
    return posts


def see(user, request):
    """Nothing about it is new any more, and no mail about it goes out."""
    if not any(kind.startswith("request.") for _event, kind in unread_of(user)):
        return
    label = Request._meta.label_lower
    about = Q(event__topics__topic=label, event__topics__object_id=request.pk)
    mark_seen(user, about, mailed=TOLD)
