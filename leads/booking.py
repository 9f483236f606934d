"""What a stranger books becomes: a meeting, and a lead unless they have an open one."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Firm
from leads.actions import create, keep
from leads.models import (
    BookingPage,
    Interaction,
    Lead,
    Meeting,
    MeetingGuest,
    MeetingKind,
    Stage,
)
from leads.models.meeting_refusals import TooMany
from leads.receiving import Answers, client_of, in_words, medium_of
from notifications.actions import record

MOST_AHEAD = 3  # meetings of one e-mail address that strangers may have booked


@transaction.atomic
def book(
    page: BookingPage,
    said: Answers,
    *,
    kind: MeetingKind,
    starts: datetime,
    zone: str,
    mark: dict,
) -> Meeting:
    """Book the host's time for a stranger, once per `mark` (its id, and "from": a campaign).

    Somebody with an open lead gets no second one. Nothing that was typed goes into the
    invitation but the name, or the page would mail strangers' words to anybody.
    """
    page = BookingPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    uid = UUID(mark["id"])
    known = Meeting.objects.filter(uid=uid).first()
    if known:
        return known
    if Meeting.objects.upcoming().of_visitor(said.email).count() >= MOST_AHEAD:
        raise TooMany(MOST_AHEAD)
    lead = Lead.objects.alive().open().of_person(said.email, said.phone).first()
    lead = lead or _lead(page, said, kind, mark["from"])
    meeting = Meeting(
        uid=uid, host=page.person, lead=lead, kind=kind, title=kind.name,
        where=kind.where, starts=starts, ends=starts + timedelta(minutes=kind.minutes),
    )  # fmt: skip
    guest = MeetingGuest(name=said.name, email=said.email, own_zone=zone)
    meeting.book(by=None, guests=[guest])
    _keep_word(page, meeting, said, mark["from"])
    return meeting


def _lead(page: BookingPage, said: Answers, kind: MeetingKind, campaign: dict) -> Lead:
    lead = Lead(
        name=f"{kind} – {said.company or said.name}"[:200],
        client=client_of(said),
        contact_name=said.name,
        company=said.company,
        email=said.email,
        phone=said.phone,
        currency=Firm.get().currency or settings.DEFAULT_CURRENCY,
        medium=medium_of(page, campaign),
        stage=Stage.first_of(Stage.Kind.OPEN),
        owner=page.person,
    )
    text = _("{lead} came by the booking page of {host}.")
    return create(lead, by=None, said=text.format(lead=lead, host=page.person))


def _keep_word(
    page: BookingPage, meeting: Meeting, said: Answers, campaign: dict
) -> None:
    """What they wrote, on the timelines of the lead and of the meeting."""
    word = Interaction(
        lead=meeting.lead,
        kind=Interaction.Kind.EMAIL,
        direction=Interaction.Direction.IN,
        medium=medium_of(page, campaign),
        text=in_words(said, campaign),
    )
    keep(word, by=None)
    text = _("{who} wrote on the booking page:").format(who=said.name)
    record(
        "interaction.email", meeting, by=None, text=f"{text}\n{word.text}",
        about=[meeting.lead],
    )  # fmt: skip
