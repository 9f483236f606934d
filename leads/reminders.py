"""Call meetings to mind: host by bell and mail, guests by mail and SMS, each once."""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.invitations import readers, write
from leads.meeting_readers import Reader
from leads.models import MeetingReminder
from notifications.actions import record
from notifications.models import Channel

log = logging.getLogger(__name__)


def send_due(limit: int = 200) -> int:
    """Give every reminder that is due and was not given; says how many."""
    due = MeetingReminder.objects.due().order_by("due", "pk")
    return sum(give(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def give(pk: int) -> bool:
    """Give one reminder, unless somebody else did; False also when it came too late.

    The claim is one conditional UPDATE in the transaction that writes the messages, so
    two sweeps at once, or one that dies half-way, remind once.
    """
    waiting = MeetingReminder.objects.filter(pk=pk, done__isnull=True)
    if not waiting.update(done=timezone.now()):
        return False
    reminder = MeetingReminder.objects.select_related(
        "meeting__host", "meeting__by", "meeting__lead", "meeting__client"
    ).get(pk=pk)
    meeting = reminder.meeting
    if not meeting.is_booked or meeting.has_begun:
        return False
    _tell_host(reminder, meeting)
    _write_to_all(reminder, meeting)
    return True


def _tell_host(reminder: MeetingReminder, meeting: Any) -> None:
    text = _("Soon: “{meeting}”, {when}.").format(meeting=meeting, when=meeting.when())
    record("meeting.reminded", meeting, by=None, text=text, tell=[meeting.host])


def _write_to_all(reminder: MeetingReminder, meeting: Any) -> None:
    guests = list(meeting.guests.select_related("contact__user"))
    stem = f"reminder-{meeting.pk}-{meeting.sequence}-{reminder.kind}"
    for reader in readers(meeting, guests):
        channel = _channel(reminder, reader)
        if channel:
            words = reader.words(meeting, meeting.by, guests)
            key = f"{stem}-{reader.mark}"
            write(meeting, reader, "reminder", words, channel=channel, key=key)


def _channel(reminder: MeetingReminder, reader: Reader) -> str:
    """A mail the day before, an SMS an hour before; a guest with only one gets that."""
    first, person = reminder.kind == MeetingReminder.Kind.DAY, reader.person
    if reader.is_staff:
        return Channel.EMAIL if first and person.is_active else ""
    if first and person.email:
        return Channel.EMAIL
    by_phone = person.phone and (not first or not person.email)
    return Channel.SMS if by_phone else ""
