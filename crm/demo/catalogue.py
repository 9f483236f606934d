"""What the catalogue says, who looked at what, and the demo client's basket."""

from datetime import timedelta
from decimal import Decimal

from accounts.models import Contact
from leads.models import Lead
from sales.models import (
    BasketLine,
    Product,
    ProductEvent,
    Quotation,
    QuotationLine,
)

# What the catalogue says of each.
ABOUT = {
    "Starter site": "Up to five pages, your words and pictures, online within three weeks.",
    "Business site": "Up to twenty pages with news, a map and forms, made to be found and kept up by yourselves.",
    "Multi-language site": "Three languages side by side, each with its own addresses and texts; more on request.",
    "Shop basic": "Fifty products, card and invoice, delivery in one country.",
    "Shop plus": "Any number of products and variants, several countries and taxes, stock and returns.",
    "Stock connector": "Keeps the stock of your shop and of your books the same, every ten minutes.",
    "Hosting small": "One site, daily copies, answered within a working day. Price for a month.",
    "Hosting large": "For shops: hourly copies, watched day and night. Price for a month.",
    "Backup": "A second copy in another place, and one test a quarter that it can be read. Price for a month.",
    "Support hour": "An hour of whatever you need, used in parts of ten minutes.",
    "Care plan": "Updates, small changes and a look at the figures, every month.",
    "Emergency call": "Somebody at work for you within two hours, also at night.",
    "Logo": "Three sketches, two rounds, and the files for paper and screen.",
    "Photo day": "A photographer at your place for a day; forty finished pictures.",
    "Brand book": "Colours, type and tone on twenty pages, with templates for letters and slides.",
    "Editor course": "Half a day for four people: writing and changing your own pages.",
    "Shop course": "Half a day for four people: products, orders and returns.",
    "Search audit": "Where you stand in searches, why, and the ten things to do first.",
    "Newsletter set-up": "Sign-up, consent, a template and the first issue together.",
    "Ad budget": "Passed on as it is.",
    "Moving your data": "From your old shop or system into the new one. Tell us how much there is, and we say what it costs.",
}
ON_REQUEST = ("Moving your data", "Shop", "Reed")  # name, category, brand
BASKET, ASKED = ("Shop plus", "Photo day"), ("Search audit", "Newsletter set-up")


def make_catalogue(world):
    """Every other client with a person looks around; the demo client also asked."""
    for product in world.products:
        product.description = ABOUT[product.name]
        product.in_catalogue = product.name != "Ad budget"
    Product.objects.bulk_update(world.products, ["description", "in_catalogue"])
    name, category, brand = ON_REQUEST
    Product.objects.create(
        code=Product.code_of(category, brand, name), name=name, category=category,
        brand=brand, description=ABOUT[name],
    )  # fmt: skip
    world.shown = [p for p in world.products if p.in_catalogue]
    looks = [row for client in world.clients[::2] for row in looks_of(world, client)]
    ProductEvent.objects.bulk_create(looks, batch_size=1000)
    fill_basket(world)
    ask(world)


def looks_of(world, client):
    """A few visits of the last months, each to one category and a product beside it."""
    rng = world.rng
    liked = rng.choice(world.shown).category
    same = [p for p in world.shown if p.category == liked]
    for ago in sorted(rng.sample(range(1, 120), k=rng.randint(1, 4)), reverse=True):
        at = world.moment(world.day(ago))
        seen = [rng.choice(same), rng.choice(world.shown)]
        yield look(client, "visit", None, at)
        for minutes, product in enumerate(dict.fromkeys(seen), 2):
            yield look(client, "view", product, at + timedelta(minutes=minutes))
        if rng.random() < 0.3:
            yield look(client, "basket", seen[0], at + timedelta(minutes=7))


def look(client, kind, product, at):
    return ProductEvent(
        client=client, contact=client.person, kind=kind, product=product, at=at
    )


def named(world, names):
    return [next(p for p in world.shown if p.name == name) for name in names]


def fill_basket(world):
    client = world.clients[0]
    who = Contact.objects.get(user__username="client")
    at = world.moment(world.day(1))
    for number, product in enumerate(named(world, BASKET)):
        then = at + timedelta(minutes=4 * number)
        BasketLine.objects.create(
            contact=who, product=product, quantity=number + 1, created=then
        )
        kinds = (("view", 0), ("basket", 1))
        ProductEvent.objects.bulk_create(
            look(client, kind, product, then + timedelta(minutes=late))
            for kind, late in kinds
        )


def ask(world):
    """Asked for two days ago; the draft waits for its seller to be priced and sent."""
    client, at = world.clients[0], world.moment(world.day(2))
    products = named(world, ASKED)
    names = ", ".join(p.name for p in products)
    lead = Lead(
        name=f"{names} – {client.name}"[:200], client=client, company=client.name,
        contact_name=client.person.name, email=client.person.email, interest=names,
        owner=client.owner, department=client.department, stage=world.stages[0],
        state=world.stages[0].kind, medium=world.media["Website"], created=at,
        value=sum(p.price for p in products),
    )  # fmt: skip
    lead.search = lead.found_by()
    lead.save()
    draft = Quotation.objects.create(
        lead=lead, number=f"Q-{at:%Y}-{len(world.quotations) + 1:05d}", by=client.owner,
        created=at, asked=at,
    )  # fmt: skip
    QuotationLine.objects.bulk_create(
        QuotationLine(quotation=draft, product=p, text=p.name, price=Decimal(p.price),
                      position=n, tax_rate=20)
        for n, p in enumerate(products)
    )  # fmt: skip
    draft.sum_up()
    said = "\n".join(f"1 × {p} – €{p.price:,}" for p in products)
    text = f"{client.person} asked for a quotation:\n{said}"
    about = [lead, client, draft]
    by = Contact.objects.get(user__username="client").user
    world.tell("quotation.asked", at, text, by=by, about=about, visible=True)
