"""Small worlds whose answer is known."""

from datetime import date, datetime, timedelta, timezone

from accounts.models import Client, Medium
from accounts.places import place_for
from analytics import runs
from analytics.models import Run
from leads.models import Interaction, Lead, Stage
from sales.models import Purchase

DAY = date(2026, 6, 1)  # the reference date of planted worlds
NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)  # noqa: UP017
AREAS = {
    ("Germany", "DE"): ["Hamburg", "Bremen", "Kiel", "Lübeck"],
    ("Italy", "IT"): ["Milan", "Turin", "Bergamo", "Genoa"],
    ("Portugal", "PT"): ["Lisbon", "Porto", "Coimbra", "Braga"],
}


def client_of(owner, name, **fields):
    fields = {"signed_up": DAY - timedelta(500), "external_id": name} | fields
    return Client.objects.create(
        name=name, owner=owner, department=owner and owner.department, **fields
    )


def buy(client, ago, cents, currency="EUR", **fields):
    return Purchase.objects.create(
        client=client,
        day=DAY - timedelta(ago),
        cents=cents,
        currency=currency,
        **fields,
    )


def lead_of(owner, name, *, medium=None, state="open", **fields):
    stage = Stage.first_of(state)
    closed = None if state == "open" else NOON + timedelta(20)
    fields = {"external_id": name, "created": NOON, "closed": closed} | fields
    return Lead.objects.create(
        name=name,
        stage=stage,
        state=state,
        medium=Medium.objects.get(name=medium) if medium else None,
        owner=owner,
        department=owner and owner.department,
        **fields,
    )


def plant_places(owner, *, turned=False):
    """Twelve cities in three far areas with 36 clients; Milan's spend the most."""
    cities = [(c, n[0]) for n, names in AREAS.items() for c in names] * 3
    numbered = list(enumerate(cities))
    for number, (city, country) in reversed(numbered) if turned else numbered:
        client = client_of(owner, f"C{number:02d}", place=place_for(city, "", country))
        buy(client, 40, 900_00 if country == "Italy" else 100_00)


def plant_answers(owner, *, turned=False):
    """Referrals answer nearly always and win; letters never; chats in between."""
    shares = {"Referral": (18, 8), "Live chat": (10, 4), "Direct mail": (1, 1)}
    for medium, (answered, won) in shares.items():
        order = range(20)
        for number in reversed(order) if turned else order:
            lead = lead_of(
                owner,
                f"{medium} {number:02d}",
                medium=medium,
                state="won" if number < won else "lost",
            )
            talk(lead, answered=number < answered)


def talk(lead, *, answered, hours=3, **fields):
    return Interaction.objects.create(
        lead=lead,
        medium=lead.medium,
        text="Hello",
        at=NOON,
        answered=NOON + timedelta(hours=hours) if answered else None,
        **fields,
    )


def plant_buyers(owner, *, turned=False):
    """Thirty-six old buyers in three plain sizes, and one client of each other class."""
    sizes = ((12, 5000_00), (5, 500_00), (1, 20_00))
    order = range(36)
    for number in reversed(order) if turned else order:
        count, cents = sizes[number % 3]
        client = client_of(owner, f"B{number:02d}")
        for i in range(count):
            buy(client, 100 + 20 * i, cents + number)
        buy(client, 400, 1_00)
    client_of(owner, "new", signed_up=DAY - timedelta(90))
    client_of(owner, "never", signed_up=DAY - timedelta(91))
    buy(client_of(owner, "growing"), 90, 70_00)
    buy(client_of(owner, "asleep"), 366, 9_000_00)


def analyse(kind, **fields):
    run = runs.start(Run(kind=kind, reference_date=DAY, **fields))
    run.refresh_from_db()
    assert run.state == "done", run.error
    return run
