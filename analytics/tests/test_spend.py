"""What a lead and a win cost: whose, of when, in which currency."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Medium
from crm.lib.dates import months_before
from leads.models import Lead, Spend, Stage

URL = reverse("analytics:spend")


@pytest.fixture
def spent(manager, medium):
    """What the manager's department spends this month, and leads that came."""

    def call(amount, *, leads=0, won=0, currency="EUR", medium=medium, month=None):
        month = month or timezone.localdate().replace(day=1)
        if amount:
            key = {"medium": medium, "month": month, "currency": currency}
            Spend.enter(amount, department=manager.department, **key)
        for n in range(leads):
            kind = "won" if n < won else "open"
            Lead.objects.create(
                name="A wish",
                department=manager.department,
                medium=medium,
                stage=Stage.first_of(kind),
                state=kind,
                value=1000,
                currency=currency,
            )

    return call


def report(client, person, **query):
    client.force_login(person)
    return client.get(URL, query).context["report"]


def test_cost_per_lead_and_per_win(client, manager, medium, spent):
    spent(600, leads=4, won=2)
    spent(50, leads=1, medium=Medium.objects.last())
    found = report(client, manager)
    line = found.lines[0]
    assert (line.label, line.spend_text) == (medium.name, "€600")
    assert (line.per_lead, line.per_win, line.value_text) == ("€150", "€300", "€2,000")
    assert found.lines[1].per_win == ""
    assert (found.total.per_lead, found.total.per_win) == ("€130", "€325")


def test_a_medium_that_cost_nothing_makes_no_other_look_cheap(client, manager, spent):
    spent(600, leads=2)
    spent(0, leads=50, medium=Medium.objects.last())
    found = report(client, manager)
    assert found.total.per_lead == "€300"
    assert len(found.lines) == 2


def test_currencies_stay_apart(client, manager, spent):
    spent(600, leads=2, won=1)
    spent(90, leads=1, won=1, currency="USD")
    found = report(client, manager)
    assert (found.total.spend_text, found.total.value_text) == ("€600", "€1,000")
    assert "USD is not in these figures" in found.elsewhere
    assert report(client, manager, currency="USD").total.spend_text == "$90"


def test_every_figure_opens_its_list(client, manager, spent):
    spent(600, leads=4, won=2)
    spent(0, leads=1, medium=None)
    for line in report(client, manager).lines:
        assert client.get(line.leads_url).context["page"].count == line.leads
        assert client.get(line.won_url).context["page"].count == line.won
    line = report(client, manager).lines[0]
    assert client.get(line.spend_url).context["page"].count == 1


def test_a_manager_counts_the_department_alone(
    client, manager, admin, far_manager, medium, spent, far_lead
):
    spent(600, leads=4)
    month = timezone.localdate().replace(day=1)
    Spend.enter(70, medium=medium, month=month, currency="EUR", department=None)
    assert report(client, manager).total.spend == 600
    assert report(client, far_manager).total.spend == 0
    assert report(client, admin).total.spend == 670


def test_only_the_months_asked_for_count(client, manager, spent):
    long_ago = months_before(timezone.localdate(), 30)
    spent(600, month=long_ago)
    spent(5)
    asked = f"{long_ago:%Y-%m}"
    assert report(client, manager).total.spend == 5
    assert report(client, manager, first=asked, last=asked).total.spend == 600
    assert report(client, manager, first="x", last="1500-01").total.spend == 5
    both = report(client, manager, first="2099-01", last=asked)
    assert (both.first, both.last) == (date(2089, 2, 1), date(2099, 1, 1))


def test_without_spend_it_says_so(client, manager, lead):
    client.force_login(manager)
    page = client.get(URL).content.decode()
    assert "No spend is entered for these months." in page


def test_it_costs_few_queries(client, manager, spent, django_assert_max_num_queries):
    spent(600, leads=4, won=2)
    client.force_login(manager)
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL)
