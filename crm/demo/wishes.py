"""What the demo client's people asked for and allowed: changes, consents, to be forgotten."""

from accounts.models import ChangeRequest, Contact, ErasureRequest
from notifications.models import Channel, Consent, normalised

SAID = (  # days ago, given, source
    (210, True, "form contact"),
    (96, False, "telephone"),
    (31, True, "customer area"),
)
WORDING = "You may send me offers and news by e-mail."


def make_wishes(world):
    """One change waits and one was refused; two have left and one wants to be forgotten."""
    client = world.clients[0]
    people = {
        row.user.username: row for row in client.contacts.filter(user__isnull=False)
    }
    owner = people["client"]
    make_changes(world, client, owner)
    make_history(world, client, owner)
    make_farewell(world, client)


def make_changes(world, client, owner):
    settled = world.moment(world.day(38))
    rows = [
        ChangeRequest(
            client=client, contact=owner, about="client", by=owner.user,
            values={"tax_id": ["", "12/345/67890"]}, state="refused",
            created=world.moment(world.day(40)), decided=settled, decided_by=client.owner,
            answer="We need the number that begins with DE.",
        ),
        ChangeRequest(
            client=client, contact=owner, about="client", by=owner.user,
            values={
                "billing_address": ["", "Hafenallee 12\n20457 Hamburg\nGermany"],
                "tax_id": ["", "DE 301 204 117"],
            },
            note="We moved in the spring.", created=world.moment(world.day(1)),
        ),
    ]  # fmt: skip
    ChangeRequest.objects.bulk_create(rows)
    text = f"{owner} asks for a change: address on invoices, tax number."
    about = [rows[-1], client, owner]
    world.tell("change.asked", rows[-1].created, text, by=owner.user, about=about)


def make_history(world, client, owner):
    """The owner changed their mind twice."""
    Consent.objects.bulk_create(
        Consent(
            channel=Channel.EMAIL, address=normalised(owner.email), given=given,
            wording=WORDING, source=source, client=client,
            by=client.owner if source == "telephone" else owner.user,
            at=world.moment(world.day(ago)),
        )
        for ago, given, source in SAID
    )  # fmt: skip


def make_farewell(world, client):
    """Somebody who has left the firm and asks that their data goes."""
    gone = Contact(
        client=client, name="Ilse Thorvald", email="ilse.thorvald@brightwater.example",
        position="Head of purchasing until June", right="reader",
    )  # fmt: skip
    gone.created = world.moment(world.day(300))
    gone.save()
    asked = ErasureRequest(
        client=client, contact=gone, reason="I do not work there any more."
    )
    asked.created = world.moment(world.day(2))
    asked.save()
    text = f"{gone} asks to be forgotten."
    world.tell("erasure.asked", asked.created, text, about=[asked, client])
