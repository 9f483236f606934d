"""What the files of leads, tasks and spend hold."""

from accounts.exports import PLACE, named
from crm.lib.exports import Sheet
from leads.models.tasks import attachments

LEADS = Sheet(
    "leads",
    {
        "external_id": (named("leads"), "external_id", "pk"),
        "name": "name",
        "contact_name": "contact_name",
        "email": "email",
        "phone": "phone",
        "company": "company",
        **PLACE,
        "medium": "medium__name",
        "stage": "stage__name",
        "value": "value",
        "currency": "currency",
        "created": "created",
        "closed": "closed",
        "lost_reason": "lost_reason",
        "owner": "owner__email",
    },
)


def tasks_sheet():
    """Made when it is asked for: higher apps say what else a task can be about."""
    higher = [f"{accessor}__{name}__name" for accessor, name, _model in attachments()]
    columns = {
        "title": "title",
        "due_on": "due_on",
        "due": "due",
        "owner": "owner__email",
        "given_by": "by__email",
        "about": (first_said, "lead__name", "client__name", *higher),
        "lead": "lead__name",
        "client": "client__name",
        "details": "text",
        "created": "created",
        "done": "done",
    }
    return Sheet("tasks", columns)


def first_said(*names):
    return next(filter(None, names), "")


SPEND = Sheet(
    "spend",
    {
        "medium": "medium__name",
        "month": "month",
        "amount": "amount",
        "currency": "currency",
        "department": "department__name",
    },
)
