"""Parts of the customer area's home: the next meeting and the way to book one."""

from leads.models import Meeting
from leads.own_meetings import clocks


def may_book(contact):
    """Whether somebody looks after the client, and this contact may write."""
    if contact is None or contact.client.owner is None:
        return False
    return contact.is_owner


def next_meeting(user, contact):
    """The next meeting with both clocks, and whether this contact may book another."""
    rows = Meeting.objects.visible_to(user).upcoming()
    found = rows.select_related("host").first() if contact else None
    return {
        "next": found,
        "clocks": clocks(found) if found else None,
        "can_book": may_book(contact),
    }
