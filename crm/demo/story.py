"""The timelines, the bell and the consents of the demo world."""

from accounts.models import User
from crm.demo.bills import make_bills
from crm.demo.care import make_care
from crm.demo.catalogue import make_catalogue
from crm.demo.clients import make_clients, make_purchases
from crm.demo.desk import make_desk
from crm.demo.documents import make_documents
from crm.demo.forecasts import make_forecasts
from crm.demo.hours import make_hours
from crm.demo.intake import make_submissions
from crm.demo.leads import make_leads, make_quotations, make_talks
from crm.demo.meetings import make_meetings
from crm.demo.people import make_setup, make_staff
from crm.demo.projects import make_portal, make_projects
from crm.demo.spend import make_spend
from crm.demo.talks import keep_posts, make_posts
from crm.demo.tasks import make_tasks
from crm.demo.wishes import make_wishes
from crm.demo.world import World
from notifications.models import Channel, Consent, Event, EventTopic, Notification

WORDING = "I would like to hear about offers by e-mail and SMS."


def make_world(*, seed, size):
    """Write the whole demo world; the caller wraps it in one transaction."""
    world = World(seed, size)
    make_staff(world)
    make_setup(world)
    make_clients(world)
    give_demo_client(world)
    make_leads(world)
    make_submissions(world)
    make_talks(world)
    make_meetings(world)
    make_purchases(world)
    make_quotations(world)
    make_portal(world)
    make_projects(world)
    make_bills(world)
    make_consents(world)
    make_tasks(world)
    make_forecasts(world)
    make_spend(world)
    make_documents(world)
    make_hours(world)
    make_posts(world)
    make_desk(world)
    make_catalogue(world)
    make_care(world)
    make_wishes(world)
    make_story(world)
    return world


def give_demo_client(world):
    """The demo logins know each other: the client belongs to the demo seller."""
    client = world.clients[0]
    client.owner, client.department = world.staff["bd"], world.departments[0]
    client.story = "regular"
    client.place = next(p for city, p in world.places.items() if city[0] == "Hamburg")
    client.save(update_fields=["owner", "department", "place"])


def make_story(world):
    """Write the remembered events, oldest first, as already reacted to."""
    told = sorted(world.story, key=lambda event: event[0])
    events = Event.objects.bulk_create(
        (
            Event(
                kind=kind,
                text=text,
                actor=by,
                created=at,
                client_visible=visible,
                reacted=True,
            )
            for at, kind, text, by, _about, visible in told
        ),
        batch_size=1000,
    )
    pairs = list(zip(events, told, strict=True))
    EventTopic.objects.bulk_create(
        (EventTopic.of(event, row) for event, one in pairs for row in one[4]),
        batch_size=1000,
    )
    ring(world, pairs)
    keep_posts(pairs)


def ring(world, pairs):
    """The last things that happened stand in the bells of those they concern."""
    recent = [(event, one) for event, one in pairs if one[1] == "milestone.done"][-60:]
    portal = list(User.objects.filter(role="client").select_related("contact"))
    bells = []
    for event, one in recent:
        client = one[4][1]
        bells.append(Notification(event=event, recipient=client.owner))
        bells += [
            Notification(event=event, recipient=u)
            for u in portal
            if u.contact.client_id == client.pk
        ]
    Notification.objects.bulk_create(bells, ignore_conflicts=True)


def make_consents(world):
    rows = []
    for client in world.clients:
        for channel, address, share in (
            (Channel.EMAIL, client.email, 0.7), (Channel.SMS, str(client.phone), 0.5),
        ):  # fmt: skip
            if world.rng.random() < share:
                rows.append(
                    Consent(
                        channel=channel,
                        address=address,
                        given=world.rng.random() < 0.93,
                        wording=WORDING,
                        source="web form",
                        client=client,
                        at=client.created,
                    )  # fmt: skip
                )
    Consent.objects.bulk_create(rows, batch_size=1000)
