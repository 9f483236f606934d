"""A client with much to look at, for `bench.pages --roles client`.

Fifty projects with six milestones each, 5,000 entries on the timeline, 2,500 in the
logs, 500 messages, forty papers: in whatever database the other rows are.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Client, Contact, User
from leads.models import Lead, Meeting, Stage
from notifications.models import Event, EventTopic
from projects.models import LogEntry, Milestone, Post, Project
from sales.models import Invoice, Quotation

NAME = "client"
PROJECTS, STEPS, ENTRIES, LOGGED, POSTS, PAPERS = 50, 6, 5000, 2500, 500, 20


@transaction.atomic
def fill_portal():
    """Make the client and its login `bench.client`, unless they are there."""
    if User.objects.filter(username=f"bench.{NAME}").exists():
        return
    seller = User.objects.get(username="bench.bd")
    held = {"owner": seller, "department": seller.department}
    firm = Client.objects.create(name="Much Ltd", search="much ltd", **held)
    mail = f"{NAME}@bench.example"
    login = User.objects.create(username=f"bench.{NAME}", email=mail, role="client")
    Contact.objects.create(client=firm, name="Petra Much", email=mail, user=login)
    work = make_projects(firm)
    tell(firm, work, seller)
    make_papers(firm, seller, held)


def make_projects(firm):
    """Fifty projects, thirty of them over."""
    today = timezone.localdate()
    rows = Project.objects.bulk_create(
        Project(
            name=f"Project {n}",
            client=firm,
            search=f"project {n}",
            state="active" if n % 5 < 2 else "done",
        )
        for n in range(PROJECTS)
    )
    Milestone.objects.bulk_create(
        Milestone(
            project=row,
            name=f"Step {n}",
            position=n,
            state="done" if n < 3 else "planned",
            planned_on=today + timedelta(days=n * 9 - 30),
        )
        for row in rows
        for n in range(STEPS)
    )
    return rows


def tell(firm, work, by):
    """Entries on the timelines of client and project, log entries, messages."""
    now = timezone.now()
    events = Event.objects.bulk_create(
        Event(
            kind="message.posted" if n < POSTS else "project.logged",
            text=f"Entry {n} of the work",
            client_visible=True,
            actor=by,
            created=now - timedelta(minutes=n),
            reacted=True,
        )
        for n in range(ENTRIES)
    )
    topics = []
    for n, event in enumerate(events):
        topics += [
            EventTopic.of(event, firm),
            EventTopic.of(event, work[n % len(work)]),
        ]
    EventTopic.objects.bulk_create(topics, batch_size=2000)
    Post.objects.bulk_create(
        Post(
            client=firm, project=work[n % len(work)], by=by, text="Hello.", event=event
        )
        for n, event in enumerate(events[:POSTS])
    )
    LogEntry.objects.bulk_create(
        LogEntry(
            project=work[n % len(work)],
            text=f"Built part {n}.",
            client_visible=n % 2 == 0,
            by=by,
            at=now - timedelta(hours=n),
        )
        for n in range(LOGGED)
    )


def make_papers(firm, by, held):
    """Quotations to answer, invoices to pay, meetings to come."""
    today, now = timezone.localdate(), timezone.now()
    stage = Stage.first_of(Stage.Kind.OPEN)
    lead = Lead.objects.create(name="More", client=firm, stage=stage, search="", **held)
    for n in range(PAPERS):
        offer = Quotation(
            lead=lead, number=f"Q-much-{n}", state="sent", sent=now, total=900, by=by
        )
        bill = Invoice(
            client=firm,
            number=f"R-much-{n}",
            state="sent" if n % 2 else "paid",
            sent=now,
            issued_on=today,
            due_on=today + timedelta(days=n - 5),
            total=900,
            subject="Work",
        )
        for paper in (offer, bill):
            paper.freeze()
            paper.save()
        starts = (now + timedelta(days=n + 1)).replace(
            minute=0, second=0, microsecond=0
        )
        Meeting.objects.create(
            host=by,
            client=firm,
            title="Talk",
            starts=starts,
            ends=starts + timedelta(hours=1),
        )
