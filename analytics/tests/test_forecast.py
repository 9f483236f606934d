"""The forecast: what weighs how much, for whom, and what a month brought of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.places import place_for
from analytics import forecasting
from analytics.forecasting import rates_of
from analytics.models import Forecast, StageRate
from crm.lib.dates import months_before, next_month
from leads.expected import expected_in
from leads.models import Lead, Stage

URL = reverse("analytics:forecast")


@pytest.fixture
def stages(setup_rows):
    return list(Stage.objects.filter(kind="open").order_by("position"))


@pytest.fixture
def make(bd, stages):
    """Leads that went through the stages up to a depth, a day each."""

    def call(n, *, depth=0, state="open", owner=bd, days=0, **fields):
        began = timezone.now() - timedelta(days=days)
        rows = []
        for _number in range(n):
            lead = Lead(
                name="A wish", owner=owner, department=owner.department, **fields
            )
            for step, stage in enumerate(stages[: depth + 1]):
                lead.stage, lead.stage_since = stage, began + timedelta(days=step)
                lead._history_date = lead.stage_since
                lead.save()
            if state != "open":
                lead.stage, lead.state = Stage.first_of(state), state
                lead.closed = lead.stage_since = began + timedelta(days=depth + 20)
                lead._history_date = lead.closed
                lead.save()
            rows.append(lead)
        return rows

    return call


def line(page, stage):
    found = page.context["report"].per_stage
    return next(row for row in found if row.label == stage.name)


def test_a_lead_weighs_what_its_stage_converted(client, make, bd, stages):
    make(30, depth=2, state="won", days=60)
    make(10, depth=2, state="lost", days=60)
    make(40, depth=0, state="lost", days=60)
    make(1, depth=2, value=1000)
    make(1, depth=0, value=1000)
    forecasting.count_stages()
    client.force_login(bd)
    page = client.get(URL)
    overall = Decimal(30) / 80
    overall = (30 + 10 * overall) / 90
    assert line(page, stages[0]).counts == "30 of 80"
    assert line(page, stages[2]).counts == "30 of 40"
    later = (30 + 10 * overall) / Decimal(50)
    assert line(page, stages[2]).weighted == pytest.approx(1000 * later)
    assert line(page, stages[0]).weighted < line(page, stages[2]).weighted


def test_small_numbers_shrink_to_the_overall_share():
    rates = rates_of({None: (50, 50), 1: (1, 0), 2: (400, 0)}, (50, 50))
    assert rates.of(1) == pytest.approx(Decimal(6) / 11)
    assert rates.of(2) > Decimal("0.98")
    assert rates.of(3) == Decimal("0.5")
    assert rates_of({}, (0, 0)).overall is None


def test_nothing_weighs_while_no_lead_is_closed(client, make, bd):
    make(1, value=1000)
    forecasting.count_stages()
    client.force_login(bd)
    page = client.get(URL).content.decode()
    assert "cannot be weighted yet" in page


def test_two_currencies_are_never_one_sum(client, make, bd):
    make(2, value=100)
    make(1, value=5000, currency="USD")
    client.force_login(bd)
    report = client.get(URL).context["report"]
    assert (report.currency, report.total.value) == ("EUR", 200)
    report = client.get(URL, {"currency": "USD"}).context["report"]
    assert (report.currency, report.total.value) == ("USD", 5000)
    assert client.get(URL, {"currency": "☃"}).context["report"].currency == "EUR"


def test_everybody_sees_their_own(client, make, bd, other_bd, far_bd, manager, admin):
    make(1, value=1)
    make(1, value=10, owner=other_bd)
    make(1, value=100, owner=far_bd, state="lost")
    make(1, value=100, owner=far_bd)
    forecasting.count_stages()
    seen = {}
    for person in (bd, manager, admin):
        client.force_login(person)
        report = client.get(URL).context["report"]
        seen[person] = (report.total.value, report.rates.counts.get(None, (0, 0)))
    assert seen == {bd: (1, (0, 0)), manager: (11, (0, 0)), admin: (111, (0, 1))}


def figures(report):
    """Every figure of the page with the address of its list."""
    names = ("per_stage", "per_month", "per_owner", "per_medium", "per_area")
    return [line for name in names for line in getattr(report, name)]


def test_every_figure_opens_its_list(client, make, manager, stages, medium):
    make(2, value=5, days=400)
    make(1, value=5, depth=1, medium=medium, place=place_for("London"))
    make(1, value=5, currency="USD")
    client.force_login(manager)
    lines = figures(client.get(URL).context["report"])
    assert len(lines) >= 8
    shown = [client.get(line.url).context["page"].count for line in lines]
    assert shown == [line.leads for line in lines]


def test_a_lead_is_expected_when_its_stage_usually_wins(make, stages):
    today = timezone.localdate()
    Stage.objects.filter(pk=stages[0].pk).update(days_to_win=40)
    (late,) = make(1, days=300)
    (fresh,) = make(1)
    coming = (today + timedelta(days=40)).replace(day=1)
    assert list(expected_in(Lead.objects.all(), coming)) == [fresh]
    assert list(expected_in(Lead.objects.all(), today.replace(day=1))) == [late]
    gone = months_before(today, 1)
    assert not expected_in(Lead.objects.all(), gone).exists()


def test_the_forecast_of_a_month_is_kept_once(make, bd, far_bd, stages):
    make(10, state="won", days=30)
    make(1, value=1000, days=300)
    make(1, value=70, days=300, owner=far_bd, currency="USD")
    forecasting.refresh()
    make(1, value=1000, days=300)
    forecasting.refresh()
    (row,) = Forecast.objects.visible_to(bd)
    assert (row.leads, row.value, row.currency) == (1, 1000, "EUR")
    assert 0 < row.weighted <= 1000
    assert Forecast.objects.count() == 2


def test_days_to_a_win_are_those_of_the_wins(make, stages):
    make(90, depth=0, state="won", days=60)
    forecasting.count_stages()
    stages[0].refresh_from_db()
    assert stages[0].days_to_win == 20


def test_a_lead_imported_as_won_says_nothing_of_stages(bd, setup_rows):
    won = Stage.first_of("won")
    Lead.objects.create(name="Old", owner=bd, stage=won, state="won")
    forecasting.count_stages()
    assert [row.stage for row in StageRate.objects.all()] == [None]


def test_months_are_compared_with_what_was_forecast(client, make, bd):
    month = months_before(timezone.localdate(), 1)
    ago = (timezone.localdate() - month).days - 10
    make(1, state="won", days=ago + 20, value=500)
    Forecast.objects.create(
        month=month, owner=bd, currency="EUR", value=0, weighted=1000
    )
    client.force_login(bd)
    page = client.get(URL)
    row = page.context["report"].past[0]
    assert (row["expected"], row["won"]) == (1000, 500)
    assert "50% of what was forecast" in page.content.decode()
    assert client.get(row["url"]).context["page"].count == 1


def test_a_year_of_leads_costs_as_many_queries_as_one(
    client, make, manager, bd, django_assert_max_num_queries
):
    make(1, value=1)
    client.force_login(manager)
    client.get(URL)
    make(5, value=1, depth=1)
    client.force_login(bd)
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL)


def test_a_month_that_is_none_narrows_nothing_and_says_so(client, lead, bd):
    client.force_login(bd)
    page = client.get(reverse("leads:list"), {"expected": "2026-99", "closed": "x"})
    assert page.status_code == 200
    assert page.context["page"].count == 1
    assert "was left out" in page.content.decode()


def test_months_follow_each_other():
    assert next_month(date(2024, 2, 29)) == date(2024, 3, 1)
    assert months_before(date(2024, 3, 31), 13) == date(2023, 2, 1)
