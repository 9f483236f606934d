"""What clients wait for, on the homes of staff: messages, requests, changes; one query."""

from django.db.models import BigIntegerField, CharField, F, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import ChangeRequest
from crm.lib.dates import when
from notifications.actions import unread_of
from projects.models import Post, Request
from projects.models.request_rows import LATE
from projects.threads import POSTED

SHOWN = 6
COLUMNS = (
    *("row_kind", "row_pk", "row_title", "row_of"),
    *("row_text", "row_moment", "row_about"),
)
NOBODY = Cast(Value(None), BigIntegerField())


def waiting_for_us(user):
    """The longest waits first; one more than is shown says that there are more."""
    parts = [_requests(user), _changes(user)]
    known = unread_of(user)  # of the bell, which is asked anyway
    if len(known) >= 100 or any(kind == POSTED for _event, kind in known):
        parts.append(_messages(user))
    first, *rest = parts
    rows = first.union(*rest, all=True).order_by("row_moment")[: SHOWN + 1]
    return [_line(*row) for row in rows]


def _said(rows, what, **columns):
    """The columns that all kinds share."""
    columns = {"row_kind": Value(what, CharField())} | columns
    return rows.order_by().annotate(**columns).values_list(*COLUMNS)


def _requests(user):
    return _said(
        Request.objects.visible_to(user).open(),
        "request",
        row_pk=F("pk"),
        row_title=Cast("subject", TextField()),
        row_of=F("client__name"),
        row_text=Value("", TextField()),
        row_moment=F("since"),
        row_about=NOBODY,
    )


def _changes(user):
    return _said(
        ChangeRequest.objects.editable_by(user).waiting(),
        "change",
        row_pk=F("client"),
        row_title=Cast("contact__name", TextField()),
        row_of=F("client__name"),
        row_text=Value("", TextField()),
        row_moment=F("created"),
        row_about=NOBODY,
    )


def _messages(user):
    """Unread words of clients: a colleague's are in the bell, and nobody waits there.

    They stay while they are unread, even where the firm has written since.
    """
    return _said(
        Post.objects.visible_to(user).unread_by(user).by_clients(),
        "message",
        row_pk=F("client"),
        row_title=Cast("project__name", TextField()),
        row_of=F("client__name"),
        row_text=F("text"),
        row_moment=F("at"),
        row_about=F("project"),
    )


def _line(what, key, title, of, text, moment, about):
    line = {"text": f"{of} · {when(moment)}", "tone": "accent"}
    if what == "request":
        late = moment < timezone.now() - LATE
        return line | {
            "icon": "life-buoy",
            "title": title,
            "url": reverse("requests:detail", args=[key]),
            "badge": _("Late") if late else _("Request"),
            "tone": "danger" if late else "accent",
        }
    if what == "change":
        return line | {
            "icon": "user-pen",
            "title": _("{who} asks for a change").format(who=title),
            "url": reverse("accounts:client", args=[key]),
            "badge": _("Change"),
        }
    route, pk = ("messages", about) if about else ("client_messages", key)
    return line | {
        "icon": "messages-square",
        "title": title or of,
        "url": reverse(f"projects:{route}", args=[pk]),
        "badge": _("Message"),
        "said": Truncator(text).chars(120),
    }
