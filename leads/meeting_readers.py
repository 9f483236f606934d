"""Who gets the mails of a meeting, how each is told who comes, and the link each gets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User


@dataclass(frozen=True)
class Reader:
    """The host, a colleague who is invited too, or a guest."""

    person: Any
    mark: str  # tells the mails of one change apart
    login: User | None = None
    is_staff: bool = False
    link: str = ""
    may_change: bool = False  # whether the link leads to moving and cancelling
    is_signed: bool = False  # whether the link alone lets in

    def words(self, meeting: Any, by: User | None, guests: list) -> dict:
        """What the texts say to this reader; `by` is None for who came by a link."""
        return {
            "reader": self.person,
            "is_staff": self.is_staff,
            "is_host": self.person == meeting.host,
            "is_own": by == self.login,
            "by_host": by == meeting.host,
            "by_staff": by is not None and by.role != User.Role.CLIENT,
            "who": doer(meeting, by, guests),
            "invited": ", ".join(called(guest, meeting) for guest in guests),
            "link": self.link,
            "may_change": self.may_change,
            "is_signed": self.is_signed,
        }

    @property
    def columns(self) -> dict:
        """What the outbox keeps of it: whose message it is, and whether a link is secret."""
        return {"recipient": self.login, "secret": self.is_signed}


def host_of(meeting: Any) -> Reader:
    link = f"{settings.SITE_URL}{meeting.get_absolute_url()}"
    return Reader(meeting.host, "host", meeting.host, is_staff=True, link=link)


def guests_of(meeting: Any, guests: list) -> Iterator[Reader]:
    """The guests; a colleague among them is one, whatever link a guest would get."""
    colleagues = _colleagues(meeting, guests)
    for guest in guests:
        mark, user = f"g{guest.pk}", colleagues.get(guest.email.lower())
        if guest.contact or user is None:
            yield _guest(meeting, guest, mark, is_alone=len(guests) == 1)
        elif user != meeting.host:
            seen = type(meeting).objects.visible_to(user).filter(pk=meeting.pk)
            link = host_of(meeting).link if seen.exists() else ""
            yield Reader(user, mark, user, is_staff=True, link=link)


def _colleagues(meeting: Any, guests: list) -> dict:
    """Those whom staff invited, by address; a stranger may type anybody's."""
    if meeting.by is None or meeting.by.role == User.Role.CLIENT:
        return {}
    addresses = [guest.email.lower() for guest in guests if guest.email]
    people = User.objects.staff().filter(is_active=True).alias(mail=Lower("email"))
    return {user.email.lower(): user for user in people.filter(mail__in=addresses)}


def _guest(meeting: Any, guest: Any, mark: str, *, is_alone: bool) -> Reader:
    """With a login the page in the customer area, else the signed link.

    A signed link moves and cancels, and what is done with it is the first guest's doing:
    only a guest who comes alone gets one, and nobody who may only read.
    """
    login = guest.contact and guest.contact.user
    if login is None:
        may = is_alone and (guest.contact is None or guest.contact.is_owner)
        link = f"{settings.SITE_URL}{meeting.get_guest_path()}" if may else ""
        return Reader(guest, mark, link=link, may_change=may, is_signed=may)
    rows = type(meeting).objects.filter(pk=meeting.pk)
    if not login.is_active or not rows.visible_to(login).exists():
        return Reader(guest, mark, login)
    link = f"{settings.SITE_URL}{reverse('portal:meeting', args=[meeting.pk])}"
    may = rows.editable_by(login).exists()
    return Reader(guest, mark, login, link=link, may_change=may)


def called(guest: Any, meeting: Any) -> str:
    """ "Zoë Längst (ACME)": the firm stands behind people, not behind bare addresses."""
    client, lead = meeting.client, meeting.lead
    firm = client.name if client else ""
    if guest.contact is None:
        firm = (lead and lead.company) or firm if guest.name else ""
    return _with_firm(str(guest), firm)


def doer(meeting: Any, by: User | None, guests: list) -> str:
    """Who did it, as a colleague reads it."""
    if by is None:
        return called(guests[0], meeting) if guests else _("A visitor")
    if by.role == User.Role.CLIENT and meeting.client:
        return _with_firm(str(by), meeting.client.name)
    return str(by)


def _with_firm(name: str, firm: str) -> str:
    return f"{name} ({firm})" if firm and firm != name else name
