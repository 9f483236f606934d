"""Meetings, the hours and absences around them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.lib.links import signed
from leads.models import (
    Absence,
    BookingPage,
    Meeting,
    MeetingGuest,
    MeetingKind,
    WorkHours,
)
from leads.models.meeting_rows import LINK


def at_ten(days=3):
    """Ten o'clock UTC, some days from now: a time that is still to come."""
    day = timezone.now() + timedelta(days=days)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)


def nine_to_five(person):
    """The person works every day of the week."""
    rows = [
        WorkHours(person=person, weekday=day, starts=540, ends=1020) for day in range(7)
    ]
    return WorkHours.objects.bulk_create(rows)


def meeting_of(lead):
    starts = at_ten()
    row = Meeting(
        title=f"Talk about {lead.name}",
        lead=lead,
        host=lead.owner,
        starts=starts,
        ends=starts + timedelta(minutes=30),
    )
    return row.book(by=lead.owner, guests=[MeetingGuest.of_lead(lead)], anyway=True)


@pytest.fixture
def meeting(lead):
    return meeting_of(lead)


@pytest.fixture
def far_meeting(far_lead):
    return meeting_of(far_lead)


def client_meeting_of(client):
    starts = at_ten(4)
    row = Meeting(
        title=f"Talk with {client.name}",
        client=client,
        host=client.owner,
        starts=starts,
        ends=starts + timedelta(minutes=30),
    )
    return row.book(by=client.owner, anyway=True)


@pytest.fixture
def client_meeting(customer):
    return client_meeting_of(customer)


@pytest.fixture
def far_client_meeting(far_customer):
    return client_meeting_of(far_customer)


@pytest.fixture
def hours(bd):
    return nine_to_five(bd)


@pytest.fixture
def meeting_kind(db):
    return MeetingKind.objects.create(name="Short talk", minutes=30)


@pytest.fixture
def booking_page(bd):
    return BookingPage.objects.create(person=bd, slug="ben", is_on=True)


@pytest.fixture
def far_booking_page(far_bd):
    return BookingPage.objects.create(person=far_bd, slug="finn", is_on=True)


@pytest.fixture
def meeting_link(client_meeting):
    return signed(client_meeting.pk, LINK)


@pytest.fixture
def far_meeting_link(far_client_meeting):
    return signed(far_client_meeting.pk, LINK)


def absence_of(person):
    day = timezone.localdate() + timedelta(days=20)
    return Absence.objects.create(person=person, kind="sick", first=day, last=day)


@pytest.fixture
def absence(colleague):
    return absence_of(colleague)


@pytest.fixture
def far_absence(far_colleague):
    return absence_of(far_colleague)
