"""What people allow and withdraw: marketing by e-mail and SMS, per address."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Client, Contact, Firm, User
from notifications.actions import record
from notifications.models import Channel, Consent, addresses_of, normalised

PORTAL = "customer area"
Reach = tuple[str, str]  # channel, address


def wording_of(channel: str) -> str:
    """What somebody agrees to."""
    by = Channel(channel).label
    text = _(
        "{firm} may send me offers and news by {channel}. I can withdraw this here."
    )
    return text.format(firm=Firm.known().name, channel=by)


def reaches(rows: Any) -> list[Reach]:
    """The addresses of clients, contacts or users, as consent is kept for them, once each."""
    found: dict[Reach, None] = {}
    for row in rows:
        if row.email:
            found[(Channel.EMAIL.value, normalised(row.email))] = None
        if row.phone:
            found[(Channel.SMS.value, str(row.phone))] = None
    return list(found)


def own_reaches(user: User) -> list[Reach]:
    """Where a client's person may be written to: mails first."""
    found = [
        (
            Channel.EMAIL.value if "@" in address else Channel.SMS.value,
            normalised(address),
        )
        for address in addresses_of(user)
    ]
    return sorted(set(found))


def reaches_of(client: Client) -> list[Reach]:
    """The client's own addresses and those of its people."""
    return reaches([client, *client.contacts.remembered()[:50]])


def standing(found: list[Reach]) -> list[dict[str, Any]]:
    """For each address what was said last, by one query."""
    said = Consent.objects.of([address for _channel, address in found])
    newest: dict[Reach, Consent] = {}
    for row in said.select_related("by"):
        newest.setdefault((row.channel, row.address), row)
    return [
        {
            "channel": channel,
            "label": Channel(channel).label,
            "address": address,
            "said": newest.get((channel, address)),
        }
        for channel, address in found
    ]


@transaction.atomic
def say(reach: Reach, *, given: bool, by: User, client: Client, **how: str) -> Consent:
    """Note what somebody allows or withdraws; `how`: its wording and source."""
    channel, address = reach
    row = Consent.objects.create(
        channel=channel, address=address, given=given, client=client, by=by, **how
    )
    text = _("{by} noted: {address} withdraws marketing by {channel}.")
    if given:
        text = _("{by} noted: {address} agrees to marketing by {channel}.")
    said = text.format(by=by, address=address, channel=row.get_channel_display())
    kind = "consent.given" if given else "consent.withdrawn"
    record(kind, client, by=by, text=said)
    return row


@transaction.atomic
def decide(contact: Contact, reach: Reach, *, given: bool, by: User) -> None:
    """Turn marketing to one's own address on or off; what is so already stays."""
    client = Client.objects.select_for_update().get(pk=contact.client_id)
    channel, address = reach
    if Consent.allows(channel, address) == given:
        return
    wording = wording_of(channel)
    say(reach, given=given, by=by, client=client, wording=wording, source=PORTAL)
