"""Clients book, move and cancel meetings with whoever looks after them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Client
from leads.models import Absence, Meeting, MeetingKind, WorkHours
from notifications.models import EventTopic, Message
from tests.cast.meetings import at_ten

pytestmark = pytest.mark.django_db
LIST, BOOK = reverse("portal:meetings"), reverse("portal:meeting_book")


@pytest.fixture
def owner(client, portal_owner, hours):
    """The browser of Petra, who may write for Acorn Mills; Ben works from nine to five."""
    client.force_login(portal_owner)
    return client


@pytest.fixture
def kind(setup_rows):
    MeetingKind.objects.all().delete()
    return MeetingKind.objects.create(name="Call", minutes=45, where="We call you")


def typed(kind, at=None, **more):
    starts = (at or at_ten()).isoformat()
    return {"kind": kind.pk, "starts": starts, "title": "The new shop", **more}


def url(verb, meeting):
    return reverse(f"portal:meeting{verb}", args=[meeting.pk])


def test_a_client_books_the_free_time_of_their_seller(owner, kind, customer, bd):
    answer = owner.post(BOOK, typed(kind, agenda="Prices"))
    row = Meeting.objects.get()
    assert answer.url == url("", row)
    assert (row.host, row.client, row.kind, row.minutes) == (bd, customer, kind, 45)
    assert (row.title, row.where, row.agenda) == (
        "The new shop", "We call you", "Prices",
    )  # fmt: skip
    mails = Message.objects.filter(kind="meeting_booked")
    assert {mail.address for mail in mails} == {bd.email, "petra.owner@firm.example"}
    assert all("METHOD:REQUEST" in mail.calendar for mail in mails)
    assert EventTopic.objects.about(customer).get().event.client_visible
    assert bd.notifications.get().event.kind == "meeting.booked"


def test_free_times_are_offered_and_nothing_of_the_rest(owner, kind, bd):
    busy = Meeting(host=bd, title="Secret", starts=at_ten(1), ends=at_ten(1))
    busy.ends += timedelta(minutes=60)
    busy.book(by=bd)
    page = owner.get(f"{BOOK}?day={at_ten(1):%Y-%m-%d}").content.decode()
    assert at_ten(1).isoformat() not in page
    assert (at_ten(1) + timedelta(hours=1)).isoformat() in page
    assert "Secret" not in page


def test_both_clocks_are_shown_where_they_differ(owner, kind, portal_owner, bd):
    portal_owner.zone, bd.zone = "America/New_York", "Europe/Berlin"
    portal_owner.save(update_fields=["zone"])
    bd.save(update_fields=["zone"])
    page = owner.get(BOOK).content.decode()
    assert "Times in America/New_York." in page
    assert "Ben Seller is in Europe/Berlin" in page
    at = at_ten().replace(hour=14)
    owner.post(BOOK, typed(kind, at))
    shown = owner.get(url("", Meeting.objects.get())).content.decode()
    assert "(America/New_York)" in shown
    assert "(Europe/Berlin)" in shown


@pytest.mark.parametrize(
    ("day", "offset"),
    [("2027-03-28", "+02:00"), ("2027-10-31", "+01:00"), ("2027-03-27", "+01:00")],
)
def test_on_days_of_changed_clocks_nine_is_nine(
    owner, kind, portal_owner, bd, day, offset
):
    """Berlin changes at 03:00; the first time offered is nine by Berlin's clock."""
    for user in (bd, portal_owner):
        user.zone = "Europe/Berlin"
        user.save(update_fields=["zone"])
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    with time_machine.travel(noon - timedelta(days=2), tick=False):
        owner.force_login(portal_owner)
        page = owner.get(f"{BOOK}?day={day}").content.decode()
        nine = f"{day}T09:00:00{offset}"
        assert f'value="{nine}"' in page
        assert f'value="{day}T08:45:00{offset}"' not in page
        assert owner.post(BOOK, typed(kind, datetime.fromisoformat(nine))).url
    assert Meeting.objects.get().starts == datetime.fromisoformat(nine).astimezone(UTC)


def test_a_host_without_hours_offers_nothing_and_says_what_to_do(owner, kind):
    WorkHours.objects.all().delete()
    assert "Please write instead" in owner.get(BOOK).content.decode()
    answer = owner.post(BOOK, typed(kind))
    assert answer.status_code == 409
    assert not Meeting.objects.exists()


def test_a_refusal_keeps_what_was_typed_and_tells_no_reason(owner, kind, bd):
    day = at_ten().date()
    Absence.objects.create(person=bd, kind="sick", first=day, last=day)
    answer = owner.post(BOOK, typed(kind, agenda="My long story"))
    page = answer.content.decode()
    assert (answer.status_code, "My long story" in page) == (409, True)
    assert "is not free then any more" in page
    assert "away" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts": ""},
        {"starts": "soon"},
        {"starts": "9999-12-31T23:45:00-12:00"},
        {"kind": "999999"},
        {"kind": ""},
        {"title": "x" * 121},
        {"title": "a\x00b"},
    ],
)
def test_what_is_malformed_is_named(owner, kind, wrong):
    answer = owner.post(BOOK, typed(kind) | wrong)
    assert answer.status_code == 422
    assert "form-errors" in answer.content.decode()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("day", ["", "x", "0001-01-01", "9999-12-31"])
def test_any_day_and_kind_can_be_asked_for(owner, kind, day):
    assert owner.get(BOOK, {"day": day, "kind": "9" * 30}).status_code == 200


def test_a_kind_that_is_not_for_clients_cannot_be_booked(owner, kind):
    inside = MeetingKind.objects.create(name="Inside", minutes=15, for_clients=False)
    assert "Inside" not in owner.get(BOOK).content.decode()
    assert owner.post(BOOK, typed(inside)).status_code == 422


def test_a_reader_sees_and_books_nothing(client, portal_reader, client_meeting, kind):
    client.force_login(portal_reader)
    page = client.get(LIST).content.decode()
    assert client_meeting.title in page
    assert BOOK not in page
    assert BOOK not in client.get(reverse("portal:home")).content.decode()
    assert client.post(BOOK, typed(kind)).status_code == 403
    assert client.post(url("_move", client_meeting), typed(kind)).status_code == 403
    assert client.post(url("_cancel", client_meeting)).status_code == 403


def test_a_client_moves_a_meeting(owner, client_meeting):
    at = at_ten(5)
    answer = owner.post(url("_move", client_meeting), {"starts": at.isoformat()})
    client_meeting.refresh_from_db()
    assert (answer.url, client_meeting.starts) == (url("", client_meeting), at)
    assert client_meeting.sequence == 1
    assert Message.objects.filter(kind="meeting_moved").exists()


def test_a_taken_time_cannot_be_moved_into(owner, client_meeting, bd):
    other = Meeting(host=bd, title="Other", starts=at_ten(6), ends=at_ten(6))
    other.ends += timedelta(minutes=30)
    other.book(by=bd)
    to = {"starts": other.starts.isoformat()}
    answer = owner.post(url("_move", client_meeting), to)
    assert answer.status_code == 409
    assert "is not free then any more" in answer.content.decode()
    client_meeting.refresh_from_db()
    assert client_meeting.starts == at_ten(4)


def test_cancelling_twice_is_said_and_done_once(owner, client_meeting):
    verb = url("_cancel", client_meeting)
    assert owner.post(verb, {"reason": "Ill"}).status_code == 302
    again = owner.post(verb)
    assert again.status_code == 409
    assert "is cancelled already" in again.content.decode()
    assert Message.objects.filter(kind="meeting_cancelled").count() == 1
    assert owner.get(url("_move", client_meeting)).url == url("", client_meeting)


def test_what_is_past_can_neither_be_moved_nor_cancelled(owner, client_meeting):
    past = timezone.now() - timedelta(days=1)
    Meeting.objects.update(starts=past, ends=past + timedelta(minutes=30))
    data = {"starts": at_ten(5).isoformat()}
    for verb in ("_move", "_cancel"):
        answer = owner.post(url(verb, client_meeting), data)
        assert answer.status_code == 409
        assert "neither be moved nor cancelled" in answer.content.decode()


def test_notes_are_shown_where_they_are_meant_to_be(owner, client_meeting, bd):
    past = timezone.now() - timedelta(days=1)
    Meeting.objects.update(starts=past, ends=past + timedelta(minutes=30))
    client_meeting.refresh_from_db()
    client_meeting.note("Inner thoughts", by=bd)
    pages = [LIST, url("", client_meeting)]
    assert not any("Inner" in owner.get(p).content.decode() for p in pages)
    client_meeting.note("Blue it is", by=bd, client_visible=True)
    assert all("Blue it is" in owner.get(p).content.decode() for p in pages)


def test_the_file_for_calendars_names_no_guests(owner, client_meeting):
    answer = owner.get(url("_ics", client_meeting))
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"{client_meeting.uid}@linden" in text
    assert ("METHOD:PUBLISH" in text, "ATTENDEE" in text) == (True, False)


def test_other_clients_meetings_are_not_there(owner, far_client_meeting, kind):
    for verb in ("", "_move", "_ics"):
        assert owner.get(url(verb, far_client_meeting)).status_code == 404
    assert owner.post(url("_move", far_client_meeting), typed(kind)).status_code == 404
    assert owner.post(url("_cancel", far_client_meeting)).status_code == 404
    assert far_client_meeting.title not in owner.get(LIST).content.decode()


def test_a_blocked_client_with_an_open_session_is_out(owner, customer, kind):
    assert owner.get(BOOK).status_code == 200
    Client.objects.filter(pk=customer.pk).update(blocked=timezone.now())
    assert owner.post(BOOK, typed(kind)).status_code == 404
    assert not Meeting.objects.exists()


def test_without_an_owner_there_is_nobody_to_book(owner, customer):
    Client.objects.filter(pk=customer.pk).update(owner=None)
    assert BOOK not in owner.get(LIST).content.decode()
    assert owner.get(BOOK).status_code == 404


def test_home_names_the_next_meeting_and_the_way_to_book(owner, client_meeting):
    with CaptureQueriesContext(connection) as queries:
        page = owner.get(reverse("portal:home")).content.decode()
    assert len(queries) <= 15
    assert client_meeting.title in page
    assert BOOK in page


def test_the_list_costs_the_same_for_many(owner, client_meeting, bd, customer):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert owner.get(LIST).status_code == 200
        return len(queries)

    few = cost()
    now = timezone.now()
    Meeting.objects.bulk_create(
        Meeting(
            host=bd, client=customer, title=f"Talk {n}",
            starts=now + timedelta(days=n, hours=1), ends=now + timedelta(days=n, hours=2),
        )
        for n in range(-15, 15)
    )  # fmt: skip
    assert cost() == few <= 10
