"""Forgetting a person or a firm: what names them goes, sums and books stay.

The same declarations as in the trash. Whatever else hangs on the client – texts of the
timeline, notes, titles, and their histories – is searched for their names and addresses.
"""

from collections.abc import Iterator
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import (
    ChangeRequest,
    Client,
    Contact,
    ErasureRequest,
    Export,
    Import,
    Invitation,
    Replay,
    User,
)
from accounts.models.erasures import HeldBack, holding_back
from accounts.subject import relations
from accounts.traces import (
    Found,
    Kind,
    Rewriting,
    Traces,
    events_about,
    hanging_on,
    pointing,
    same_address,
    traces_of,
    traces_of_firm,
)
from accounts.trash import emptied, purge_now
from notifications.actions import record
from notifications.models import Consent, Event, Message, normalised, sealed

LOGS: tuple[Kind, ...] = (Export, Import, Replay, LogEntry)


@transaction.atomic
def carry_out(request: ErasureRequest, *, by: User) -> None:
    """Forget the person, or the firm with all its people; cannot be taken back."""
    request.lock()
    client = Client.objects.select_for_update().get(pk=request.client_id)
    if request.whole_firm and (reasons := holding_back(client)):
        raise HeldBack(reasons, request)
    for contact in people_of(request):
        _forget_person(contact)
        _settle_rest(contact, request, by=by)
    if request.whole_firm:
        _forget_firm(client, by=by)
    request.settle(ErasureRequest.State.DONE, by=by)
    text = _("{by} took out what named a person who asked for it.")
    if request.whole_firm:
        text = _("{by} took out what named a firm that asked for it.")
    about = [] if request.whole_firm else [client]
    record("erasure.done", request, by=by, text=text.format(by=by), about=about)


def people_of(request: ErasureRequest) -> list[Contact]:
    """Whom a request is about."""
    if request.whole_firm and request.client:
        people = request.client.contacts.remembered()
        return list(people.select_related("client", "user"))
    return [request.contact] if request.contact else []


def preview(request: ErasureRequest) -> dict[str, Any]:
    """How many rows of each kind would lose what names them, which stay, whose login ends."""
    if request.client is None:
        return {"gone": [], "stays": [], "logins": 0}
    found, books = hanging_on(request.client)
    gone: Found = {}
    for traces, where in traces_in(request, found):
        rewriting = Rewriting(traces, write=False)
        _rewrite(rewriting, traces, where)
        for kind, pks in rewriting.changed.items():
            gone.setdefault(kind, set()).update(pks)
    return {
        "gone": _lines(gone),
        "stays": _lines(books),
        "logins": sum(contact.can_sign_in for contact in people_of(request)),
    }


def traces_in(request: ErasureRequest, found: Found) -> Iterator[tuple[Traces, Found]]:
    """What tells of each person and of the firm, and in which rows it is looked for."""
    for contact in people_of(request):
        yield traces_of(contact), _without_others(found, contact)
    if request.whole_firm and request.client:
        yield traces_of_firm(request.client), found


def _without_others(found: Found, contact: Contact) -> Found:
    """Of the contacts this one alone: others may be called the same."""
    return {**found, Contact: {contact.pk}}


def _lines(rows: Found) -> list[dict[str, Any]]:
    lines = [
        {"label": _(str(kind._meta.verbose_name_plural)), "n": len(pks)}
        for kind, pks in rows.items()
    ]
    return sorted(lines, key=lambda line: line["label"])


def _forget_person(contact: Contact) -> None:
    traces = traces_of(contact)
    found, _books = hanging_on(contact.client)
    _rewrite(Rewriting(traces), traces, _without_others(found, contact))
    _clear_messages(traces)
    _seal_consents(traces)
    _blank_own(contact)
    if contact.user_id:
        _forget_login(contact.user)


def _settle_rest(contact: Contact, request: ErasureRequest, *, by: User) -> None:
    """Nothing waits for somebody who is forgotten: no wish, no link that lets them in."""
    now = timezone.now()
    settled = {"decided": now, "decided_by": by}
    wishes = ErasureRequest.objects.waiting().filter(contact=contact)
    done = ErasureRequest.State.DONE
    wishes.exclude(pk=request.pk).update(state=done, **settled)
    changes = ChangeRequest.objects.waiting().filter(contact=contact)
    changes.update(state=ChangeRequest.State.WITHDRAWN, **settled)
    Invitation.objects.waiting().filter(contact=contact).update(revoked=now)


def _forget_firm(client: Client, *, by: User) -> None:
    traces = traces_of_firm(client)
    found, _books = hanging_on(client)
    _rewrite(Rewriting(traces), traces, found)
    _seal_consents(traces)
    client.refresh_from_db()
    client.put_away(by=by)
    purge_now(client)


def _rewrite(rewriting: Rewriting, traces: Traces, found: Found) -> None:
    """In what hangs on the client, in what holds the same address, in events and logs."""
    for kind, pks in found.items():
        rewriting.rows(kind, pks)
    for kind, pks in same_address(traces.addresses).items():
        rewriting.rows(kind, pks - found.get(kind, set()))
    rewriting.rows(Event, events_about(found, traces.users))
    for log in LOGS:
        rewriting.everywhere(log)


def _clear_messages(traces: Traces) -> None:
    """What was written to the person is gone; what still waits is not sent."""
    to_them = Q(recipient__in=traces.users) | Q(address__in=traces.addresses)
    messages = Message.objects.filter(to_them)
    waiting = messages.filter(state=Message.State.QUEUED)
    waiting.update(state=Message.State.CANCELLED)
    messages.update(**emptied(Message), key=None)


def _seal_consents(traces: Traces) -> None:
    """Withdraw what stands, and keep of the address no more than a proof."""
    for address in {normalised(address) for address in traces.addresses}:
        said = Consent.objects.filter(address=address)
        for channel in set(said.values_list("channel", flat=True)):
            if Consent.allows(channel, address):
                Consent.objects.create(
                    channel=channel,
                    address=address,
                    given=False,
                    wording=_("Asked to be forgotten."),
                    source="erasure",
                )
        said.update(address=sealed(address))


def _blank_own(contact: Contact) -> None:
    """The contact and what points at it, by their personal columns; their history goes."""
    for relation in relations(Contact):
        kind = relation.related_model
        if empty := emptied(kind):
            pks = pointing(relation, {contact.pk})
            kind._base_manager.filter(pk__in=pks).update(**empty)
    blank = {**emptied(Contact), "name": f"#{contact.pk}", "user": None}
    blank |= {"is_primary": False, "forgotten": timezone.now()}
    Contact.objects.filter(pk=contact.pk).update(**blank)
    Contact.history.filter(id=contact.pk).delete()


def _forget_login(user: User) -> None:
    """End every session; the row stays without a name, for what it wrote."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    for relation in relations(User):
        if relation.on_delete is models.CASCADE:
            pks = pointing(relation, {user.pk})
            relation.related_model._base_manager.filter(pk__in=pks).delete()
    name = f"erased-{user.pk}"
    User.objects.filter(pk=user.pk).update(
        **{**emptied(User), "username": name, "email": f"{name}@erased.invalid"},
        password=make_password(None),
        is_active=False,
        blocked=timezone.now(),
    )
    User.history.filter(id=user.pk).delete()
