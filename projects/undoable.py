"""Whether the start of a project can still be taken back."""

from functools import reduce
from operator import or_

from django.db.models import Exists, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Client, User
from leads.models import Lead
from projects.billing import bills_of
from projects.models import Milestone, Project, Start


def starts_of(project: Project) -> QuerySet:
    """The start of a project with what was done since, looked at in one query."""
    begun = project.milestones.exclude(state=Milestone.State.PLANNED)
    return (
        Start.objects.select_related("invitation")
        .filter(project=project)
        .annotate(
            has_begun=Exists(begun),
            has_log=Exists(project.log.all()),
            has_hours=Exists(project.hours.all()),
            has_tasks=Exists(project.task_links.touched()),
            has_documents=Exists(project.documents.all()),
            has_posts=Exists(project.posts.all()),
            has_requests=Exists(project.requests.all()),
            has_bills=Exists(bills_of(project)),
        )
    )


def can_undo(project: Project, *, by: User) -> bool:
    """Whether this user may take the start back, and nothing was done since."""
    if project.state != Project.State.PLANNED or not by.is_seller:
        return False
    mine = starts_of(project).filter(project__lead__in=Lead.objects.editable_by(by))
    return not why_not_undoable(project, mine.first())


def why_not_undoable(project: Project, start: Start | None) -> str:
    """What was done since the start (of `starts_of`), in words; "" when nothing was."""
    if start is None or project.lead_id is None:
        return _("the project was not started from a lead.")
    checks = [
        (start.has_begun, _("work on a milestone has begun.")),
        (project.state != Project.State.PLANNED, _("the project is under way.")),
        (start.has_log, _("there are log entries.")),
        (start.has_hours, _("there are logged hours.")),
        (start.has_tasks, _("tasks were begun, done or added.")),
        (start.has_documents, _("there are documents.")),
        (start.has_posts, _("messages were written about it.")),
        (start.has_requests, _("the client asked something about it.")),
        (start.has_bills, _("a milestone is billed.")),
        (
            start.invitation and start.invitation.accepted,
            _("the invitation to the customer area was accepted."),
        ),
        (
            start.made_client and _client_is_used(project.client),
            _("calls, requests, invoices or purchases of the new client are recorded."),
        ),
    ]
    return next((str(reason) for found, reason in checks if found), "")


def _client_is_used(client: Client) -> bool:
    rows = (client.interactions, client.purchases, client.invoices, client.requests)
    used = reduce(or_, (Exists(row.all()) for row in rows))
    return Client.objects.filter(used, pk=client.pk).exists()
