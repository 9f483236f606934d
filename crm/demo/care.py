"""What the demo's clients asked, how it was answered, and what a rule noticed."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Contact, User
from projects import service
from projects.models import Request, RequestPost, ServiceRule

# What each department is there for, in the words that clients choose from.
TOPICS = (
    ["Texts and pictures", "Care and updates"],
    ["Payment in the shop", "Invoices and returns"],
)
# Of the demo client: days ago, kind, subject, what was asked, state, what was said.
OWN = (
    (0.1, "problem", "The basket forgets vouchers",
     "Since this morning a voucher is gone when one goes on to the payment.", "open", ()),
    (3, "question", "Can two of us edit at once?",
     "Our marketing and I would like to work on the texts together.", "waiting",
     ("You can, as long as each has another page open. Shall I set up the second login?",)),
    (9, "invoice", "The address on our invoices",
     "The last invoice still shows our old street.", "solved",
     ("You are right; the new one is entered and the invoice sent anew.",)),
    (40, "return", "One licence too many",
     "We bought three licences for the font and need only two.", "closed",
     ("We give it back and credit you the third.",)),
)  # fmt: skip
# Of others: kind, subject, question, answer.
OTHERS = (
    ("problem", "Enquiries do not arrive", "Nobody wrote to us since Monday.",
     "The mail server had changed; they arrive again."),
    ("problem", "Pictures are upside down", "On a telephone two pictures lie on their side.",
     "They are turned now."),
    ("question", "When do we see the design?", "Our board meets next week.",
     "On Thursday, in your customer area."),
    ("question", "May we change the colours?", "The green looks grey on our screens.",
     "Gladly: which one do you have in mind?"),
    ("invoice", "Two invoices for one month", "Is one of them a mistake?",
     "One is for the month before; I sent you both again."),
    ("return", "The care plan ends", "We end the care plan with this quarter.",
     "It is written down; thank you for the time together."),
)  # fmt: skip
MANY = 30
RULES = (
    ("late", 21, "Your project takes longer than planned", True),
    ("payment", 2, "A payment did not go through", True),
    ("silence", 60, "How are things with you?", False),
)


def make_care(world):
    """Topics of the departments, requests in every state, and three rules."""
    for department, topics in zip(world.departments, TOPICS, strict=True):
        department.request_types = topics
        department.save(update_fields=["request_types"])
    client = world.clients[0]
    mine = [p for p in world.projects if p.client == client]
    shop = next((p for p in mine if p.name.startswith("Online shop")), None)
    for ago, kind, subject, text, state, said in OWN:
        made = _at(ago)
        about = shop if kind == "problem" else None
        row = _row(client, about, kind, subject, text, made)
        _go(world, row, state, said)
    for _n in range(min(MANY, len(world.projects))):
        project = world.rng.choice(world.projects)
        kind, subject, text, said = world.rng.choice(OTHERS)
        row = _row(
            project.client,
            project,
            kind,
            subject,
            text,
            _at(world.rng.uniform(0.2, 80)),
        )
        is_old = row.created < _at(6)
        state = "solved" if is_old else world.rng.choice(("open", "waiting"))
        _go(world, row, state, () if state == "open" else (said,))
    make_rules(world)


def make_rules(world):
    """Two rules in use, one that waits to be; what the first notices is open already."""
    for cause, days, subject, is_on in RULES:
        rule = ServiceRule.objects.create(
            cause=cause, days=days, subject=subject, is_on=is_on
        )
        for found in service.causes(rule, 3) if is_on else ():
            row = _row(found.client, found.project, "problem", subject, "", _at(0.3))
            row.origin, row.rule, row.cause = Request.Origin.RULE, rule, found.key
            row.why, row.client_visible, row.invoice = found.why, False, found.invoice
            row.contact = None
            _go(world, row, "open", ())


def _at(ago):
    return timezone.now() - timedelta(days=ago)


def _row(client, project, kind, subject, text, made):
    return Request(
        client=client, project=project, kind=kind, subject=subject, text=text,
        created=made, since=made, department=client.department, owner=client.owner,
        contact=Contact.objects.filter(client=client).order_by("pk").first(),
    )  # fmt: skip


def _go(world, row, state, said):
    """Write the request, its answers some hours apart, and what the timelines tell."""
    answers = [
        row.created + timedelta(hours=world.rng.uniform(0.3, 20) * n)
        for n in range(1, len(said) + 1)
    ]
    answers = [min(at, timezone.now()) for at in answers]
    row.state = state
    row.answered = answers[0] if answers else None
    if row.is_over:
        hours = world.rng.uniform(1, 60)
        row.solved = min(answers[-1] + timedelta(hours=hours), timezone.now())
    row.since = row.solved or (answers[-1] if answers else row.created)
    row.save(force_insert=True)
    asker = User.objects.filter(contact=row.contact).first() if row.contact else None
    who = row.contact or "A service rule"
    _tell(
        world,
        row,
        "opened",
        row.created,
        f"{who} asks “{row}”:\n{row.text or row.why}",
        asker,
    )
    for text, at in zip(said, answers, strict=True):
        RequestPost.objects.create(request=row, by=row.owner, text=text, at=at)
        head = f"{row.owner} wrote about “{row}”:"
        _tell(world, row, "answered", at, f"{head}\n{text}", row.owner)
    if row.solved:
        _tell(
            world,
            row,
            "solved",
            row.solved,
            f"{row.owner} says that “{row}” is solved.",
            row.owner,
        )


def _tell(world, row, verb, at, text, by):
    about, visible = [row, row.client, row.project], row.client_visible
    world.tell(f"request.{verb}", at, text, by=by, about=about, visible=visible)
