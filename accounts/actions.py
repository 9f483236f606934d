"""Changes to several rows of people and clients at once."""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Client, Contact, Department, Firm, Invitation, User
from accounts.models.keys import hashed
from accounts.places import Spot, place_for
from crm.lib.errors import NotAllowedNow
from notifications.actions import record, send_template
from notifications.models import Message

NOWHERE = Spot()


class AddressInUse(NotAllowedNow):
    def __init__(self, email: str, row: Any = None) -> None:
        text = _("{email} already has a login and can sign in with it.")
        super().__init__(text.format(email=email), row)


class NoAddress(NotAllowedNow):
    def __init__(self, contact: Contact) -> None:
        text = _("{who} has no e-mail address: add it, then invite.")
        super().__init__(text.format(who=contact), contact.client)


class ClientBlocked(NotAllowedNow):
    def __init__(self, client: Client) -> None:
        text = _("{client} is blocked: unblock it before you invite its people.")
        super().__init__(text.format(client=client), client)


class InvitationUsed(NotAllowedNow):
    """The link was used, taken back or ran out between two clicks."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__(_("This invitation can no longer be used."), invitation)


@transaction.atomic
def create_client(
    *, by: User, owner: User | None = None, where: Spot = NOWHERE, **fields: Any
) -> Client:
    """Make a client, in the care of `owner` or of who makes it."""
    owner = owner or by
    client = Client(owner=owner, department=owner.department, **fields)
    client.place = place_for(*where)
    client.signed_up = client.signed_up or timezone.localdate()
    client.search = client.found_by()
    client.save()
    text = _("{by} added {who}.").format(by=by, who=client)
    record("client.created", client, by=by, text=text, tell=[owner])
    return client


@transaction.atomic
def change_client(
    client: Client,
    *,
    by: User,
    owner: User | None = None,
    where: Spot | None = None,
    **fields: Any,
) -> None:
    """Change what differs; a new owner takes the client over, with its department.

    Works on the row as it is stored: a form may have written on `client` already.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    if where is not None:
        fields["place"] = place_for(*where)
    client.change(by=by, **fields)
    if owner is not None and owner.pk != client.owner_id:
        client.assign(owner, by=by)


@transaction.atomic
def save_contact(contact: Contact, *, by: User, **values: Any) -> Contact:
    """Add or change a client's contact; there is one main contact."""
    is_new = contact.pk is None
    before = None if is_new else Contact.objects.get(pk=contact.pk).right
    for name, value in values.items():
        setattr(contact, name, value)
    others = contact.client.contacts.remembered().exclude(pk=contact.pk)
    first = not others.exists()
    contact.is_primary = contact.is_primary or first
    contact.save(update_fields=None if is_new else [*values, "is_primary", "search"])
    if contact.is_primary:
        contact.make_primary()
    contact.name_login()
    kind, text = "contact.changed", _("{by} changed the contact {who}.")
    if is_new:
        kind, text = "contact.created", _("{by} added the contact {who}.")
    record(kind, contact.client, by=by, text=text.format(by=by, who=contact))
    if before not in (None, contact.right):
        contact.tell_of_right(by=by)
    return contact


@transaction.atomic
def change_department(department: Department, *, by: User) -> list[User]:
    """Save a department; its people whose role it carries no longer inherit its own.

    Says who got another role; admins stay what they are.
    """
    department.save()
    record(
        "department.changed",
        department,
        by=by,
        text=_("{by} set up the department {what}.").format(by=by, what=department),
    )
    if not department.usual_role:
        return []
    others = department.people.exclude(role=User.Role.ADMIN)
    moved = list(others.exclude(role__in=department.roles))
    for person in moved:
        person.place(department.usual_role, department, by=by)
    return moved


@transaction.atomic
def invite(
    *, email: str, name: str, role: str, department: Department | None, by: User
) -> Invitation:
    """Mail a colleague a link by which they choose their name and password."""
    if User.objects.signed_up(email):
        raise AddressInUse(email)
    return _invite(
        Invitation(email=email, name=name, role=role, department=department, by=by)
    )


@transaction.atomic
def invite_first_admin() -> str:
    """A link by which the first admin is made, once; "" when there is an admin already.

    Only the newest one works, for a week; it is shown and not mailed.
    """
    if User.objects.admins().exists():
        return ""
    Invitation.objects.waiting().for_first_admin().update(revoked=timezone.now())
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(
        hash=hashed(secret),
        role=User.Role.ADMIN,
        expires=timezone.now() + timedelta(days=Invitation.DAYS),
    )
    return settings.SITE_URL + reverse("accounts:invitation", args=[secret])


@transaction.atomic
def invite_contact(contact: Contact, *, by: User) -> Invitation:
    """Mail a client's contact a link into the customer area."""
    client = contact.client
    if not contact.email:
        raise NoAddress(contact)
    if client.is_blocked:
        raise ClientBlocked(client)
    if contact.can_sign_in or User.objects.signed_up(contact.email):
        raise AddressInUse(contact.email, client)
    invitation = Invitation(
        email=contact.email,
        name=contact.name,
        role=User.Role.CLIENT,
        contact=contact,
        by=by,
    )
    return _invite(invitation)


@transaction.atomic
def invite_again(invitation: Invitation, *, by: User) -> Invitation:
    """Send a fresh link to the same person; older ones stop working."""
    if invitation.contact_id:
        return invite_contact(invitation.contact, by=by)
    if not invitation.email:  # cut off from its contact, or for the first admin
        raise InvitationUsed(invitation)
    return invite(
        email=invitation.email,
        name=invitation.name,
        role=invitation.role,
        department=invitation.department,
        by=by,
    )


def _invite(invitation: Invitation) -> Invitation:
    """Keep the hash of a new secret and queue the mail that holds the secret."""
    older = Invitation.objects.waiting().filter(email__iexact=invitation.email)
    older.update(revoked=timezone.now())
    secret = secrets.token_urlsafe(32)
    invitation.hash = hashed(secret)
    invitation.expires = timezone.now() + timedelta(days=Invitation.DAYS)
    invitation.save()
    text = _("{by} invited {who}.").format(
        by=invitation.by, who=invitation.name or invitation.email
    )
    event = record(
        "invitation.sent",
        invitation,
        by=invitation.by,
        text=text,
        about=invitation.topics,
        tell=invitation.told,
    )
    path = reverse("accounts:invitation", args=[secret])
    context = {
        "invitation": invitation,
        "url": f"{settings.SITE_URL}{path}",
        "firm": Firm.get(),
    }
    # Without the client, or sellers could read the link among its messages.
    send_template("invitation", invitation, context, event=event, secret=True)
    return invitation


@transaction.atomic
def accept(
    invitation: Invitation, *, username: str, password: str, **about: str
) -> User:
    """Make the invited person a user; the link works once, also for two at once.

    `about` is the e-mail and name of the first admin, whom nobody has invited.
    """
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.is_for_first_admin:
        fresh.email, fresh.name = about["email"], about["name"]
    if not fresh.is_open:
        raise InvitationUsed(fresh)
    if User.objects.signed_up(fresh.email):
        raise AddressInUse(fresh.email)
    first, _space, last = fresh.name.partition(" ")
    user = User.objects.create_user(
        username,
        fresh.email,
        password,
        first_name=first,
        last_name=last[:150],
        role=fresh.role,
        department=fresh.department,
    )
    if fresh.contact_id:
        fresh.contact.user = user
        fresh.contact.save(update_fields=["user"])
    fresh.accepted = timezone.now()
    fresh.save(update_fields=["accepted", "email", "name"])
    text = _("{user} accepted the invitation.").format(user=user)
    about = [user, *fresh.topics]
    record(
        "invitation.accepted", fresh, by=user, text=text, about=about, tell=[fresh.by]
    )
    return user


@transaction.atomic
def change_profile(user: User, *, by: User, **values: Any) -> None:
    """Write what a person changed about themselves; a new e-mail warns the old one."""
    row = User.objects.select_for_update().get(pk=user.pk)
    email = values.pop("email", row.email)
    values.pop("password", None)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    if email != row.email:
        change_email(row, email, by=by)


@transaction.atomic
def change_email(user: User, email: str, *, by: User) -> None:
    """Let the person sign in with another address, and warn the old one."""
    before, context = user.email, {"user": user, "email": email, "firm": Firm.get()}
    event = record(
        "user.email_changed",
        user,
        by=by,
        text=_("{by} changed the e-mail of {who}.").format(by=by, who=user),
    )
    send_template("email_changed", user, context, event=event)
    user.email = email
    user.save(update_fields=["email"])
    user.confirm_email()
    Contact.objects.filter(user=user, email__iexact=before).update(email=email)


def cancel_messages_to(users: list[User], client: Client | None = None) -> int:
    """Take back what is queued for people who were shut out; says how many."""
    people: list[Any] = list(users)
    if client is not None:
        people += [client, *client.contacts.all()]
    addresses = {str(p.email) for p in people} | {str(p.phone) for p in people}
    theirs = Q(recipient__in=users) | Q(address__in=addresses - {"", "None"})
    if client is not None:
        theirs |= Q(client=client)
    waiting = Message.objects.filter(
        theirs, state=Message.State.QUEUED, direction=Message.Direction.OUT
    )
    return waiting.update(state=Message.State.CANCELLED)
