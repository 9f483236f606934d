"""Accepting what a client's person asked us to change."""

from typing import Any

from django.db import transaction

from accounts.actions import AddressInUse, change_client, change_email, save_contact
from accounts.models import ChangeRequest, Client, Contact, User
from accounts.models.change_requests import ChangedMeanwhile, as_text


@transaction.atomic
def accept_change(request: ChangeRequest, *, by: User) -> None:
    """Write what was proposed, unless the same column was changed meanwhile."""
    request.lock()
    model: Any = type(request.subject)
    row = model.objects.select_for_update().get(pk=request.subject.pk)
    for name, (old, _new) in request.values.items():
        if as_text(getattr(row, name)) != as_text(old):
            label = model._meta.get_field(name).verbose_name
            raise ChangedMeanwhile(request, label)
    values = {name: new for name, (_old, new) in request.values.items()}
    if isinstance(row, Client):
        change_client(row, by=by, **values)
    else:
        _change_contact(row, values, by=by)
    request.settle(ChangeRequest.State.ACCEPTED, by=by)


def _change_contact(contact: Contact, values: dict[str, str], *, by: User) -> None:
    """Details of a person; their e-mail is also what they sign in with."""
    email, user = values.get("email"), contact.user
    if email and user and user.email.lower() == contact.email.lower():
        if User.objects.signed_up(email) and email.lower() != user.email.lower():
            raise AddressInUse(email, contact.client)
        del values["email"]
        change_email(user, email, by=by)
        contact.email = email
    if values:
        save_contact(contact, by=by, **values)
