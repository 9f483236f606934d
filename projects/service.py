"""What service rules notice before the client does, and the requests they open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateTimeField, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Client
from leads.models import Interaction, Meeting
from notifications.models import Message
from projects.asking import notice
from projects.models import Milestone, Post, Project, Request, RequestPost, ServiceRule
from sales.models import Invoice, Payment

AT_ONCE = 200  # requests that one rule opens in one run
FRESH = timedelta(days=30)  # an older failure of a payment is no news


@dataclass(frozen=True)
class Cause:
    """One thing a rule noticed; its key is the same however often one looks."""

    key: str
    why: str
    client: Client
    project: Project | None = None
    invoice: Invoice | None = None


def open_due() -> int:
    """Open a request for every cause of every rule in use, each once; says how many."""
    rules = ServiceRule.objects.in_use().with_names()
    return sum(_open(rule, cause) for rule in rules for cause in causes(rule, AT_ONCE))


def _open(rule: ServiceRule, cause: Cause) -> bool:
    client = cause.client
    request = Request(
        client=client,
        project=cause.project,
        invoice=cause.invoice,
        kind=KINDS[ServiceRule.Cause(rule.cause)],
        subject=rule.subject,
        department=rule.team or client.department,
        rule=rule,
        cause=cause.key,
        why=cause.why,
    )
    if rule.team is None and client.owner and client.owner.is_active:
        request.owner = client.owner
    return notice(request) is not None


def causes(rule: ServiceRule, most: int) -> list[Cause]:
    """What the rule would open a request for now, the longest standing first."""
    return list(FINDERS[ServiceRule.Cause(rule.cause)](rule, most))


def people_of(rule: ServiceRule) -> bool:
    """Whether anybody active works in the department it goes to."""
    return rule.team is None or rule.team.people.filter(is_active=True).exists()


def _clients(rule: ServiceRule) -> QuerySet[Client]:
    """Whose affairs it watches: not blocked, not in the trash."""
    rows = Client.objects.alive().unblocked()
    return rows.filter(department=rule.scope_id) if rule.scope_id else rows


def _late(rule: ServiceRule, most: int) -> Iterator[Cause]:
    """Open milestones of running projects whose day has passed for so long."""
    today = timezone.localdate()
    rows = Milestone.objects.late().filter(
        planned_on__lte=today - timedelta(days=rule.days),
        project__in=Project.objects.alive().active(),
        project__client__in=_clients(rule),
    )
    rows = rows.select_related("project__client__owner", "project__client__department")
    found = (_late_cause(row, today) for row in rows.order_by("planned_on", "pk"))
    return _new(rule, found, most)


def _late_cause(row: Milestone, today: date) -> Cause:
    days = (today - row.planned_on).days
    text = ngettext(
        "The milestone {milestone} of {project} is {n} day late.",
        "The milestone {milestone} of {project} is {n} days late.",
        days,
    )
    return Cause(
        f"milestone:{row.pk}:{row.planned_on}",
        text.format(milestone=row.name[:80], project=row.project.name[:80], n=days),
        row.project.client,
        row.project,
    )


def _failed(rule: ServiceRule, most: int) -> Iterator[Cause]:
    """Payments that failed lately, of invoices that are open still."""
    now = timezone.now()
    rows = Payment.objects.filter(
        kind=Payment.Kind.FAILED,
        created__range=(now - FRESH - timedelta(rule.days), now - timedelta(rule.days)),
        invoice__in=Invoice.objects.open(),
        invoice__client__in=_clients(rule),
    )
    rows = rows.select_related("invoice__client__owner", "invoice__client__department")
    found = (_failed_cause(row) for row in rows.order_by("created", "pk"))
    return _new(rule, found, most)


def _failed_cause(row: Payment) -> Cause:
    text = _("A payment for {invoice} failed on {day}.")
    day = date_format(row.day, "j M Y")
    why = text.format(invoice=row.invoice, day=day)
    return Cause(
        f"payment:{row.pk}", why[:250], row.invoice.client, invoice=row.invoice
    )


def _silent(rule: ServiceRule, most: int) -> Iterator[Cause]:
    """Clients with a running project or an open invoice, and no word for so long."""
    waiting = Q(pk__in=Project.objects.alive().active().values("client"))
    waiting |= Q(pk__in=Invoice.objects.open().values("client"))
    before = timezone.now() - timedelta(days=rule.days)
    rows = _with_last_word(_clients(rule).filter(waiting)).filter(said__lt=before)
    rows = rows.select_related("owner", "department")
    found = (_silent_cause(row) for row in rows.order_by("said", "pk"))
    return _new(rule, found, most)


def _silent_cause(row: Any) -> Cause:
    day = timezone.localtime(row.said).date()
    text = _("Nobody has spoken with {client} since {day}.")
    why = text.format(client=row.name[:120], day=date_format(day, "j M Y"))
    return Cause(f"silence:{row.pk}:{row.said:%Y%m%d}", why, row)


def _with_last_word(rows: QuerySet[Client]) -> QuerySet[Client]:
    """Annotate `said`: the last call, mail, meeting, message or answer, of either side."""
    now = timezone.now()
    words = (
        (Interaction.objects.all(), "at"),
        (Post.objects.all(), "at"),
        (Message.objects.filter(direction=Message.Direction.IN), "created"),
        (Meeting.objects.taking_time().filter(starts__lte=now), "starts"),
        (RequestPost.objects.filter(internal=False), "at"),
    )
    last = [
        Coalesce(_last(said, time), F("created"), output_field=DateTimeField())
        for said, time in words
    ]
    return rows.annotate(said=Greatest(F("created"), *last))


def _last(rows: QuerySet[Any], time: str) -> Subquery:
    client = "request__client" if rows.model is RequestPost else "client"
    of_client = rows.filter(**{client: OuterRef("pk")}).order_by().values(client)
    return Subquery(of_client.annotate(last=Max(time)).values("last"))


def _new(rule: ServiceRule, found: Iterator[Cause], most: int) -> Iterator[Cause]:
    """Those that the rule has not opened a request for, at most so many."""
    known = set(Request.objects.filter(rule=rule).values_list("cause", flat=True))
    for cause in found:
        if most <= 0:
            return
        if cause.key not in known:
            most -= 1
            yield cause


FINDERS = {
    ServiceRule.Cause.LATE: _late,
    ServiceRule.Cause.PAYMENT: _failed,
    ServiceRule.Cause.SILENCE: _silent,
}
# What a request is about that comes of such a cause.
KINDS = {
    ServiceRule.Cause.LATE: Request.Kind.PROBLEM,
    ServiceRule.Cause.PAYMENT: Request.Kind.INVOICE,
    ServiceRule.Cause.SILENCE: Request.Kind.QUESTION,
}
