"""The people of a client: who of them comes into the customer area."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import AddressInUse, invite_contact, save_contact
from accounts.models import Client, Contact, Invitation, User
from accounts.models.contacts import NoLogin
from crm.lib.errors import NotAllowedNow


class NotInvitable(NotAllowedNow):
    """Somebody elsewhere signs in with it; a client is not told who."""

    def __init__(self, email: str) -> None:
        text = _("{email} cannot be invited; ask the one who looks after you.")
        super().__init__(text.format(email=email))


@transaction.atomic
def invite_person(
    client: Client, *, name: str, email: str, right: str, by: User
) -> Invitation:
    """Mail somebody of a client a link; a contact with this address is taken for it."""
    Client.objects.select_for_update().get(pk=client.pk)  # two at once: one contact
    contact = client.contacts.mailed(email).first()
    if contact is not None and contact.can_sign_in:
        raise AddressInUse(email, client)
    if User.objects.signed_up(email):
        raise NotInvitable(email)
    if contact is None:
        contact = Contact(client=client)
        save_contact(contact, by=by, name=name, email=email, right=right)
    else:
        contact.give_right(right, by=by)
    return invite_contact(contact, by=by)


@transaction.atomic
def take_access(contact: Contact, *, by: User) -> None:
    """Make a link that is on its way useless, and take the login away at once."""
    waiting = list(Invitation.objects.waiting().filter(contact=contact))
    for invitation in waiting:
        invitation.revoke(by=by)
    if contact.can_sign_in:
        contact.shut_out(by=by)
    elif not waiting:
        raise NoLogin(contact)
