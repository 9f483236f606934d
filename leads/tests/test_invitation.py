"""What calendars are sent: read back with icalendar, as a reader's program would."""

from datetime import timedelta
from email import message_from_bytes, policy

import icalendar
import pytest
from django.core import mail

from leads.models import Meeting, MeetingGuest
from notifications import outbox
from notifications.models import Message
from tests.cast.meetings import at_ten

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def memory_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def sent(kind, address):
    """The calendar of a mail, and its event, parsed."""
    message = Message.objects.get(kind=kind, address=address)
    calendar = icalendar.Calendar.from_ical(message.calendar)
    [event] = calendar.walk("VEVENT")
    return calendar, event


def test_the_invitation_is_a_request_with_everybody_in_it(lead, bd, meeting):
    calendar, event = sent("meeting_booked", lead.email)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert event["ORGANIZER"] == f"mailto:{bd.email}"
    assert event["ORGANIZER"].params["CN"] == "Ben Seller"
    host, guest = event["ATTENDEE"]
    assert (guest, guest.params["PARTSTAT"]) == (f"mailto:{lead.email}", "NEEDS-ACTION")
    assert (guest.params["RSVP"], host.params["PARTSTAT"]) == ("TRUE", "ACCEPTED")
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")


def test_its_times_are_utc_and_exact(lead, meeting):
    _calendar, event = sent("meeting_booked", lead.email)
    assert (event.start, event.end) == (at_ten(), at_ten() + timedelta(minutes=30))
    assert event["DTSTART"].to_ical().endswith(b"Z")


def test_a_change_has_the_same_uid_and_a_higher_sequence(lead, bd, meeting):
    meeting.move(at_ten(6), by=bd, anyway=True)
    _one, first = sent("meeting_booked", lead.email)
    calendar, second = sent("meeting_moved", lead.email)
    assert calendar["METHOD"] == "REQUEST"
    assert (first["UID"], second["SEQUENCE"]) == (second["UID"], 1)
    assert second.start == at_ten(6)


def test_a_cancellation_cancels(lead, bd, meeting):
    meeting.move(at_ten(6), by=bd, anyway=True)
    meeting.cancel(by=bd)
    _one, first = sent("meeting_booked", lead.email)
    calendar, last = sent("meeting_cancelled", lead.email)
    assert (calendar["METHOD"], last["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (last["UID"], last["SEQUENCE"]) == (first["UID"], 2)


def test_odd_letters_survive(lead, bd):
    title = "Łódź; Köln, “x”\\n: привет 🎉 " + "ü" * 60
    starts = at_ten()
    row = Meeting(
        title=title, lead=lead, host=bd, starts=starts, ends=starts + timedelta(hours=1)
    )
    row.agenda = "First line\r\nsecond; line"
    row.book(by=bd, guests=[MeetingGuest.of_lead(lead)], anyway=True)
    calendar, event = sent("meeting_booked", lead.email)
    assert event["SUMMARY"] == title
    assert "second; line" in event["DESCRIPTION"]
    text = Message.objects.get(address=lead.email).calendar
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_the_mail_carries_it_beside_the_text_and_as_a_file(lead, meeting):
    outbox.deliver(Message.objects.get(address=lead.email).pk)
    [letter] = mail.outbox
    read = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    parts = {part.get_content_type(): part for part in read.walk()}
    calendar = parts["text/calendar"]
    assert calendar.get_param("method") == "REQUEST"
    assert "BEGIN:VEVENT" in calendar.get_content()
    assert parts["application/ics"].get_filename() == "invite.ics"


def test_each_reader_reads_their_own_clock(customer, bd, portal_owner, hours):
    portal_owner.zone = "Asia/Kolkata"
    portal_owner.save(update_fields=["zone"])
    guest = MeetingGuest.of_contact(customer.contacts.get())
    row = Meeting(title="Talk", client=customer, host=bd, starts=at_ten())
    row.ends = row.starts + timedelta(hours=1)
    row.book(by=bd, guests=[guest])
    mails = {m.address: m.body for m in Message.objects.filter(kind="meeting_booked")}
    assert "15:30–16:30 (Asia/Kolkata)" in mails[portal_owner.email]
    assert "10:00–11:00 (UTC)" in mails[bd.email]


def test_a_blocked_client_is_not_written_to(customer, lead, bd, admin, meeting):
    customer.block(by=admin)
    meeting.refresh_from_db()
    meeting.cancel(by=bd)
    assert not Message.objects.filter(
        kind="meeting_cancelled", address=lead.email
    ).exists()
    assert Message.objects.filter(kind="meeting_cancelled", address=bd.email).exists()
