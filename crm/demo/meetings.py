"""A lived-in calendar: hours, holidays, meetings behind with notes and meetings ahead."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import slugify

from crm.lib.clock import instant, zone_of
from leads.free import quarters
from leads.models import (
    Absence,
    BookingPage,
    Meeting,
    MeetingGuest,
    MeetingKind,
    MeetingReminder,
    MeetingRules,
    MeetingSlot,
    WorkHours,
)

CLOCKS = [(9, 0), (10, 0), (11, 15), (13, 30), (14, 30), (15, 30)]
NOTES = [
    "They want to begin before the season and asked for three references.",
    "The budget is settled; the owner decides together with her brother next week.",
    "Went through the quotation line by line. The support plan is the open point.",
    "Showed the shop of a similar firm. They liked the way orders are picked up.",
    "They compare us with a cheaper offer; speed of answers matters more to them.",
    "Walked through the workshop. Product photographs have to be made first.",
    "Agreed on the milestones. They send the texts by the end of the month.",
]
# The same, as it is written where the client reads it too.
SHOWN = [
    "You want to begin before the season. We send you three references by Friday.",
    "The budget is settled, and you decide next week. We keep the dates free until then.",
    "We went through the quotation line by line. The support plan is open: we send you two.",
    "We looked at the shop of a similar firm. You liked the way orders are picked up.",
    "Quick answers matter most to you: we name one of us who is always there for you.",
    "We walked through your workshop. The product photographs are made first.",
    "We agreed on the milestones. You send the texts by the end of the month.",
]
AGENDAS = [
    "What you have, what you need, and by when.",
    "Questions about our quotation.",
    "",
]
BEHIND, AHEAD = 45, 21  # days


def make_meetings(world):
    """Hours for all but the newest seller, who shows what happens without."""
    sellers = world.sellers
    WorkHours.objects.bulk_create(
        WorkHours(person=person, weekday=day, starts=start, ends=end)
        for person in sellers[:-1] + [world.staff["manager"]]
        for day in range(5)
        for start, end in ([(540, 750), (810, 1020)] if day < 4 else [(540, 840)])
    )
    MeetingRules.objects.bulk_create(
        MeetingRules(person=person, before=15) for person in sellers[:3]
    )
    make_pages(world)
    make_absences(world)
    kinds = list(MeetingKind.objects.current())
    rows = [row for person in sellers[:-1] for row in meetings_of(world, person, kinds)]
    rows += meetings_of_client(world, kinds, rows)
    Meeting.objects.bulk_create(rows, batch_size=500)
    make_parts(rows)
    for row in rows:
        remember(world, row)


def make_pages(world):
    """The first sellers are booked by strangers too."""
    BookingPage.objects.bulk_create(
        BookingPage(
            person=person,
            slug=slugify(person.get_full_name()),
            is_on=True,
            intro="Half an hour, no obligation: tell us what you have in mind.",
            medium=world.media["Website"],
        )
        for person in world.sellers[:3]
    )


def meetings_of_client(world, kinds, others):
    """Those of the client with the demo login: three behind with notes, one ahead."""
    client = world.clients[0]
    host, zone = client.owner, zone_of(client.owner.zone)
    taken = {row.starts for row in others if row.host == host}
    for ago, note in zip((61, 33, 12, -5), [*SHOWN[1:4], ""], strict=True):
        day = world.day(ago)
        while day.weekday() > 4 or is_away(host, day):
            day += timedelta(days=1 if ago < 0 else -1)
        free = (instant(day, time(*clock), zone) for clock in CLOCKS[:3])
        starts = next((at for at in free if at not in taken), None)
        if starts is None:
            continue
        row = Meeting(
            host=host, by=host, kind=kinds[0], title=kinds[0].name, client=client,
            starts=starts, ends=starts + timedelta(minutes=30), where=kinds[0].where,
            agenda=AGENDAS[0], created=starts - timedelta(days=6), notes=note,
            state="held" if note else "booked", notes_visible=bool(note),
        )  # fmt: skip
        row.created = min(row.created, timezone.now() - timedelta(minutes=5))
        yield row


def make_absences(world):
    rng = world.rng
    rows = []
    for number, person in enumerate(world.sellers):
        first = world.day(-12 - 9 * number)
        rows.append(Absence(person=person, first=first, last=first + timedelta(days=4)))
    ill = world.day(-1)
    rows.append(
        Absence(person=rng.choice(world.sellers[1:]), kind="sick", first=ill, last=ill)
    )
    Absence.objects.bulk_create(rows)


def meetings_of(world, person, kinds):
    """Up to three meetings a working day, at different times."""
    rng, zone = world.rng, zone_of(person.zone)
    own = [row for row in world.leads if row.owner == person]
    for ago in range(BEHIND, -AHEAD - 1, -1):
        day = world.day(ago)
        if day.weekday() > 4 or is_away(person, day):
            continue
        for hour, minute in sorted(
            rng.sample(CLOCKS[: 3 if day.weekday() == 4 else 6], 3)
        ):
            starts = instant(day, time(hour, minute), zone)
            if rng.random() < 0.3 and (leads := known_by(own, starts)):
                yield meeting(world, rng.choice(leads), rng.choice(kinds[:3]), starts)


def known_by(leads, starts):
    """Those that had come in a day before, open ones where there are any."""
    known = min(starts, timezone.now()) - timedelta(days=1)
    leads = [row for row in leads if row.created < known]
    return [row for row in leads if row.state == "open"] or leads


def is_away(person, day: date):
    if not hasattr(person, "days_away"):
        person.days_away = list(person.absences.values_list("first", "last"))
    return any(first <= day <= last for first, last in person.days_away)


def meeting(world, lead, kind, starts: datetime):
    """One meeting; the shortest of its kind's length and half an hour, so none overlap."""
    rng = world.rng
    row = Meeting(
        host=lead.owner, by=lead.owner, kind=kind, title=kind.name,
        lead=lead, client=lead.client, starts=starts, ends=starts + timedelta(minutes=30),
        where=kind.where, agenda=rng.choice(AGENDAS),
        created=max(starts - timedelta(days=rng.randint(2, 9)), lead.created),
    )  # fmt: skip
    row.created = min(row.created, timezone.now() - timedelta(minutes=5))
    over = row.ends < timezone.now() - timedelta(hours=20)
    if over and rng.random() < 0.94:
        row.state = rng.choices(["held", "missed", "cancelled"], (17, 2, 1))[0]
    if row.state == "held":
        said, shown = rng.choice(list(zip(NOTES, SHOWN, strict=True)))
        row.notes_visible = bool(row.client) and rng.random() < 0.4
        row.notes = shown if row.notes_visible else said
    return row


def make_parts(rows):
    """Guests, the quarters that are taken, and reminders still to come."""
    MeetingGuest.objects.bulk_create(guest_of(row) for row in rows)
    MeetingSlot.objects.bulk_create(
        MeetingSlot(meeting=row, host=row.host, start=quarter)
        for row in rows
        if row.state != "cancelled"
        for quarter in quarters(row.starts, row.ends)
    )
    now = timezone.now()
    MeetingReminder.objects.bulk_create(
        MeetingReminder(meeting=row, kind=kind, due=row.starts - before)
        for row in rows
        for kind, before in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)))
        if row.state == "booked" and row.starts - before > now
    )


def guest_of(row):
    """Whom the meeting is with: the client's person, else the one behind the lead."""
    guest = (
        MeetingGuest.of_contact(row.client.person)
        if row.client
        else MeetingGuest.of_lead(row.lead)
    )
    guest.meeting = row
    return guest


def remember(world, row):
    """What the timelines say of it."""
    about = [row.lead, row.client, row]
    text = f"{row.by} booked “{row}” with {guest_of(row)}: {row.when(ZoneInfo('UTC'))}."
    visible = row.client is not None
    world.tell(
        "meeting.booked", row.created, text, by=row.by, about=about, visible=visible
    )
    if row.state == "held":
        text = f"“{row}” was held.\n{row.notes}"
        shown = row.notes_visible
        world.tell(
            "meeting.held", row.ends, text, by=row.by, about=about, visible=shown
        )
