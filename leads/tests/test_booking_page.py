"""Strangers book a seller's free time, and move or cancel it by the link they got."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import Medium
from leads.models import BookingPage, Lead, Meeting, MeetingKind, WorkHours
from leads.public import new_mark
from leads.views.booking import PER_MINUTE
from notifications.models import Consent, Message
from tests.cast.meetings import at_ten

pytestmark = pytest.mark.django_db
URL = reverse("book:page", args=["ben"])


@pytest.fixture
def kind(setup_rows, hours, booking_page):
    """The one kind that is offered on Ben's page; he works from nine to five."""
    cache.clear()
    MeetingKind.objects.all().delete()
    booking_page.medium = Medium.objects.get(name="Website")
    booking_page.save(update_fields=["medium"])
    return MeetingKind.objects.create(name="First call", minutes=30)


def typed(kind, at=None, **more):
    said = {"name": "Ann Stranger", "email": "Ann@york.example", "message": "A shop?"}
    when = {"starts": (at or at_ten()).isoformat(), "kind": kind.pk}
    return {"mark": new_mark({}), **when, **said, **more}


@pytest.fixture
def booked(client, kind):
    """A booked meeting, and the link in the visitor's mail."""
    client.post(URL, typed(kind))
    mail = Message.objects.get(kind="meeting_booked", address="Ann@york.example")
    path = re.search(r"https?://[^/]+(/book/meeting/\S+)", mail.body)[1]
    return Meeting.objects.get(), path


def test_a_stranger_becomes_a_lead_with_a_meeting(client, kind, bd):
    answer = client.post(URL, typed(kind))
    row, lead = Meeting.objects.get(), Lead.objects.get()
    assert answer.url == f"{row.get_guest_path()}?booked"
    assert (row.host, row.lead, row.kind, row.starts) == (bd, lead, kind, at_ten())
    assert (lead.owner, lead.medium.name) == (bd, "Website")
    assert "A shop?" in lead.interactions.get().text
    assert bd.notifications.get().event.text.startswith("Ann Stranger booked")
    assert not Consent.objects.exists()


def test_the_invitation_holds_the_link_and_no_words_of_theirs(client, booked, bd):
    mail = Message.objects.get(kind="meeting_booked", address="Ann@york.example")
    assert ("METHOD:REQUEST" in mail.calendar, mail.secret) == (True, True)
    assert "A shop?" not in mail.body + mail.calendar
    assert client.get(booked[1]).status_code == 200
    host = Message.objects.get(kind="meeting_booked", address=bd.email)
    assert "/book/meeting/" not in host.body


def test_the_same_page_sent_twice_is_one_meeting(client, kind):
    once = typed(kind)
    first, again = client.post(URL, once), client.post(URL, once)
    assert first.url == again.url
    assert Meeting.objects.count() == Lead.objects.count() == 1


def test_the_same_visitor_gets_no_second_lead(client, kind):
    client.post(URL, typed(kind))
    client.post(URL, typed(kind, at_ten(4), email="ann@YORK.example"))
    assert (Lead.objects.count(), Meeting.objects.count()) == (1, 2)


def test_a_known_client_gets_the_lead_at_its_owner(client, kind, customer):
    client.post(URL, typed(kind, email=customer.email.upper()))
    assert Lead.objects.get().client == Meeting.objects.get().client == customer


def test_one_address_holds_three_meetings_at_most(client, kind):
    for day in (3, 4, 5, 6):
        answer = client.post(URL, typed(kind, at_ten(day)))
    assert (answer.status_code, Meeting.objects.count()) == (409, 3)
    assert "3 meetings ahead" in answer.content.decode()


def test_a_taken_time_keeps_what_was_typed_and_makes_no_lead(client, kind):
    client.post(URL, typed(kind))
    other = typed(kind, email="bob@york.example", message="My long story")
    answer = client.post(URL, other)
    page = answer.content.decode()
    assert (answer.status_code, "My long story" in page) == (409, True)
    assert "is not free then any more" in page
    assert (Lead.objects.count(), Meeting.objects.count()) == (1, 1)


def test_times_are_shown_in_the_visitors_zone_and_the_hosts(client, kind, bd):
    bd.zone = "Europe/Berlin"
    bd.save(update_fields=["zone"])
    assert "Times in Europe/Berlin." in client.get(URL).content.decode()
    page = client.get(URL, {"zone": "America/New_York"}).content.decode()
    assert "Times in America/New_York." in page
    assert "Ben Seller is in Europe/Berlin" in page
    client.post(f"{URL}?zone=America/New_York", typed(kind, at_ten().replace(hour=15)))
    mails = Message.objects.filter(kind="meeting_booked", address="Ann@york.example")
    assert "(America/New_York)" in mails.get().body


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "Win at http://spam.example"},
        {"name": "a\x00b"},
        {"email": "nobody"},
        {"email": ""},
        {"phone": "12"},
        {"message": "x" * 5001},
        {"starts": ""},
        {"kind": "999999"},
        {"mark": ""},
        {"mark": "altered"},
    ],
)
def test_what_is_malformed_comes_back_with_what_was_typed(client, kind, wrong):
    answer = client.post(URL, typed(kind, company="Typed") | wrong)
    assert (answer.status_code, "Typed" in answer.content.decode()) == (422, True)
    assert not Lead.objects.exists()


def test_a_machine_is_thanked_and_forgotten(client, kind):
    assert client.post(URL, typed(kind, website="x")).status_code == 200
    assert not Meeting.objects.exists()


def test_a_flood_is_told_to_wait(client, kind, booking_page):
    cache.set(f"visits:book:{booking_page.pk}:127.0.0.1", PER_MINUTE, 60)
    answer = client.post(URL, typed(kind))
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert not Meeting.objects.exists()


def test_it_needs_no_cookie_and_sets_none(kind):
    strict = Browser(enforce_csrf_checks=True)
    assert not strict.get(URL).cookies
    assert strict.post(URL, typed(kind)).status_code == 302


def test_a_page_that_is_off_is_not_there(client, kind, bd):
    BookingPage.objects.update(is_on=False)
    assert client.get(URL).status_code == client.post(URL).status_code == 404
    BookingPage.objects.update(is_on=True)
    bd.is_active = False
    bd.save(update_fields=["is_active"])
    assert client.get(URL).status_code == 404


def test_a_host_without_hours_offers_nothing(client, kind):
    WorkHours.objects.all().delete()
    assert "Please write instead" in client.get(URL).content.decode()
    assert client.post(URL, typed(kind)).status_code == 409


def test_the_visitor_moves_and_cancels_by_the_link(client, booked):
    row, path = booked
    client.post(f"{path}move/", {"starts": at_ten(5).isoformat()})
    row.refresh_from_db()
    assert (row.starts, row.sequence) == (at_ten(5), 1)
    assert client.post(f"{path}cancel/", {"reason": "Ill"}).status_code == 302
    again = client.post(f"{path}cancel/")
    assert (again.status_code, "cancelled already" in again.content.decode()) == (
        409, True,
    )  # fmt: skip
    text = row.host.notifications.order_by("pk").last().event.text
    assert text.startswith("Ann Stranger cancelled")


def test_a_taken_time_cannot_be_moved_into(client, booked, kind):
    row, path = booked
    client.post(URL, typed(kind, at_ten(5), email="bob@york.example"))
    answer = client.post(f"{path}move/", {"starts": at_ten(5).isoformat()})
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.starts == at_ten()


@pytest.mark.parametrize("verb", ["", "move/", "meeting.ics"])
def test_an_altered_link_opens_nothing(client, booked, verb):
    altered = booked[1][:-2] + ("A" if booked[1][-2] != "A" else "B") + "/"
    assert client.get(altered + verb).status_code == 404
    assert client.post(f"{altered}cancel/").status_code == 404


def test_a_link_has_expired_once_the_meeting_began(client, booked):
    past = timezone.now() - timedelta(days=1)
    Meeting.objects.update(starts=past, ends=past + timedelta(minutes=30))
    answers = [client.get(booked[1]), client.post(f"{booked[1]}cancel/")]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert Meeting.objects.get().is_booked


def test_a_link_dies_with_its_lead(client, booked, bd):
    Lead.objects.get().trash(by=bd)
    assert client.get(booked[1]).status_code == 404


def test_a_seller_turns_on_their_page(client, bd, kind, manager):
    client.force_login(bd)
    url = reverse("meetings:booking_page", args=[bd.pk])
    inside = MeetingKind.objects.create(name="Inside", minutes=15)
    data = {"slug": "ben-seller", "is_on": "on", "kinds": [kind.pk]}
    assert client.post(url, data).status_code == 302
    hours_page = client.get(reverse("meetings:hours_of", args=[bd.pk]))
    assert "/book/ben-seller/" in hours_page.content.decode()
    page = client.get("/book/ben-seller/").content.decode()
    assert f'name="kind" value="{kind.pk}"' in page
    assert inside.name not in page


@pytest.mark.parametrize("slug", ["", "a b", "finn"])
def test_an_address_is_of_letters_and_used_once(client, bd, far_booking_page, slug):
    client.force_login(bd)
    url = reverse("meetings:booking_page", args=[bd.pk])
    assert client.post(url, {"slug": slug, "is_on": "on"}).status_code == 422
    assert not BookingPage.objects.filter(person=bd).exists()
