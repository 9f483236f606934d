"""Week and month: whose meetings, on which day, in whose zone."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import Absence, Meeting
from tests.cast.meetings import at_ten, meeting_of

pytestmark = pytest.mark.django_db
WEEK, MONTH = reverse("meetings:week"), reverse("meetings:month")


def shown(client, user, url=WEEK, **query):
    client.force_login(user)
    query = {"day": at_ten().date().isoformat()} | query
    return client.get(url, query).content.decode()


@pytest.mark.parametrize("url", [WEEK, MONTH])
def test_my_meetings_are_there_with_their_time(client, bd, meeting, url):
    page = shown(client, bd, url)
    assert meeting.title in page
    assert "10:00" in page


@pytest.mark.parametrize("url", [WEEK, MONTH])
def test_a_colleague_is_seen_as_busy_only(client, bd, other_bd, meeting, url):
    page = shown(client, other_bd, url, who=bd.pk)
    assert ("Busy" in page, "10:00–10:30" in page) == (True, True)
    assert meeting.title not in page
    assert meeting.lead.name not in page


def test_a_manager_sees_the_department_and_no_other(
    client, manager, meeting, far_meeting
):
    page = shown(client, manager)
    assert meeting.title in page
    assert far_meeting.title not in page


def test_an_admin_sees_all(client, admin, meeting, far_meeting):
    page = shown(client, admin)
    assert meeting.title in page
    assert far_meeting.title in page


def test_a_person_of_another_department_is_not_found(client, bd, far_bd):
    client.force_login(bd)
    assert client.get(WEEK, {"who": far_bd.pk}).status_code == 404


def test_cancelled_ones_are_gone(client, bd, meeting):
    meeting.cancel(by=bd)
    assert meeting.title not in shown(client, bd)


def test_times_are_those_of_the_reader(client, bd, meeting):
    bd.zone = "Asia/Kathmandu"
    bd.save(update_fields=["zone"])
    page = shown(client, bd)
    assert "15:45–16:15" in page
    assert "Times in Asia/Kathmandu" in page


def test_a_meeting_over_midnight_stands_on_both_days(client, bd):
    starts = at_ten().replace(hour=23, minute=30)
    row = Meeting(
        title="Night shift", host=bd, starts=starts, ends=starts + timedelta(hours=1)
    )
    row.book(by=bd, anyway=True)
    found = sum(
        shown(client, bd, day=d.isoformat()).count("Night shift") for d in weeks(starts)
    )
    assert found == 2


def weeks(moment):
    """A day of each week that the meeting touches."""
    days = [moment.date(), (moment + timedelta(hours=1)).date()]
    return {day - timedelta(days=day.weekday()) for day in days}


def test_the_reason_of_an_absence_is_for_oneself_and_those_above(
    client, bd, other_bd, manager
):
    day = at_ten().date()
    Absence.objects.create(person=bd, kind="sick", first=day, last=day)
    assert "Sick" in shown(client, bd)
    assert "Sick" in shown(client, manager, who=bd.pk)
    assert "Sick" not in shown(client, other_bd, who=bd.pk)
    assert "Away" in shown(client, other_bd, who=bd.pk)


@pytest.mark.parametrize(
    "day", ["", "x", "2026-02-30", "0001-01-01", "9999-12-31", "-1"]
)
@pytest.mark.parametrize("url", [WEEK, MONTH])
def test_an_odd_day_is_today(client, bd, url, day):
    client.force_login(bd)
    page = client.get(url, {"day": day})
    assert page.context["view"].day == timezone.localdate()


@pytest.mark.parametrize(
    ("url", "day"),
    [
        (WEEK, "2027-03-28"),
        (WEEK, "2026-10-25"),
        (MONTH, "2027-03-28"),
        (MONTH, "2026-10-01"),
    ],
)
def test_weeks_in_which_clocks_change_have_their_days(client, bd, url, day):
    bd.zone = "Europe/Berlin"
    bd.save(update_fields=["zone"])
    client.force_login(bd)
    grid = client.get(url, {"day": day}).context["grid"]
    days = grid.get("days") or [d for week in grid["weeks"] for d in week]
    assert all(
        b.date - a.date == timedelta(days=1)
        for a, b in zip(days, days[1:], strict=False)
    )
    assert date.fromisoformat(day) in {d.date for d in days} or url == WEEK


def test_a_part_is_swapped_without_the_frame(client, bd):
    client.force_login(bd)
    part = client.get(WEEK, headers={"hx-request": "true"}).content.decode()
    assert part.startswith("<div") or 'id="calendar"' in part
    assert "<html" not in part


def test_who_has_no_hours_is_told(client, bd):
    assert "You have set no working hours yet" in shown(client, bd)


@pytest.mark.parametrize("url", [WEEK, MONTH])
def test_the_number_of_queries_does_not_grow(
    client, manager, lead, url, django_assert_max_num_queries
):
    for n in range(12):
        starts = at_ten() + timedelta(minutes=30 * n)
        row = Meeting(title=f"M{n}", lead=lead, host=lead.owner, starts=starts)
        row.ends = starts + timedelta(minutes=30)
        row.book(by=lead.owner, anyway=True)
    client.force_login(manager)
    client.get(url)
    with django_assert_max_num_queries(10):
        client.get(url, {"day": at_ten().date().isoformat()})


def test_lead_and_client_name_their_meetings(client, bd, meeting):
    client.force_login(bd)
    about_lead = f"{reverse('meetings:book')}?lead={meeting.lead_id}"
    page = client.get(meeting.lead.get_absolute_url()).content.decode()
    assert (meeting.title in page, about_lead in page) == (True, True)
    assert (
        meeting.title in client.get(meeting.client.get_absolute_url()).content.decode()
    )


def test_the_meetings_of_today(bd, lead):
    starts = timezone.now().replace(hour=23, minute=45, second=0, microsecond=0)
    starts += timedelta(days=1)
    row = Meeting.objects.create(
        title="x", host=bd, starts=starts, ends=starts + timedelta(minutes=15)
    )
    later = meeting_of(lead)
    tomorrow = Meeting.objects.visible_to(bd).between(
        starts, starts + timedelta(hours=1)
    )
    assert list(tomorrow) == [row]
    assert later not in Meeting.objects.visible_to(bd).today()
