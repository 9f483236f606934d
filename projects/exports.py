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
