"""What the files of leads, tasks and spend hold."""

from accounts.exports import PLACE, named
from crm.lib.exports import Sheet

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
TASKS = Sheet(
    "tasks",
    {
        "title": "title",
        "due_on": "due_on",
        "due": "due",
        "owner": "owner__email",
        "given_by": "by__email",
        "lead": "lead__name",
        "client": "client__name",
        "details": "text",
        "created": "created",
        "done": "done",
    },
)
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
