"""A meeting is booked into free time: one at a time, with an invitation."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from leads.models import Absence, Meeting, MeetingRules, MeetingSlot
from notifications.models import EventTopic, Message
from tests.cast.meetings import at_ten, nine_to_five

pytestmark = pytest.mark.django_db
URL = reverse("meetings:book")


def typed(host, /, **changes):
    values = {"title": "First talk", "host": host.pk, "starts": at_ten().isoformat()}
    return values | changes


def refusal(client, data):
    """The sentence of a booking that was refused with 409."""
    answer = client.post(URL, data)
    assert answer.status_code == 409
    assert not Meeting.objects.filter(title="First talk").exists()
    return answer.content.decode()


def test_a_lead_gets_a_meeting_and_its_person_an_invitation(client, bd, lead, hours):
    client.force_login(bd)
    answer = client.post(URL, typed(bd, lead=lead.pk))
    row = Meeting.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.host, row.lead, row.client, row.minutes) == (bd, lead, lead.client, 30)
    assert row.guests.get().email == lead.email
    assert row.slots.count() == 2
    mails = Message.objects.filter(kind="meeting_booked")
    assert sorted(mails.values_list("address", flat=True)) == [bd.email, lead.email]


def test_it_stands_in_the_timelines_for_the_client_too(client, bd, lead, hours):
    client.force_login(bd)
    client.post(URL, typed(bd, lead=lead.pk))
    event = EventTopic.objects.about(lead.client).get().event
    assert (event.kind, event.client_visible) == ("meeting.booked", True)
    assert EventTopic.objects.about(lead).get().event == event
    assert "10:00 (UTC)" in event.text


def test_a_kind_gives_its_length_and_a_length_wins(client, bd, meeting_kind, hours):
    client.force_login(bd)
    client.post(URL, typed(bd, kind=meeting_kind.pk))
    client.post(
        URL,
        typed(bd, kind=meeting_kind.pk, minutes=90, starts=at_ten(4).isoformat()),
    )
    assert [row.minutes for row in Meeting.objects.all()] == [30, 90]


def test_a_colleague_can_be_booked_and_is_told(client, bd, other_bd, lead):
    nine_to_five(other_bd)
    client.force_login(bd)
    client.post(URL, typed(other_bd, lead=lead.pk))
    assert other_bd.notifications.get().event.kind == "meeting.booked"
    client.force_login(other_bd)
    assert client.get(Meeting.objects.get().get_absolute_url()).status_code == 200


def test_guests_are_found_among_the_contacts(client, bd, contact, hours):
    client.force_login(bd)
    invite = f"{contact.email.upper()}; someone@else.example"
    client.post(URL, typed(bd, client=contact.client_id, invite=invite))
    guests = Meeting.objects.get().guests.all()
    assert [guest.contact for guest in guests] == [contact, None]


def test_quiet_writes_to_nobody(client, bd, lead, hours):
    client.force_login(bd)
    client.post(URL, typed(bd, lead=lead.pk, quiet="on"))
    assert not Message.objects.exists()


def test_a_taken_time_is_refused_and_nothing_typed_is_lost(client, bd, meeting, hours):
    client.force_login(bd)
    page = refusal(client, typed(bd, agenda="Bring the plans"))
    assert "Ben Seller is not free then any more" in page
    assert "Bring the plans" in page


def test_an_overlap_by_a_quarter_is_a_clash(client, bd, meeting, hours):
    client.force_login(bd)
    near = at_ten() - timedelta(minutes=15)
    assert "not free then" in refusal(client, typed(bd, starts=near.isoformat()))


def test_the_quarter_after_it_is_free(client, bd, meeting, hours):
    client.force_login(bd)
    after = at_ten() + timedelta(minutes=30)
    assert client.post(URL, typed(bd, starts=after.isoformat())).status_code == 302


def test_a_gap_that_was_wished_for_is_kept(client, bd, meeting, hours):
    MeetingRules.objects.create(person=bd, before=15)
    client.force_login(bd)
    after = at_ten() + timedelta(minutes=30)
    page = refusal(client, typed(bd, starts=after.isoformat()))
    assert "needs 15 minutes between two meetings" in page


def test_without_hours_it_says_what_to_do(client, bd):
    client.force_login(bd)
    page = refusal(client, typed(bd))
    assert "has set no working hours yet" in page
    assert reverse("meetings:hours_of", args=[bd.pk]) in page


def test_outside_the_hours_is_refused_but_not_for_oneself_anyway(client, bd, hours):
    client.force_login(bd)
    night = (at_ten() + timedelta(hours=10)).isoformat()
    assert "does not work then" in refusal(client, typed(bd, starts=night))
    assert client.post(URL, typed(bd, starts=night, anyway="on")).status_code == 302


def test_nobody_is_booked_while_away(client, bd, hours):
    day = at_ten().date()
    Absence.objects.create(person=bd, first=day, last=day)
    client.force_login(bd)
    assert "is away until" in refusal(client, typed(bd))


def test_a_colleague_is_not_booked_outside_the_free_times(client, bd, other_bd):
    client.force_login(bd)
    answer = client.post(URL, typed(other_bd, anyway="on"))
    assert answer.status_code == 422
    assert "Only Olga Seller and their manager" in answer.content.decode()


def test_a_manager_may_book_their_people_anyway(client, manager, bd):
    client.force_login(manager)
    assert client.post(URL, typed(bd, anyway="on")).status_code == 302


def test_what_is_past_is_refused(client, bd, hours):
    client.force_login(bd)
    page = refusal(client, typed(bd, starts=at_ten(-3).isoformat()))
    assert "That time is past" in page


def test_a_blocked_host_takes_no_meetings(bd, hours):
    User.objects.filter(pk=bd.pk).update(is_active=False)
    starts = at_ten()
    meeting = Meeting(
        host=bd, title="x", starts=starts, ends=starts + timedelta(hours=1)
    )
    with pytest.raises(Exception, match="takes no meetings"):
        meeting.book(by=bd)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 121},
        {"starts": ""},
        {"starts": "soon"},
        {"starts": "", "at": "2030-05-06T10:07"},
        {"starts": "", "at": "2999-05-06T10:00"},
        {"starts": "", "at": "0001-01-01T00:00"},
        {"host": "x"},
        {"kind": "9" * 30},
        {"minutes": "20"},
        {"lead": "nothing like this"},
        {"invite": "not an address"},
        {"where": "x" * 201},
        {"title": "a\x00"},
    ],
)
def test_what_is_malformed_is_said(client, bd, hours, wrong):
    client.force_login(bd)
    assert client.post(URL, typed(bd, **wrong)).status_code in (409, 422)
    assert not Meeting.objects.exists()


def test_a_hidden_lead_does_not_exist(client, bd, far_lead, hours):
    client.force_login(bd)
    assert client.post(URL, typed(bd, lead=far_lead.pk)).status_code == 422


def test_a_far_colleague_does_not_exist(client, bd, far_bd):
    client.force_login(bd)
    assert client.post(URL, typed(far_bd)).status_code == 422


def test_the_page_is_filled_from_the_lead(client, bd, lead, hours):
    client.force_login(bd)
    page = client.get(URL, {"lead": lead.pk, "at": f"{at_ten():%Y-%m-%dT%H:%M}"})
    assert lead.email in page.content.decode()
    assert f'value="{at_ten().isoformat()}" checked' in page.content.decode()


@pytest.mark.parametrize(
    "query", ["lead=x", "host=999999", "at=never", "day=0", "day=9999-99-99"]
)
def test_an_odd_address_is_no_failure(client, bd, query):
    client.force_login(bd)
    assert client.get(f"{URL}?{query}").status_code == 200


def test_the_quarters_are_unique_in_the_database(meeting):
    slot = meeting.slots.first()
    twin = MeetingSlot(meeting=meeting, host=meeting.host, start=slot.start)
    with pytest.raises(Exception, match="(?i)unique"):
        twin.save()


def test_free_times_leave_out_what_is_taken(client, bd, meeting, hours):
    client.force_login(bd)
    day = timezone.localdate(at_ten()).isoformat()
    page = client.get(
        reverse("meetings:free"), {"host": bd.pk, "day": day}
    ).content.decode()
    assert at_ten().isoformat() not in page
    assert (at_ten() + timedelta(minutes=30)).isoformat() in page


def test_free_times_of_a_colleague_tell_nothing_else(
    client, other_bd, bd, meeting, hours
):
    client.force_login(other_bd)
    page = client.get(reverse("meetings:free"), {"host": bd.pk}).content.decode()
    assert "10:00" in page
    assert meeting.title not in page
