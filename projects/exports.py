"""What the file of projects holds."""

from crm.lib.exports import Sheet

PROJECTS = Sheet(
    "projects",
    {
        "name": "name",
        "client": "client__name",
        "state": "state",
        "summary": "summary",
        "starts": "starts",
        "due": "due",
        "finished": "finished",
        "account_manager": "client__owner__email",
        "created": "created",
    },
)
HOURS = Sheet(
    "hours",
    {
        "project": "project__name",
        "milestone": "milestone__name",
        "day": "day",
        "who": "by__email",
        "hours": "hours",
        "note": "note",
    },
)
LOG = Sheet(
    "log",
    {
        "project": "project__name",
        "milestone": "milestone__name",
        "at": "at",
        "kind": "kind",
        "text": "text",
        "who": "by__email",
        "client_visible": "client_visible",
    },
)
REQUESTS = Sheet(
    "requests",
    {
        "subject": "subject",
        "client": "client__name",
        "project": "project__name",
        "kind": "kind",
        "topic": "topic",
        "state": "state",
        "department": "department__name",
        "owner": "owner__email",
        "origin": "origin",
        "why": "why",
        "created": "created",
        "answered": "answered",
        "solved": "solved",
    },
)
