"""What comes back from outside: delivery reports, and messages people write to us."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.actions import record
from notifications.models import Channel, Message
from notifications.outbox import opt_out

State = Message.State
STOP_WORDS = {"stop", "stopall", "unsubscribe", "cancel", "end", "quit"}
# Twilio's word → our state, and the states it may follow: reports arrive in any order,
# and may come before our own note that the message left.
BEFORE_SENT = [State.QUEUED, State.SENDING]
MOVES = {
    "queued": (State.SENT, BEFORE_SENT),
    "accepted": (State.SENT, BEFORE_SENT),
    "sending": (State.SENT, BEFORE_SENT),
    "sent": (State.SENT, BEFORE_SENT),
    "delivered": (State.DELIVERED, [*BEFORE_SENT, State.SENT]),
    "undelivered": (State.FAILED, [*BEFORE_SENT, State.SENT]),
    "failed": (State.FAILED, [*BEFORE_SENT, State.SENT]),
}


def note_status(
    *, sid: str, status: str, error_code: str = "", message: str = ""
) -> bool:
    """Move an outgoing SMS on by the provider's report; False if it changes nothing.

    `message` is our own number in the callback's address: it finds the row even if the
    worker died before it could write down the provider's id.
    """
    if status not in MOVES or not sid:
        return False
    state, earlier = MOVES[status]
    mine = Q(provider_id=sid)
    if message.isdecimal():
        mine |= Q(pk=int(message), provider_id="")
    changes = {"state": state, "provider_id": sid}
    if state == State.FAILED:
        changes["error"] = _("The SMS did not reach the telephone (%s).") % error_code
    rows = Message.objects.filter(
        mine, channel=Channel.SMS, direction=Message.Direction.OUT, state__in=earlier
    )
    rows.filter(sent__isnull=True).update(sent=timezone.now())
    return bool(rows.update(**changes))


@transaction.atomic
def receive_sms(*, sid: str, sender: str, body: str) -> Message | None:
    """Keep an incoming SMS, once; one that says STOP withdraws the consent."""
    last = (
        Message.objects.filter(
            channel=Channel.SMS, direction=Message.Direction.OUT, address=sender
        )
        .exclude(client=None)
        .select_related("client__owner")
        .order_by("-pk")
        .first()
    )
    client = last.client if last else None
    message, made = Message.objects.get_or_create(
        key=f"twilio:{sid}",
        defaults={
            "channel": Channel.SMS,
            "direction": Message.Direction.IN,
            "state": State.RECEIVED,
            "address": sender,
            "body": body,
            "client": client,
            "provider_id": sid,
        },
    )
    if not made:
        return None
    if body.strip().lower() in STOP_WORDS:
        opt_out(message, wording=body.strip(), source="sms")
    if client:
        text = _("SMS from %(name)s: %(text)s") % {"name": client, "text": body[:300]}
        record("message.received", client, by=None, text=text, tell=[client.owner])
    return message
