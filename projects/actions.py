"""Changes to several rows at once: a lead becomes a project, and back."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from typing import Any

from django.db import IntegrityError, transaction
from django.forms import BaseInlineFormSet, BaseModelFormSet, ModelForm
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import AddressInUse, invite_contact
from accounts.models import Client, Contact, Invitation, User
from crm.lib.errors import NotAllowedNow
from crm.lib.history import keep_new
from leads.models import Lead, Stage, Task
from notifications.actions import record
from notifications.models import EventTopic, Message
from projects.models import Milestone, Project, ProjectMember, ProjectTemplate, Start
from projects.tasking import make_tasks
from projects.undoable import starts_of, why_not_undoable


class ProjectStarted(NotAllowedNow):
    """Somebody was faster: there is one project per lead, and this is it."""

    def __init__(self, project):
        text = _("{lead} has its project already; this is it.")
        super().__init__(text.format(lead=project.lead), project)


class ProjectInTrash(NotAllowedNow):
    def __init__(self, lead):
        text = _("The project of {lead} is in the trash: restore it from there.")
        super().__init__(text.format(lead=lead), lead)


class LeadNotWinnable(NotAllowedNow):
    def __init__(self, lead):
        super().__init__(
            _("{lead} was lost: reopen it before you start a project.").format(
                lead=lead
            ),
            lead,
        )


class InAColleaguesCare(NotAllowedNow):
    """The client is known, but not to this user: say no more than that."""

    def __init__(self, lead):
        super().__init__(
            _("This client is already in a colleague's care: ask the manager."), lead
        )


class NobodyToInvite(NotAllowedNow):
    def __init__(self, lead):
        text = _("{lead} has no e-mail address to invite; start without inviting.")
        super().__init__(text.format(lead=lead), lead)


class StartNotUndoable(NotAllowedNow):
    def __init__(self, project, reason):
        text = _("The start can no longer be undone: {reason}")
        super().__init__(text.format(reason=reason), project)


@dataclass
class Side:
    """The client's side of a start: who it is, and what of it was made now."""

    client: Client
    made_client: bool = False
    contact: Contact | None = None
    made_contact: Contact | None = None


@transaction.atomic
def start_project(
    lead: Lead,
    *,
    template: ProjectTemplate | None,
    lead_dev: User | None,
    name: str,
    invite: bool,
    by: User,
) -> Project:
    """Turn a lead into a project: client, milestones, tasks, team, invitation, won."""
    lead = lead.locked()
    _check_startable(lead, by)
    before = Start(
        previous_stage=lead.stage,
        previous_since=lead.stage_since,
        previous_owner=lead.owner,
        previous_department=lead.department,
        previous_why=lead.why,
        linked_client=lead.client_id is None,
        by=by,
    )
    side = _side(lead, by)
    if invite:
        _check_invitable(lead, side.contact)
    _link(lead, side.client, by)
    project = _make_project(lead, side.client, template, name, by)
    if lead_dev:
        project.add_member(lead_dev, right=ProjectMember.Right.LEAD, by=by)
    if lead.is_open:
        lead.win(by=by)
    lead.note_project(project.created)
    before.project, before.made_client = project, side.made_client
    before.made_contact = side.made_contact
    if invite and not side.contact.can_sign_in:
        before.invitation = invite_contact(side.contact, by=by)
    before.save()
    text = _("{by} started the project {project}.").format(by=by, project=project)
    project.record("project.started", by=by, text=text, client_visible=True)
    if lead_dev is None:
        text = _("{project} has no project lead yet.").format(project=project)
        tell = _in_charge(side.client)
        record("project.unled", project, by=by, text=text, tell=tell)
    return project


def _in_charge(client: Client) -> list[User]:
    """Who names a project lead: the department's managers, or the admins without any."""
    managers = User.objects.filter(role=User.Role.MANAGER, is_active=True)
    own = client.department_id and managers.filter(department=client.department_id)
    return list(own or User.objects.admins())


def client_for(lead: Lead) -> Client | None:
    """The client a project of this lead will be for; None when it has to be made."""
    if lead.client_id:
        return lead.client
    if not lead.email:
        return None
    known = Client.objects.alive().reached(lead.email)
    return known.order_by("-created", "-pk").first()


def contact_at(lead: Lead, client: Client) -> Contact | None:
    """The person of this lead among the client's; None when he or she is new there."""
    people = client.contacts.remembered()
    if lead.email:
        return people.filter(email__iexact=lead.email).first()
    if lead.contact_name:
        return people.filter(name__iexact=lead.contact_name).first()
    return people.first()


def _check_startable(lead: Lead, by: User) -> None:
    existing = Project.objects.filter(lead=lead).first()
    put_away = Project.objects.visible_to(by, trashed=True)
    if existing and put_away.filter(pk=existing.pk).exists():
        raise ProjectInTrash(lead)
    if existing and not Project.objects.visible_to(by).filter(lead=lead).exists():
        raise InAColleaguesCare(lead)
    if existing:
        raise ProjectStarted(existing)
    if lead.trashed or lead.state == Stage.Kind.LOST:
        raise LeadNotWinnable(lead)


def _check_invitable(lead: Lead, contact: Contact | None) -> None:
    if contact is None or not contact.email:
        raise NobodyToInvite(lead)
    if not contact.can_sign_in and User.objects.signed_up(contact.email):
        raise AddressInUse(contact.email, lead)


def _side(lead: Lead, by: User) -> Side:
    """Find the client and the contact of this lead, or make them."""
    client = client_for(lead)
    if client is None:
        client = _make_client(lead)
        contact = _make_contact(lead, client)
        return Side(client, True, contact, contact)
    if not Client.objects.visible_to(by).filter(pk=client.pk).exists():
        raise InAColleaguesCare(lead)
    if client.is_blocked:
        text = _("{client} is blocked: unblock it before you start a project.")
        raise NotAllowedNow(text.format(client=client), client)
    contact = contact_at(lead, client)
    if contact or not (lead.contact_name or lead.email):
        return Side(client, contact=contact)
    contact = _make_contact(lead, client)
    return Side(client, contact=contact, made_contact=contact)


def _make_client(lead: Lead) -> Client:
    firm = bool(lead.company)
    client = Client(
        kind=Client.Kind.FIRM if firm else Client.Kind.PERSON,
        name=lead.company or lead.who or lead.name,
        email=lead.email,
        phone=lead.phone,
        place=lead.place,
        medium=lead.medium,
        owner=lead.owner,
        department=lead.department,
        signed_up=timezone.localdate(),
    )
    client.search = client.found_by()
    client.save()
    return client


def _make_contact(lead: Lead, client: Client) -> Contact:
    return Contact.objects.create(
        client=client,
        name=lead.contact_name or lead.who or client.name,
        email=lead.email,
        phone=lead.phone,
        is_primary=not client.contacts.filter(is_primary=True).exists(),
    )


def _link(lead: Lead, client: Client, by: User) -> None:
    """Bind the lead to its client; it follows the client's account manager."""
    if lead.client_id != client.pk:
        lead.client = client
        lead.save(update_fields=["client"])
    if client.owner and lead.owner_id != client.owner_id:
        lead.assign(client.owner, by=by)


def _make_project(
    lead: Lead, client: Client, template: ProjectTemplate | None, name: str, by: User
) -> Project:
    """The row and its milestones; the unique lead refuses a second one."""
    today = timezone.localdate()
    steps = list(template.milestones.all()) if template else []
    days = [today + timedelta(days=n) for n in accumulate(s.days for s in steps)]
    try:
        with transaction.atomic():
            project = Project.objects.create(
                name=name or lead.name,
                client=client,
                lead=lead,
                template=template,
                starts=today,
                due=days[-1] if days and days[-1] > today else None,
            )
    except IntegrityError:
        raise ProjectStarted(Project.objects.get(lead=lead)) from None
    made = Milestone.objects.bulk_create(
        Milestone(
            project=project,
            name=step.name,
            text=step.text,
            planned_on=day,
            asks_approval=step.asks_approval,
            position=position,
        )
        for position, (step, day) in enumerate(zip(steps, days, strict=True))
    )
    keep_new(Milestone, [row.pk for row in made], by=by, reason=None)
    make_tasks(project, made, [today, *days][: len(made)], by=by)
    return project


@transaction.atomic
def undo_start(project: Project, *, by: User) -> Lead | None:
    """Take a start back while nothing was done; the lead is where it was before."""
    project = project.locked()
    start = starts_of(project).first()
    reason = why_not_undoable(project, start)
    if reason:
        raise StartNotUndoable(project, reason)
    lead, client = project.lead.locked(), project.client
    if start.invitation:
        _take_back(start.invitation, by)
    text = _("{by} took the start of the project {project} back.").format(
        by=by, project=project
    )
    tell = [lead.owner, start.previous_owner, *_in_charge(client)]
    # The client read of the start.
    project.record("project.undone", by=by, text=text, client_visible=True, tell=tell)
    Task.objects.filter(of_project__project=project).delete()
    project.delete()
    _back_to(lead, start)
    _unmake(lead, client, start)
    return lead


def _take_back(invitation: Invitation, by: User) -> None:
    """Make the link useless, and do not send it if it has not left yet."""
    invitation.revoke(by=by)
    events = EventTopic.objects.about(invitation).values("event")
    waiting = Message.objects.filter(event__in=events, state=Message.State.QUEUED)
    waiting.update(state=Message.State.CANCELLED)


def _back_to(lead: Lead, start: Start) -> None:
    """The stage and owner from before, and since when; a lead won by hand stays won."""
    was: dict[str, Any] = {}
    if start.previous_stage.kind == Stage.Kind.OPEN and not lead.is_open:
        was = {
            "stage": start.previous_stage,
            "state": Stage.Kind.OPEN,
            "stage_since": start.previous_since or start.at,
            "closed": None,
        }
    owner = start.previous_owner
    if owner != lead.owner:
        was["owner"], was["why"] = owner, start.previous_why
        was["department"] = start.previous_department or (owner and owner.department)
    lead.note_project(None, **was)


def _unmake(lead: Lead, client: Client, start: Start) -> None:
    """Remove the client and contact made by the start, if nothing else hangs on them."""
    if start.linked_client:
        lead.client = None
        lead.save(update_fields=["client"])
    contact = start.made_contact
    if contact and not contact.user_id:
        contact.invitations.cut_off()
        contact.delete()
    others = client.contacts.exists() or client.leads.exists()
    if start.made_client and not (others or client.projects.exists()):
        client.delete()


def unmark_leads() -> int:
    """Leads whose project was purged may start another one; says how many."""
    marked = Lead.objects.filter(project_started__isnull=False, project__isnull=True)
    return marked.update(project_started=None)


@transaction.atomic
def save_template(
    form: ModelForm, steps: BaseInlineFormSet, tasks: BaseModelFormSet | None = None
) -> ProjectTemplate:
    """Save a template with its milestones, in the order in which they stand.

    Its tasks come first: those of a milestone that is taken out now go with it.
    """
    template = form.save()
    if tasks is not None:
        tasks.save()
    steps.instance = template
    steps.save()
    kept = [f.instance for f in steps.forms if f.instance.pk]
    gone = {row.pk for row in steps.deleted_objects}
    for position, step in enumerate(row for row in kept if row.pk not in gone):
        step.position = position
        step.save(update_fields=["position"])
    return template
