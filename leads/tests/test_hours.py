"""Working hours and absences: typed as people write them, set by those who may."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from leads.hours_forms import read_hours
from leads.models import Absence, MeetingRules, WorkHours
from tests.cast.meetings import at_ten

pytestmark = pytest.mark.django_db


def page_of(person):
    return reverse("meetings:hours_of", args=[person.pk])


def typed(**days):
    return {"before": "15", "after": "0", "day_0": "9-12:30, 13:30–17", **days}


def test_one_sets_ones_own_week(client, bd):
    client.force_login(bd)
    client.post(page_of(bd), typed(day_4="09:00-13:00"))
    assert WorkHours.week_of(bd) == {0: [(540, 750), (810, 1020)], 4: [(540, 780)]}
    assert MeetingRules.of(bd).before == 15


def test_a_manager_sets_their_peoples_and_they_hear_of_it(client, manager, bd):
    client.force_login(manager)
    client.post(page_of(bd), typed())
    assert WorkHours.week_of(bd)
    assert bd.notifications.get().event.kind == "hours.changed"


def test_an_unchanged_week_is_no_event(client, manager, bd):
    client.force_login(manager)
    client.post(page_of(bd), typed())
    client.post(page_of(bd), typed())
    assert bd.notifications.count() == 1


def test_a_colleague_may_not(client, other_bd, bd):
    client.force_login(other_bd)
    assert client.post(page_of(bd), typed()).status_code == 404
    assert not WorkHours.week_of(bd)


@pytest.mark.parametrize(
    "text",
    ["nine to five", "17-9", "9-25", "9:10-12", "9-12, 11-14", "9-9", "09:60-10", "9"],
)
def test_hours_that_cannot_be_are_said(client, bd, text):
    client.force_login(bd)
    answer = client.post(page_of(bd), typed(day_2=text))
    assert answer.status_code == 422
    assert f'value="{text}"' in answer.content.decode()
    assert not WorkHours.week_of(bd)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("9-17", [(540, 1020)]),
        ("09.00 – 12.30; 13:30 to 17", [(540, 750), (810, 1020)]),
        ("0-24", [(0, 1440)]),
        ("13-17,9-12", [(540, 720), (780, 1020)]),
    ],
)
def test_hours_are_read_as_people_write_them(text, spans):
    assert read_hours(text) == spans


def test_hours_need_an_end():
    with pytest.raises(ValidationError):
        read_hours("9-")


def away(days=3, **changes):
    day = timezone.localdate(at_ten(days)).isoformat()
    return {"kind": "holiday", "first": day, "last": day, **changes}


def test_an_absence_warns_of_the_meetings_in_it(client, bd, meeting):
    client.force_login(bd)
    url = reverse("meetings:absence_enter", args=[bd.pk])
    page = client.post(url, away(), follow=True).content.decode()
    assert "1 meeting lies in it" in page
    assert Absence.objects.get().person == bd


def test_an_absence_is_taken_back(client, manager, bd, absence):
    client.force_login(manager)
    client.post(reverse("meetings:absence_withdraw", args=[absence.pk]))
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"last": "2020-01-01"}, {"first": ""}, {"kind": "war"}, {"note": "x" * 201}],
)
def test_an_absence_that_cannot_be_is_said(client, bd, wrong):
    client.force_login(bd)
    url = reverse("meetings:absence_enter", args=[bd.pk])
    assert client.post(url, away(**wrong)).status_code == 422
    assert not Absence.objects.exists()


def test_a_kind_lasts_quarters_of_an_hour(client, admin, meeting_kind):
    client.force_login(admin)
    url = reverse("meetings:kind_edit", args=[meeting_kind.pk])
    values = {"name": "Talk", "minutes": 20, "position": 1}
    assert client.post(url, values).status_code == 422
    assert client.post(url, values | {"minutes": 45}).status_code == 302
    meeting_kind.refresh_from_db()
    assert meeting_kind.minutes == 45
