"""Parts of the customer area's home: the next meeting and the way to book one."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import Contact
from leads.models import Meeting
from leads.own_meetings import clocks


def own_contact(user):
    """The contact behind a client's login, with the client and its owner; or None."""
    rows = Contact.objects.visible_to(user).filter(user=user)
    return rows.select_related("client__owner").first()


def writing_contact(user):
    """The contact who books or asks; 403 for a reader, 404 for a login without a client."""
    contact = own_contact(user)
    if contact is None:
        raise Http404
    if contact.right != Contact.Right.OWNER:
        raise PermissionDenied
    return contact


def may_book(contact):
    """Whether somebody looks after the client, and this contact may write."""
    if contact is None or contact.client.owner is None:
        return False
    return contact.right == Contact.Right.OWNER


def next_meeting(user, contact):
    """The next meeting with both clocks, and whether this contact may book another."""
    rows = Meeting.objects.visible_to(user).upcoming()
    found = rows.select_related("host").first() if contact else None
    return {
        "next": found,
        "clocks": clocks(found) if found else None,
        "can_book": may_book(contact),
    }
