"""Send what waits in the outbox: each message once, whatever dies in between."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from email.utils import make_msgid, parseaddr
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.lib.errors import NotAllowedNow
from crm.lib.jobs import nudge
from notifications.actions import record
from notifications.channels import Doubtful, Refused, TryLater, email, sms
from notifications.models import Channel, Consent, Message, normalised

log = logging.getLogger(__name__)
State = Message.State

SILENT = timedelta(minutes=2)  # a worker holds a message for seconds, never so long
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
MAX_ATTEMPTS = 10  # about four hours
SWEEP_SECONDS = 10
LINK = re.compile(r"https?://[^\s\"'<>]+")


class NotResendable(NotAllowedNow):
    """Only what failed or is doubtful is sent again."""


def deliver(pk: int) -> str | None:
    """Send one waiting message and say its new state; None if it is not ours to send.

    Safe to call any number of times at once: the claim is one conditional UPDATE, and
    the row says that it is being sent before anybody outside hears of it.
    """
    message = _claim(pk)
    if message is None:
        return None
    if not _is_allowed(message):
        error = _("Not sent: this address has not agreed to marketing here.")
        return _finish(message, State.CANCELLED, error=error)
    try:
        provider_id = SENDERS[message.channel](message)
    except Refused as refusal:
        if refusal.opted_out:
            opt_out(message, wording=str(refusal), source="provider")
        return _finish(message, State.FAILED, error=str(refusal))
    except TryLater as delay:
        return _retry(message, str(delay))
    except Doubtful as doubt:
        return _doubt(message, str(doubt))
    return _finish(message, State.SENT, provider_id=provider_id, sent=timezone.now())


def send_due(limit: int = 200, seconds: float = SWEEP_SECONDS) -> int:
    """Deliver what no worker was told of, or what one dropped; say how many left."""
    settle_abandoned()
    scrub(Message.objects.filter(state__in=Message.OVER))
    deadline = timezone.now() + timedelta(seconds=seconds)
    due = (
        Message.objects.due().order_by("not_before", "pk").values_list("pk", flat=True)
    )
    sent = 0
    for pk in list(due[:limit]):
        if timezone.now() > deadline:
            break
        sent += deliver(pk) == State.SENT
    return sent


def settle_abandoned() -> None:
    """Take up messages whose worker died while it was sending them.

    An SMS goes back to the queue, and the provider is asked before it is sent again.
    A mail may have left and nobody can be asked: it stays unknown until a person
    decides.
    """
    silent = Message.objects.filter(
        state=State.SENDING, claimed__lt=timezone.now() - SILENT
    )
    silent.filter(channel=Channel.EMAIL).update(
        state=State.UNKNOWN,
        error=_("The worker stopped while it was sending this mail."),
    )
    silent.exclude(channel=Channel.EMAIL).update(state=State.QUEUED)


@transaction.atomic
def resend(message: Message, *, by: Any) -> None:
    """Queue a failed or doubtful message once more, a mail under its own Message-ID."""
    _decide(
        message,
        state=State.QUEUED,
        not_before=timezone.now(),
        attempts=1,  # not 0: an SMS is looked for at the provider first
        provider_id="",
        error="",
    )
    text = _("{by} sent the message to {address} again.")
    _told("message.resent", message, by, text)
    transaction.on_commit(partial(nudge, "notifications.deliver", message.pk))


@transaction.atomic
def give_up(message: Message, *, by: Any) -> None:
    """Leave a failed or doubtful message as it is; nobody is asked about it again."""
    _decide(message, state=State.CANCELLED)
    text = _("{by} gave up the message to {address}.")
    _told("message.given_up", message, by, text)


def _decide(message: Message, **changes: Any) -> None:
    undelivered = Message.objects.undelivered().filter(pk=message.pk)
    if not undelivered.update(**changes):
        raise NotResendable(
            _("Only a message that failed or is in doubt is sent again or given up.")
        )
    message.refresh_from_db()


def _told(kind: str, message: Message, by: Any, text: str) -> None:
    said = text.format(by=by, address=message.address)
    record(kind, message, by=by, text=said, about=[message.client])


def without_links(text: str) -> str:
    """The text with a note in place of every link."""
    return LINK.sub(str(_("[link, shown to the reader only]")), text)


def scrub(messages: QuerySet) -> None:
    """Take the live links out of secret messages that left; the demo's inbox keeps them."""
    if settings.DEMO:
        return
    for message in messages.filter(secret=True).only("body", "html"):
        message.body = without_links(message.body)
        message.html = without_links(message.html)
        message.secret = False
        message.save(update_fields=["body", "html", "secret"])


def opt_out(message: Message, *, wording: str, source: str) -> None:
    """Note that an address wants no more marketing on this channel."""
    Consent.objects.create(
        channel=message.channel,
        address=normalised(message.address),
        given=False,
        wording=wording,
        source=source,
        client=message.client,
    )


def _claim(pk: int) -> Message | None:
    mine = Message.objects.due().filter(pk=pk)
    if not mine.update(
        state=State.SENDING, claimed=timezone.now(), attempts=F("attempts") + 1
    ):
        return None
    message = Message.objects.select_related("client").get(pk=pk)
    if message.channel == Channel.EMAIL and not message.message_id:
        # Written before sending, so that a resend after a crash carries the same one.
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
        message.message_id = make_msgid(idstring=str(pk), domain=domain or "localhost")
        message.save(update_fields=["message_id"])
    return message


def _is_allowed(message: Message) -> bool:
    if (
        message.purpose != Message.Purpose.MARKETING
        or message.channel == Channel.PORTAL
    ):
        return True
    return Consent.allows(message.channel, normalised(message.address))


def _retry(message: Message, error: str) -> str:
    if message.attempts >= MAX_ATTEMPTS:
        error = _("Given up after %(n)d attempts. %(why)s") % {
            "n": message.attempts,
            "why": error,
        }
        return _finish(message, State.FAILED, error=error)
    wait = min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)
    return _finish(message, State.QUEUED, error=error, not_before=timezone.now() + wait)


def _doubt(message: Message, error: str) -> str:
    if message.channel == Channel.EMAIL:
        return _finish(message, State.UNKNOWN, error=error)
    return _retry(message, error)  # the next attempt asks the provider first


def _finish(message: Message, state: str, *, error: str = "", **fields: object) -> str:
    """Write the outcome, unless a callback or another worker was there before us."""
    Message.objects.filter(
        pk=message.pk, state=State.SENDING, claimed=message.claimed
    ).update(state=state, error=error, **fields)
    if message.secret and state in Message.OVER:
        scrub(Message.objects.filter(pk=message.pk))
    if error:
        log.info("message %d is %s: %s", message.pk, state, error)
    return state


def _keep_in_portal(message: Message) -> str:
    return ""  # the customer area reads the row itself


SENDERS: dict[str, Callable[[Message], str]] = {
    Channel.EMAIL: email.send,
    Channel.SMS: sms.send,
    Channel.PORTAL: _keep_in_portal,
}
