"""Changes that touch leads and more: their place, their client, what was said."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Client, Medium, User
from accounts.places import Spot, place_for
from leads.assigning import Assigner
from leads.models import Interaction, Lead, Task
from leads.tasking import hand_over
from notifications.actions import record

BLANK = Spot()
# The medium of a word whose medium was not given, as a new firm calls it.
USUAL = {
    Interaction.Kind.CALL: "Telephone",
    Interaction.Kind.EMAIL: "E-mail",
    Interaction.Kind.SMS: "SMS",
    Interaction.Kind.CHAT: "Live chat",
    Interaction.Kind.LETTER: "Direct mail",
    Interaction.Kind.MEETING: "In person",
}


@transaction.atomic
def create(lead: Lead, *, by: User | None, spot: Spot = BLANK, said: str = "") -> Lead:
    """Save a new lead; its owner is the client's, else the one given, else a seller who makes it.

    What nobody made (`by` None) keeps its department and is told in the words `said`.
    """
    lead.place = place_for(*spot) or lead.place
    if lead.client:
        _follow(lead, lead.client)
        lead.company = lead.company or lead.client.name
    elif lead.owner is None and by and by.role == User.Role.BD:
        lead.owner = by
    if lead.owner:
        lead.department = lead.owner.department
    elif not lead.client and by:
        lead.department = by.department
    if lead.owner is None and lead.client is None:
        _find_owner(lead)
    lead.state = lead.stage.kind
    lead.search = lead.found_by()
    lead.save()
    text = said or _("{by} created {lead}.").format(by=by, lead=lead)
    text = "\n".join(filter(None, [text, str(lead.why)]))
    tell = [lead.owner] if by else []
    record("lead.created", lead, by=by, text=text, about=[lead.client], tell=tell)
    return lead


def _find_owner(lead: Lead) -> None:
    """Let the rules give the unsaved lead to somebody."""
    assigner = Assigner()
    if assigner.place(lead):
        assigner.keep_turns()


@transaction.atomic
def edit(lead: Lead, *, changed: list[str], by: User, spot: Spot | None = None) -> Lead:
    """Save the columns that were changed on `lead`, and `spot` where it moved."""
    before, fields = lead.locked(), list(changed)
    if spot is not None:
        lead.place = place_for(*spot)
        fields.append("place")
    if "client" in fields and lead.client:
        _follow(lead, lead.client)
        fields += ["owner", "department", "why", "rule", "given"]
    fields = [name for name in fields if getattr(before, name) != getattr(lead, name)]
    if not fields:
        return lead
    lead.search = lead.found_by()
    lead.save(update_fields=[*fields, "search"])
    text = _("{by} changed {lead}.").format(by=by, lead=lead)
    told = [line for name in fields if (line := _difference(before, lead, name))]
    record(
        "lead.edited",
        lead,
        by=by,
        text="\n".join([text, *told]),
        about=[lead.client],
        tell=[lead.owner],
    )
    return lead


@transaction.atomic
def assign(lead: Lead, owner: User, *, by: User) -> None:
    """Give the lead to `owner`; with a client, the client and all its leads go along."""
    if lead.client and lead.client.owner_id != owner.pk:
        lead.client.assign(owner, by=by)
    lead.assign(owner, by=by)
    hand_over(Task.objects.about(lead), owner)
    if lead.client:
        follow_client(lead.client)


def follow_client(client: Client) -> int:
    """Put every lead and task of the client into the care of its owner; says how many leads moved."""
    away = Lead.objects.filter(client=client).exclude(
        owner=client.owner_id, department=client.department_id
    )
    rows = list(away)
    for lead in rows:
        _follow(lead, client)
        lead.save(update_fields=["owner", "department", "why", "rule", "given"])
    hand_over(Task.objects.about(client), client.owner)
    return len(rows)


@transaction.atomic
def log(
    interaction: Interaction, *, by: User, step: tuple | None = None
) -> Interaction:
    """Keep what was said, and the next step (text, day) where there is a new one."""
    lead = interaction.lead
    keep(interaction, by=by)
    subject = lead or interaction.client
    record(
        f"interaction.{interaction.kind}",
        subject,
        by=by,
        text=_in_words(interaction),
        about=[interaction.client],
        tell=[subject.owner],
        client_visible=interaction.client_visible,
    )
    if lead and step and step != (lead.next_step, lead.next_step_on):
        lead.plan(*step, by=by)
    return interaction


def keep(interaction: Interaction, *, by: User | None) -> None:
    """Save what was said, with its client and usual medium.

    A word from them answers our newest unanswered one: response is measured so.
    """
    interaction.by = by
    if interaction.lead:
        interaction.client = interaction.client or interaction.lead.client
    if interaction.medium is None and interaction.kind in USUAL:
        usual = Medium.objects.filter(name=USUAL[interaction.kind])
        interaction.medium = usual.first()
    interaction.save()
    if interaction.direction == Interaction.Direction.IN:
        _answer(interaction)


def _in_words(interaction: Interaction) -> str:
    """Its line, with the day unless that is today, and what was said."""
    line, at = interaction.headline, timezone.localtime(interaction.at)
    if at.date() != timezone.localdate():
        line = f"{line}, {date_format(at, 'j M Y')}"
    return f"{line}\n{interaction.text}"


def _answer(interaction: Interaction) -> None:
    asked = Interaction.objects.filter(
        lead=interaction.lead,
        client=interaction.client,
        direction=Interaction.Direction.OUT,
        answered__isnull=True,
        at__lte=interaction.at,
    ).exclude(kind=Interaction.Kind.NOTE)
    newest = asked.order_by("-at", "-pk").first()
    if newest:
        newest.answered = interaction.at
        newest.save(update_fields=["answered"])


def _follow(lead: Lead, client: Client) -> None:
    lead.owner_id, lead.department_id = client.owner_id, client.department_id
    lead.why = _("It goes with its client, {client}.").format(client=client)[:300]
    lead.rule = lead.given = None


def _difference(before: Lead, after: Lead, name: str) -> str:
    """ "value: 1200 → 1500"; nothing for what follows from another column."""
    if name in ("department", "why", "rule", "given"):
        return ""
    field = Lead._meta.get_field(name)
    old, new = (getattr(row, name) for row in (before, after))
    none = _("nothing")
    return f"{field.verbose_name}: {old or none} → {new or none}"
