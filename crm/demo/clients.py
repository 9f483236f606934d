"""Clients of all six value classes, and what they bought."""

from datetime import timedelta

from simple_history.utils import bulk_create_with_history

from accounts.models import Client, Contact
from crm.demo import words
from crm.lib.text import plain
from sales.models import Purchase, PurchaseLine

# kind of story, share in per cent; the analyses find the classes by themselves
STORIES = {"regular": 66, "new": 8, "never": 9, "late_bloomer": 7, "asleep": 10}
PHONES = ("+4477009", "+44163296", "+493023125", "+33199", "+33261", "+33353")


def make_clients(world):
    rng = world.rng
    names = firm_names(world)
    cities, weights = list(world.places), [c[3] for c in world.places]
    stories = rng.choices(list(STORIES), STORIES.values(), k=world.size)
    medium_names = [m[0] for m in words.MEDIA]
    shares = [m[1] * m[2] for m in words.MEDIA]
    for number, story in enumerate(stories):
        city = rng.choices(cities, weights)[0]
        owner = rng.choice(
            [u for u in world.sellers if u.department == world.departments[city[2]]]
        )
        medium = world.media[rng.choices(medium_names, shares)[0]]
        client = draft(world, number, next(names), owner)
        client.medium, client.place = medium, world.places[city]
        ago = rng.randint(1, 85) if story == "new" else rng.randint(110, 725)
        if story == "asleep":
            ago = rng.randint(480, 725)
        client.signed_up = world.day(ago)
        client.created = world.moment(client.signed_up)
        client.search = client.found_by()
        client.story, client.city = story, city
        world.clients.append(client)
    bulk_create_with_history(world.clients, Client, batch_size=500)
    make_contacts(world)


def draft(world, number, name, owner):
    rng = world.rng
    firm = isinstance(name, tuple)
    label = name[0] if firm else name
    slug = plain(label).replace(" ", "").replace("&", "")
    mail = (
        f"office@{slug}.example"
        if firm
        else f"{plain(name).replace(' ', '.')}.{number}@post.example"
    )
    return Client(
        name=label, kind="firm" if firm else "person", industry=name[1] if firm else "",
        email=mail, phone=phone(number), owner=owner, department=owner.department,
        external_id=f"K{number + 1:05d}",
        birth_year=None if firm else rng.randint(1950, 2004),
        gender="" if firm else rng.choice(["female", "male", ""]),
    )  # fmt: skip


def phone(number):
    """A number nobody has: ranges that regulators keep for stories."""
    prefix = PHONES[number % len(PHONES)]
    digits = {"+4477009": 5, "+44163296": 4, "+493023125": 3}.get(prefix, 6)
    return f"{prefix}{(number * 7 + 3) % 10**digits:0{digits}d}"


def firm_names(world):
    """Endless names: two in three are firms with a trade, the others people."""
    rng, used = world.rng, {words.CLIENT}
    yield (words.CLIENT, "Health")  # the demo login's firm
    while True:
        if rng.random() < 0.34:
            name = f"{rng.choice(words.FIRST_NAMES)} {rng.choice(words.LAST_NAMES)}"
            label = name
        else:
            trade, industry = rng.choice(words.TRADES)
            label = (
                f"{rng.choice(words.FIRST_HALF)}{rng.choice(words.SECOND_HALF)} {trade}"
            )
            name = (label, industry)
        if label not in used:
            used.add(label)
            yield name


def make_contacts(world):
    rng, contacts = world.rng, []
    for number, client in enumerate(world.clients):
        person = client.name
        if client.kind == "firm":
            person = f"{rng.choice(words.FIRST_NAMES)} {rng.choice(words.LAST_NAMES)}"
        mail = client.email
        if client.kind == "firm":
            mail = plain(person).replace(" ", ".") + mail[mail.index("@") :]
        if client.name == words.CLIENT:
            login, first, last, _right = words.PORTAL[0]
            person, mail = f"{first} {last}", f"{login}@demo.example"
        contacts.append(
            Contact(
                client=client,
                name=person,
                email=mail,
                phone=phone(number + 1),
                is_primary=True,
            )
        )
        client.person = contacts[-1]
    Contact.objects.bulk_create(contacts, batch_size=500)


def make_purchases(world):
    """Orders by story and taste; some are refunded."""
    purchases = []
    for client in world.clients:
        for ago, products in orders(world, client):
            purchases.append(order(world, client, len(purchases), ago, products))
    refund = [p for p in purchases if world.rng.random() < 0.015]
    purchases += [refunded(world, p, n) for n, p in enumerate(refund)]
    Purchase.objects.bulk_create(purchases, batch_size=500)
    PurchaseLine.objects.bulk_create(
        (line for p in purchases for line in lines_of(p)), batch_size=1000
    )


def orders(world, client):
    """(days ago, products) of every order of a client, by their story."""
    rng = world.rng
    since = (world.today - client.signed_up).days
    if client.story == "never" or (client.story == "new" and rng.random() < 0.5):
        return
    weight = min(rng.lognormvariate(0, 0.9), 9)  # how much this client likes to buy
    if client.story == "late_bloomer":
        spread = [rng.randint(3, 80) for _ in range(rng.randint(1, 4))]
    elif client.story == "asleep":
        spread = [rng.randint(380, since) for _ in range(rng.randint(1, 4))]
    else:
        months = max(1, since // 30)
        count = max(1, round(weight * months / 4))
        spread = [rng.randint(1, since) for _ in range(min(count, 60))]
    big = [p for p in world.products if p.price >= 2000]
    small = [p for p in world.products if p.price < 2000]
    for ago in sorted(spread, reverse=True):
        season = 1.6 if world.day(ago).month in (10, 11) else 1
        chosen = rng.sample(small, k=rng.choice((1, 1, 2, 2, 3)))
        if rng.random() < 0.07 * season * weight:
            chosen.append(rng.choice(big))
        yield ago, chosen


def order(world, client, number, ago, products):
    purchase = Purchase(client=client, order=f"R{number + 1:06d}", day=world.day(ago))
    purchase.created = world.moment(purchase.day)
    purchase.items = [
        (p, world.rng.choice((1, 1, 1, 2, 3)) if p.price < 600 else 1) for p in products
    ]
    purchase.cents = sum(int(p.price * 100) * n for p, n in purchase.items)
    return purchase


def refunded(world, purchase, number):
    product, quantity = purchase.items[0]
    day = min(purchase.day + timedelta(days=world.rng.randint(2, 20)), world.day(1))
    back = Purchase(client=purchase.client, order=f"C{number + 1:06d}", day=day)
    back.created = world.moment(day)
    back.items = [(product, -quantity)]
    back.cents = -int(product.price * 100) * quantity
    return back


def lines_of(purchase):
    for product, quantity in purchase.items:
        yield PurchaseLine(
            purchase=purchase, product=product, text=product.name, quantity=quantity,
            cents=int(product.price * 100) * quantity,
        )  # fmt: skip
