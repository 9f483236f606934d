"""Tell what happened, and queue what is to be sent."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone, translation

from crm.lib.jobs import nudge
from notifications.models import Channel, Event, EventTopic, Message, Notification


@transaction.atomic
def record(
    kind: str,
    subject: Model,
    *,
    by: Any,
    text: str,
    about: Iterable[Model | None] = (),
    tell: Iterable[Any] = (),
    client_visible: bool = False,
) -> Event:
    """Write what happened to the timelines of `subject` and `about`.

    Everyone in `tell` but its author finds it in their bell; `crm/reactions.py` says
    what else follows. A rolled-back verb leaves nothing.
    """
    event = Event.objects.create(
        kind=kind, actor=by, text=text, client_visible=client_visible
    )
    rows = {
        (row._meta.label_lower, row.pk): row for row in (subject, *filter(None, about))
    }
    EventTopic.objects.bulk_create(EventTopic.of(event, row) for row in rows.values())
    people = {user.pk: user for user in tell if user and user != by and user.is_active}
    Notification.objects.bulk_create(
        Notification(event=event, recipient=user) for user in people.values()
    )
    transaction.on_commit(partial(nudge, "crm.react", event.pk))
    return event


def send(
    channel: str,
    address: str,
    *,
    body: str,
    subject: str = "",
    key: str | None = None,
    **fields: Any,
) -> Message | None:
    """Put a message into the outbox; None when `key` was queued before, or no address.

    `fields` are further columns of Message (client, recipient, event, kind, purpose,
    html, calendar, not_before). It leaves after the transaction commits, by a worker.
    """
    if not address:
        return None
    values = {
        "channel": channel,
        "address": address,
        "subject": subject,
        "body": body,
        **fields,
    }
    if key is None:
        message = Message.objects.create(**values)
    else:
        message, made = Message.objects.get_or_create(key=key, defaults=values)
        if not made:
            return None
    transaction.on_commit(partial(nudge, "notifications.deliver", message.pk))
    return message


def send_template(
    kind: str,
    user_or_contact: Any,
    context: dict,
    *,
    channel: str = Channel.EMAIL,
    key: str | None = None,
    **fields: Any,
) -> Message | None:
    """Render `templates/messages/<kind>.<channel>.txt` in the reader's language and queue it.

    The first line of a mail's template is its subject.
    """
    language = getattr(user_or_contact, "language", "") or translation.get_language()
    with translation.override(language):
        text = render_to_string(f"messages/{kind}.{channel}.txt", context).strip()
    subject = ""
    if channel == Channel.EMAIL:
        subject, _, text = text.partition("\n")
    address = (
        user_or_contact.email
        if channel == Channel.EMAIL
        else str(user_or_contact.phone or "")
    )
    return send(
        channel,
        address,
        body=text.strip(),
        subject=subject.strip(),
        key=key,
        kind=kind,
        **fields,
    )


def unread_of(user: Any) -> list[tuple[int, str]]:
    """(event, kind) of the newest 100 unread in a bell, asked once per request."""
    if not hasattr(user, "known_unread"):
        rows = Notification.objects.visible_to(user).unread().order_by("-event")
        user.known_unread = list(rows.values_list("event", "event__kind")[:100])
    return user.known_unread


def mark_read(user: Any, *, pk: int | None = None) -> int:
    """Everything in the user's bell, or one entry, is read now; says how many were new."""
    unread = Notification.objects.visible_to(user).unread()
    if pk is not None:
        unread = unread.filter(pk=pk)
    return unread.update(read=timezone.now())
