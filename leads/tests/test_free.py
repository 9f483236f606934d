"""Free times: hours, absences and meetings in, instants out; right when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.free import QUARTER, Timetable, on_quarter, quarters

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",  # five and a half hours
    "Asia/Kathmandu",  # five and three quarters
    "Australia/Lord_Howe",  # changes by half an hour
    "America/St_Johns",
    "Pacific/Apia",
    "UTC",
]
OFFICE = {day: [(9 * 60, 17 * 60)] for day in range(5)}


def at(text, zone="UTC"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def table(zone="Europe/Berlin", hours=OFFICE, **fields):
    return Timetable(zone=ZoneInfo(zone), hours=hours, **fields)


def local(starts, zone):
    return [f"{start.astimezone(ZoneInfo(zone)):%d %H:%M}" for start in starts]


def test_a_day_of_nine_to_five_has_room_until_half_past_four():
    free = table().free(at("2026-11-23T00:00"), at("2026-11-24T00:00"), 30)
    assert local(free, "Europe/Berlin")[0] == "23 09:00"
    assert (local(free, "Europe/Berlin")[-1], len(free)) == ("23 16:30", 31)


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("Europe/Berlin", "2027-03-27", "2027-03-29"),
        ("Europe/Berlin", "2026-10-24", "2026-10-26"),
        ("America/New_York", "2027-03-13", "2027-03-15"),
        ("America/New_York", "2026-10-31", "2026-11-02"),
        ("Australia/Lord_Howe", "2026-10-03", "2026-10-05"),
    ],
)
def test_nine_stays_nine_when_clocks_change(zone, before, after):
    every_day = {day: [(540, 600)] for day in range(7)}
    start, end = at(f"{before}T00:00", zone), at(f"{after}T23:00", zone)
    free = table(zone, every_day).free(start, end, 60)
    assert {mark[3:] for mark in local(free, zone)} == {"09:00"}
    assert len(free) == 3


def test_the_hour_that_spring_skips_is_nobodys():
    nights = {6: [(60, 240)]}  # one to four
    day = at("2027-03-28T00:00", "Europe/Berlin")
    free = table(hours=nights).free(day, day + timedelta(hours=12), 15)
    assert len(free) == 2 * 4


def test_the_hour_that_autumn_repeats_is_worked_twice():
    nights = {6: [(60, 240)]}
    day = at("2026-10-25T00:00", "Europe/Berlin")
    free = table(hours=nights).free(day, day + timedelta(hours=12), 15)
    assert len(free) == 4 * 4


def test_a_meeting_over_the_change_lasts_as_long_as_it_says():
    nights = {6: [(60, 240)]}
    day = at("2027-03-28T00:00", "Europe/Berlin")
    free = table(hours=nights).free(day, day + timedelta(hours=12), 120)
    assert local(free, "Europe/Berlin") == ["28 01:00"]


def test_hours_of_a_zone_with_three_quarters():
    free = table("Asia/Kathmandu", {0: [(540, 570)]}).free(
        at("2026-11-22T12:00"), at("2026-11-24T00:00"), 30
    )
    assert free == [at("2026-11-23T03:15")]


def test_buffers_keep_their_distance_on_both_sides():
    noon = at("2026-11-23T11:00")
    busy = [(noon, noon + timedelta(hours=1))]
    narrow = table(busy=busy, before=15, after=30)
    free = narrow.free(at("2026-11-23T00:00"), at("2026-11-24T00:00"), 60)
    gone = [
        t
        for t in free
        if noon - timedelta(minutes=90) < t < noon + timedelta(minutes=90)
    ]
    assert gone == []
    assert {noon - timedelta(minutes=90), noon + timedelta(minutes=90)} <= set(free)


def test_days_away_are_the_days_of_the_host():
    away = [(date(2026, 11, 23), date(2026, 11, 24))]
    free = table(away=away).free(at("2026-11-22T00:00"), at("2026-11-28T00:00"), 60)
    assert {mark[:2] for mark in local(free, "Europe/Berlin")} == {"25", "26", "27"}


def test_who_has_no_hours_has_no_free_times():
    assert (
        table(hours={}).free(at("2026-11-23T00:00"), at("2026-11-30T00:00"), 15) == []
    )


@pytest.mark.parametrize("minutes", [0, -15, 20])
def test_a_length_that_is_no_quarter_is_refused(minutes):
    with pytest.raises(ValueError, match="quarters"):
        table().free(at("2026-11-23T00:00"), at("2026-11-24T00:00"), minutes)


spans = st.integers(0, 90).flatmap(
    lambda start: st.integers(start + 1, 96).map(lambda end: (start * 15, end * 15))
)
weeks = st.dictionaries(st.integers(0, 6), st.lists(spans, max_size=2), min_size=1)
# Around the days on which Berlin, New York and Lord Howe change their clocks.
changes = st.sampled_from(
    [
        date(2027, 3, 28),
        date(2026, 10, 25),
        date(2027, 3, 14),
        date(2026, 11, 1),
        date(2026, 10, 4),
    ]
)
offsets = st.integers(-200, 200).map(lambda n: n * QUARTER)
busies = st.lists(st.tuples(offsets, st.integers(1, 24)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    week=weeks,
    day=changes,
    busy=busies,
    before=st.sampled_from([0, 15, 30]),
    after=st.sampled_from([0, 15, 45]),
    minutes=st.sampled_from([15, 30, 60, 90]),
)
def test_what_is_free_is_worked_and_unbooked_and_nothing_is_left_out(
    zone, week, day, busy, before, after, minutes
):
    noon = datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=12)
    taken = [(noon + o, noon + o + n * QUARTER) for o, n in busy]
    subject = table(zone, week, busy=taken, before=before, after=after)
    start, end = noon - timedelta(days=1), noon + timedelta(days=1)
    found = set(subject.free(start, end, minutes))
    length, gap = timedelta(minutes=minutes), timedelta(minutes=max(before, after))

    def worked(moment):  # by the minutes of the wall clock, one after the other
        wall = moment.astimezone(ZoneInfo(zone))
        return any(
            a <= wall.hour * 60 + wall.minute < b
            for a, b in week.get(wall.weekday(), [])
        )

    def expected(moment):
        steps = [moment + timedelta(minutes=5 * n) for n in range(minutes // 5)]
        apart = all(moment + length + gap <= b or e + gap <= moment for b, e in taken)
        return apart and all(map(worked, steps))

    assert found == {q for q in quarters(start, end) if expected(q)}


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_quarters_begin_at_or_after_the_start(moment):
    first = next(quarters(moment, moment + timedelta(hours=1)))
    assert moment <= first < moment + QUARTER
    assert on_quarter(first)
