"""Leads with their talks and quotations: won, lost and open."""

from datetime import timedelta

from django.utils import timezone

from crm.demo import words
from crm.demo.intake import make_rules, say_why
from crm.demo.paths import make_history
from leads.models import Interaction, Lead
from sales.models import Quotation, QuotationLine

KINDS = {"Telephone": "call", "E-mail": "email", "Web form": "email", "Live chat": "chat",
         "Trade show": "meeting", "In person": "meeting", "Direct mail": "letter",
         "Social media": "chat", "Advertising": "email", "Referral": "call"}  # fmt: skip


def make_leads(world):
    """Every client came as a lead; further leads are new wishes or strangers."""
    for client in world.clients:
        world.leads.append(first_lead(world, client))
    for _ in range(int(world.size * 1.6)):
        world.leads.append(later_lead(world))
    world.leads.append(demo_wish(world))
    make_rules(world)
    for lead in world.leads:
        say_why(world, lead)
        lead.search = lead.found_by()
    Lead.objects.bulk_create(world.leads, batch_size=500)
    make_history(world)


def first_lead(world, client):
    """The won lead by which a client came."""
    rng = world.rng
    lead = Lead(
        name=f"{rng.choice(words.WISHES)} for {client.name}", client=client, place=client.place,
        medium=client.medium, owner=client.owner, department=client.department,
        company=client.name if client.kind == "firm" else "", contact_name=client.person.name,
        email=client.person.email, phone=client.person.phone, value=price(world),
    )  # fmt: skip
    lead.country = client.city[1]
    came = client.signed_up - timedelta(days=rng.randint(5, 40))
    close(world, lead, came, client.signed_up, won=True)
    return lead


def demo_wish(world):
    """A quotation waits for the demo client, so that its login has one to answer."""
    client = world.clients[0]
    lead = Lead(
        name=f"Booking system for {client.name}", client=client, place=client.place,
        medium=client.medium, owner=client.owner, department=client.department,
        company=client.name, contact_name=client.person.name, email=client.person.email,
        value=5200, next_step="Follow up on the quotation", next_step_on=world.day(-2),
    )  # fmt: skip
    lead.created = world.moment(world.day(12))
    lead.stage = next(s for s in world.stages if s.name == "Quoted")
    lead.stage_since = world.moment(world.day(4))
    lead.country = client.city[1]
    return lead


def later_lead(world):
    """A lead of its own: a stranger's, or another wish of a client."""
    rng = world.rng
    city = rng.choices(list(world.places), [c[3] for c in world.places])[0]
    known = rng.random() < 0.25
    client = rng.choice(world.clients) if known else None
    owner = (
        client.owner
        if client
        else rng.choice(
            [u for u in world.sellers if u.department == world.departments[city[2]]]
        )
    )
    person = f"{rng.choice(words.FIRST_NAMES)} {rng.choice(words.LAST_NAMES)}"
    company = f"{rng.choice(words.FIRST_HALF)}{rng.choice(words.SECOND_HALF)} {rng.choice(words.TRADES)[0]}"
    number = len(world.leads)
    medium = rng.choices(words.MEDIA, [m[1] for m in words.MEDIA])[0]
    lead = Lead(
        name=f"{rng.choice(words.WISHES)} for {client.name if client else company}", client=client,
        place=client.place if client else world.places[city], medium=world.media[medium[0]],
        owner=owner, department=owner.department, value=price(world),
        company=client.name if client else company,
        contact_name=client.person.name if client else person,
        email=client.person.email if client else f"hello{number}@{company.split()[0].lower()}.example",
        phone=client.person.phone if client else f"+33199{number % 10**6:06d}",
    )  # fmt: skip
    lead.country = client.city[1] if client else city[1]
    settle(world, lead, medium)
    return lead


def price(world):
    return round(min(world.rng.lognormvariate(8.1, 0.7), 60_000), -2) or 500


def settle(world, lead, medium):
    """Open when recent, else won or lost as its medium and country make likely."""
    rng = world.rng
    if rng.random() < 0.24:
        return leave_open(world, lead, world.day(rng.triangular(0, 90, 8)))
    came, days = world.day(rng.triangular(75, 720, 160)), rng.randint(6, 70)
    chance = medium[2] * words.LOCAL.get((lead.country, medium[0]), 1) * 0.75
    won = rng.random() < chance and lead.client is not None
    return close(world, lead, came, came + timedelta(days=days), won=won)


def close(world, lead, came, day, *, won):
    lead.created = world.moment(came)
    kind = "won" if won else "lost"
    lead.stage = next(s for s in world.stages if s.kind == kind)
    lead.state = kind
    lead.closed = lead.stage_since = max(world.moment(day), lead.created)
    lead.lost_reason = "" if won else world.rng.choice(words.LOST)


def leave_open(world, lead, came):
    rng = world.rng
    open_stages = [s for s in world.stages if s.kind == "open"]
    lead.created = world.moment(came)
    lead.stage = rng.choices(open_stages, (5, 4, 3, 3, 2))[0]
    since = world.moment(world.day(rng.randint(0, (world.today - came).days)))
    lead.stage_since = max(since, lead.created)
    if rng.random() < 0.8 and lead.stage.position:
        lead.next_step = rng.choice(words.NEXT_STEPS)
        lead.next_step_on = world.day(-rng.randint(-4, 12))


def make_talks(world):
    """Interactions: who reached out by what, and whether it was answered."""
    rng, talks = world.rng, []
    media = {m[0]: m for m in words.MEDIA}
    for lead in world.leads:
        end = (lead.closed or world.moment(world.today)).date()
        for _ in range(rng.randint(1, 5)):
            span = max(0, (end - lead.created.date()).days)
            at = max(
                world.moment(
                    lead.created.date() + timedelta(days=rng.randint(0, span))
                ),
                lead.created,
            )
            outgoing = rng.random() < 0.7
            name = lead.medium.name if rng.random() < 0.6 else rng.choice(list(media))
            talks.append(talk(world, lead, at, outgoing, media[name]))
    Interaction.objects.bulk_create(talks, batch_size=1000)
    for one in talks:
        if (world.today - one.at.date()).days < 150:
            about = [one.lead, one.client]
            world.tell(
                f"interaction.{one.kind}",
                one.at,
                f"{one.headline}\n{one.text}",
                by=one.by,
                about=about,
                visible=one.client_visible,
            )


def talk(world, lead, at, outgoing, medium):
    name, _share, _win, answers, hours = medium
    one = Interaction(
        lead=lead, client=lead.client, kind=KINDS[name], direction="out" if outgoing else "in",
        medium=world.media[name], text=world.rng.choice(words.TALKS["out" if outgoing else "in"]),
        at=at, by=lead.owner, client_visible=world.rng.random() < 0.3,
    )  # fmt: skip
    if outgoing and world.rng.random() < answers:
        answered = at + timedelta(hours=world.rng.expovariate(1 / hours))
        one.answered = answered if answered < timezone.now() else None
    return one


def make_quotations(world):
    """Quotations of quoted leads; those of won ones were accepted."""
    rng, quotations = world.rng, []
    quoted = [
        lead for lead in world.leads
        if lead.stage.name in ("Quoted", "Negotiation") or (lead.state == "won" and rng.random() < 0.3)
    ]  # fmt: skip
    for number, lead in enumerate(quoted):
        sent = (
            lead.stage_since
            if lead.state == "open"
            else lead.closed - timedelta(days=3)
        )
        row = Quotation(
            lead=lead, number=f"Q-{sent:%Y}-{number + 1:05d}", by=lead.owner, created=sent, sent=sent,
            state="accepted" if lead.state == "won" else "sent",
            valid_until=(sent + timedelta(days=30)).date(),
        )  # fmt: skip
        if row.state == "accepted":
            row.answered, row.answered_by = lead.closed, lead.contact_name
        elif row.valid_until < world.today:
            row.valid_until = world.day(-rng.randint(3, 25))
        row.freeze()
        row.products = rng.sample(world.products, k=rng.randint(1, 4))
        row.total = sum(p.price for p in row.products) * 12 / 10
        quotations.append(row)
    world.quotations = quotations
    Quotation.objects.bulk_create(quotations, batch_size=500)
    QuotationLine.objects.bulk_create(
        QuotationLine(
            quotation=q, product=p, text=p.name, price=p.price, position=i, tax_rate=20
        )
        for q in quotations
        for i, p in enumerate(q.products)
    )
    for row in quotations[-400:]:
        about = [row.lead, row.lead.client]
        world.tell(
            "quotation.sent",
            row.sent,
            f"{row.by} sent {row}.",
            by=row.by,
            about=about,
            visible=True,
        )
