"""Meetings in everybody's own calendar: invitation, change, cancellation by e-mail.

Each mail carries an iCalendar object (RFC 5545, 5546): the UID stays for ever, SEQUENCE
grows with every change, and times are UTC, which no reader can misunderstand.
"""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from accounts.models import Firm
from crm.lib.clock import zone_of
from leads.meeting_readers import Reader, guests_of, host_of
from notifications.actions import send_template

METHODS = {"booked": "REQUEST", "moved": "REQUEST", "cancelled": "CANCEL"}


def send(meeting: Any, what: str, *, by: Any) -> None:
    """Queue the mail of "booked", "moved" or "cancelled" for the host and the guests."""
    guests = list(meeting.guests.select_related("contact__user"))
    text = ics(meeting, guests, METHODS[what])
    for reader in readers(meeting, guests):
        write(
            meeting,
            reader,
            what,
            reader.words(meeting, by, guests),
            key=f"meeting-{meeting.pk}-{meeting.sequence}-{reader.mark}",
            calendar=text,
        )


def readers(meeting: Any, guests: list) -> list[Reader]:
    """The host and the guests; of a client who is out of reach only colleagues."""
    found = [host_of(meeting), *guests_of(meeting, guests)]
    if is_out_of_reach(meeting):
        return [reader for reader in found if reader.is_staff]
    return found


def write(meeting: Any, reader: Reader, what: str, words: dict, **fields: Any) -> None:
    """Queue one mail or SMS of a meeting, in its reader's zone."""
    zone = zone_for(reader.person, meeting)
    context = {"meeting": meeting, "firm": Firm.get(), "what": what, "zone": zone}
    send_template(
        f"meeting_{what}",
        reader.person,
        context | words,
        client=meeting.client,
        **reader.columns,
        **fields,
    )


def is_out_of_reach(meeting: Any) -> bool:
    """Nobody writes to people whose client is blocked, or whose record is in the trash."""
    rows = [row for row in (meeting.lead, meeting.client) if row]
    return any(row.trashed or getattr(row, "blocked", None) for row in rows)


def zone_for(reader: Any, meeting: Any) -> Any:
    """The zone of a reader's login, else the host's."""
    return zone_of(reader.zone or meeting.host.zone)


def ics(meeting: Any, guests: list, method: str) -> str:
    """The iCalendar object of a meeting, for METHOD REQUEST, CANCEL or PUBLISH.

    What is published names no guests (RFC 5546, 3.2.1).
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Linden//Linden CRM//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_event(meeting, guests, method))
    return calendar.to_ical().decode()


def download(meeting: Any) -> HttpResponse:
    """The meeting as a file that calendars open."""
    text = ics(meeting, [], "PUBLISH")
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response


def _event(meeting: Any, guests: list, method: str) -> Event:
    event, is_on = Event(), meeting.state != meeting.State.CANCELLED
    event.add("uid", f"{meeting.uid}@linden")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", meeting.starts.astimezone(zone_of("UTC")))
    event.add("dtend", meeting.ends.astimezone(zone_of("UTC")))
    event.add("summary", meeting.title)
    event.add("status", "CONFIRMED" if is_on else "CANCELLED")
    event.add("transp", "OPAQUE" if is_on else "TRANSPARENT")
    if meeting.where:
        event.add("location", meeting.where)
    if meeting.agenda:
        event.add("description", meeting.agenda)
    event.add("organizer", _organizer(meeting.host))
    if method == "PUBLISH":
        return event
    event.add("attendee", _attendee(meeting.host, "ACCEPTED"), encode=0)
    for guest in guests:
        if guest.email:
            event.add("attendee", _attendee(guest, "NEEDS-ACTION"), encode=0)
    return event


def _organizer(host: Any) -> vCalAddress:
    address = vCalAddress(f"mailto:{host.email}")
    address.params["CN"] = vText(str(host))
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if sender != host.email:
        address.params["SENT-BY"] = vText(f"mailto:{sender}")
    return address


def _attendee(person: Any, answer: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(str(person))
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText(answer)
    address.params["RSVP"] = vText("TRUE" if answer == "NEEDS-ACTION" else "FALSE")
    return address
