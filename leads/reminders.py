"""Call meetings to mind: host by bell and mail, guests by mail and SMS, each once."""

import logging
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Firm
from leads.invitations import is_out_of_reach, zone_for
from leads.models import MeetingReminder
from notifications.actions import record, send_template
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
        "meeting__host", "meeting__lead", "meeting__client"
    ).get(pk=pk)
    meeting = reminder.meeting
    if not meeting.is_booked or meeting.has_begun:
        return False
    _tell_host(reminder, meeting)
    if not is_out_of_reach(meeting):
        _tell_guests(reminder, meeting)
    return True


def _tell_host(reminder: MeetingReminder, meeting: Any) -> None:
    text = _("Soon: “{meeting}”, {when}.").format(meeting=meeting, when=meeting.when())
    record("meeting.reminded", meeting, by=None, text=text, tell=[meeting.host])
    if reminder.kind == MeetingReminder.Kind.DAY and meeting.host.is_active:
        _write(reminder, meeting.host, "host", Channel.EMAIL)


def _tell_guests(reminder: MeetingReminder, meeting: Any) -> None:
    """A mail the day before, an SMS an hour before; who has only one gets that."""
    first = reminder.kind == MeetingReminder.Kind.DAY
    for guest in meeting.guests.select_related("contact__user"):
        mark = partial(_write, reminder, guest, f"g{guest.pk}")
        if first and guest.email:
            mark(Channel.EMAIL)
        elif guest.phone and (not first or not guest.email):
            mark(Channel.SMS)


def _write(reminder: MeetingReminder, reader: Any, mark: str, channel: str) -> None:
    meeting = reminder.meeting
    context = {"meeting": meeting, "firm": Firm.get(), "reader": reader}
    context["link"] = "" if reader is meeting.host else meeting.get_guest_url()
    send_template(
        "meeting_reminder",
        reader,
        context | {"zone": zone_for(reader, meeting)},
        channel=channel,
        key=f"reminder-{meeting.pk}-{meeting.sequence}-{reminder.kind}-{mark}",
        client=meeting.client,
        secret=bool(context["link"]),
    )
