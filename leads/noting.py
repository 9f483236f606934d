"""Write notes, and tell who is mentioned in one."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.mentions import shown
from accounts.models import Firm, User
from leads.models import Lead, Note
from notifications.actions import record, send_template
from notifications.models import Event, Notification


@transaction.atomic
def add_note(
    subject: Any, text: str, people: list[User], *, by: User, client_visible: bool
) -> Note:
    """Keep a note about a lead or client, and tell who is mentioned in it."""
    client = subject.client if isinstance(subject, Lead) else None
    note = Note(text=text, by=by, client_visible=client_visible)
    setattr(note, subject._meta.model_name, subject)
    line = Note.line(shown(text, people))
    note.event = record(
        "note.written",
        subject,
        by=by,
        text=line,
        about=[client],
        tell=[subject.owner],
        client_visible=client_visible,
    )
    note.save()
    note.mentioned.set(people)
    tell_mentioned(note.event, subject, people, text=shown(text, people))
    return note


@transaction.atomic
def change_note(
    note: Note, text: str, people: list[User], *, client_visible: bool
) -> None:
    """Change a note; only who was not mentioned before is told."""
    fresh = note.edit(text, people, client_visible=client_visible)
    if note.event:
        tell_mentioned(note.event, note.subject, fresh, text=shown(text, people))


def tell_mentioned(
    event: Event, row: Any, people: Iterable[User], *, text: str
) -> None:
    """Tell people of an event that names them, in the bell and by mail, each once."""
    url = f"{settings.SITE_URL}{row.get_absolute_url()}"
    for user in people:
        if user == event.actor:
            continue
        Notification.objects.get_or_create(event=event, recipient=user)
        context = {
            "user": user,
            "by": event.actor,
            "text": text,
            "row": row,
            "url": url,
            "firm": Firm.get(),
        }
        key = f"mention:{event.pk}:{user.pk}"
        send_template("mention", user, context, key=key, recipient=user, event=event)
