"""What a start will do, said before it is done."""

from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Client
from leads.models import Lead, Stage
from projects.actions import ProjectInTrash, client_for, contact_at
from projects.models import Project, ProjectTemplate


@dataclass(frozen=True)
class Plan:
    """The client, who is invited, and why it cannot be done, if so."""

    lead: Lead
    by: Any
    client: Client | None = None
    invited: str = ""
    refusal: str = ""

    def sentence(self, template: ProjectTemplate | None) -> str:
        """What the button does, with this template."""
        parts = [self._client_part(), self._project_part(template)]
        if self.invited:
            text = _("invites {who} to the customer area")
            parts.append(text.format(who=self.invited))
        if self.lead.is_open:
            parts.append(_("closes the lead as won"))
        *first, last = parts
        text = _("{first} and {last}.").format(first=", ".join(first), last=last)
        return text[:1].upper() + text[1:]

    def _client_part(self) -> str:
        if self.client:
            return _("uses the client {client}").format(client=self.client)
        name = self.lead.company or self.lead.who or self.lead.name
        return _("creates the client {client}").format(client=name)

    def _project_part(self, template: ProjectTemplate | None) -> str:
        if template is None:
            return _("makes a project without milestones")
        text = _("makes a project from the template {template} with {contents}")
        return text.format(template=template, contents=contents(template))


def contents(template: ProjectTemplate) -> str:
    """ "five milestones and seven tasks", of a template `with_counts`."""
    n = template.steps
    text = ngettext("{n} milestone", "{n} milestones", n).format(n=apnumber(n))
    if not template.jobs:
        return text
    n = template.jobs
    tasks = ngettext("{n} task", "{n} tasks", n).format(n=apnumber(n))
    return _("{milestones} and {tasks}").format(milestones=text, tasks=tasks)


def plan(lead: Lead, *, by: Any) -> Plan:
    """Look ahead at a start; a client hidden from `by` is not named."""
    if lead.state == Stage.Kind.LOST:
        return Plan(lead, by, refusal=_("The lead was lost: reopen it first."))
    started = lead.project_started is not None
    if started and _in_trash(lead, by):
        return Plan(lead, by, refusal=str(ProjectInTrash(lead)))
    client = client_for(lead)
    hidden = client and not Client.objects.visible_to(by).filter(pk=client.pk).exists()
    if hidden or started:
        text = _("This client is already in a colleague's care: ask the manager.")
        return Plan(lead, by, refusal=text)
    if client and client.is_blocked:
        text = _("{client} is blocked: unblock it first.").format(client=client)
        return Plan(lead, by, client, refusal=text)
    return Plan(lead, by, client, invited=_invited(lead, client))


def _in_trash(lead: Lead, by: Any) -> bool:
    return Project.objects.visible_to(by, trashed=True).filter(lead=lead).exists()


def _invited(lead: Lead, client: Client | None) -> str:
    """Whom the start would invite; "" when there is no address or a login already."""
    contact = contact_at(lead, client) if client else None
    if contact:
        return "" if contact.user_id or not contact.email else contact.name
    return (lead.contact_name or lead.email) if lead.email else ""
