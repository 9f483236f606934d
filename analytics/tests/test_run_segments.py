"""Value classes from planted purchases, end to end."""

from datetime import timedelta

import pytest

from accounts.models import Client
from analytics.models import Figure, Membership, Run
from analytics.tests.planted import DAY, analyse, buy, client_of, plant_buyers

pytestmark = pytest.mark.django_db


def class_of(name):
    return Client.objects.get(external_id=name).value_class


@pytest.fixture
def buyers(bd):
    plant_buyers(bd)


def test_planted_classes_are_found_and_add_up(buyers):
    run = analyse("segments")
    assert run.result["counts"] == {
        "high_value": 12,
        "most_growth": 1,
        "ordinary": 12,
        "below_average": 13,
        "negative": 1,
        "new": 1,
    }
    assert sum(run.result["counts"].values()) == Client.objects.count()


def test_labels_and_reasons_reach_the_clients(buyers):
    analyse("segments")
    assert [class_of(n) for n in ("B00", "B01", "B02", "asleep", "growing")] == [
        "high_value",
        "ordinary",
        "below_average",
        "below_average",
        "most_growth",
    ]
    reason = Client.objects.get(external_id="B01").value_reason
    assert reason == "5 purchases for €2,500 in the last year: in the Average cluster."


def test_windows_end_before_the_day_and_include_day_90_and_365(buyers, bd):
    edge = client_of(bd, "edge")
    buy(edge, 365, 5000_00)
    buy(edge, 0, 9000_00)
    client_of(bd, "today", signed_up=DAY)
    run = analyse("segments")
    row = run.memberships.get(client=edge)
    assert (row.cents, row.purchases) == (5000_00, 1)
    assert (class_of("new"), class_of("never")) == ("new", "negative")
    assert run.left_out == [
        {"reason": "signed up on or after the reference date", "rows": 1}
    ]


def test_refunds_lower_the_amount_and_count_for_nothing_else(buyers, bd):
    back = client_of(bd, "back")
    buy(back, 200, 100_00)
    buy(back, 10, -40_00)
    only = client_of(bd, "only refund")
    buy(only, 10, -5_00)
    run = analyse("segments")
    row = run.memberships.get(client=back)
    assert (row.cents, row.purchases, row.cluster) == (60_00, 1, "low")
    assert class_of("only refund") == "negative"


def test_a_missing_sign_up_is_the_first_purchase_or_left_out(buyers, bd):
    buy(client_of(bd, "guessed", signed_up=None), 300, 50_00)
    client_of(bd, "blank", signed_up=None)
    run = analyse("segments")
    row = run.memberships.get(client__external_id="guessed")
    assert row.estimated
    assert row.signed_up == DAY - timedelta(300)
    assert "estimated from the first purchase" in row.reason
    assert run.left_out[0]["rows"] == 1
    assert class_of("blank") == ""


def test_other_currencies_count_by_day_and_are_never_added(buyers, bd):
    mixed = client_of(bd, "mixed")
    buy(mixed, 120, 100_00)
    buy(mixed, 110, 7_000_00, "USD")
    run = analyse("segments")
    row = run.memberships.get(client=mixed)
    assert (row.cents, row.purchases, run.currency) == (100_00, 2, "EUR")
    assert run.quality["currencies"] == {"USD": 1}


def test_figures_add_up_to_the_members(buyers):
    run = analyse("segments")
    for code, count in run.result["counts"].items():
        rows = Figure.objects.filter(run=run, value_class=code)
        assert sum(r.clients for r in rows) == count
    members = run.memberships.all()
    assert sum(f.cents for f in run.figures.all()) == sum(m.cents for m in members)


def test_row_order_changes_nothing(bd):
    plant_buyers(bd)
    first = analyse("segments")
    found = dict(first.memberships.values_list("client__external_id", "value_class"))
    Client.objects.all().delete()
    plant_buyers(bd, turned=True)
    second = analyse("segments")
    again = dict(second.memberships.values_list("client__external_id", "value_class"))
    assert found == again
    assert first.quality["inertia"] == second.quality["inertia"]


def test_both_ways_of_scaling_stand_side_by_side(buyers):
    run = analyse("segments", params={"scale": "raw", "fit": "all"})
    assert run.result["scale"] == "raw"
    assert [v["scale"] for v in run.quality["variants"]] == ["raw", "log"]
    assert run.memberships.exclude(cluster="").count() == Client.objects.count()


def test_too_few_clients_is_an_answer(bd):
    buy(client_of(bd, "one"), 10, 5_00)
    run = analyse("segments")
    assert run.result["lack"] == {"code": "segments", "found": 1, "needed": 30}
    assert not Membership.objects.exists()


def test_equal_clients_are_an_answer_too(bd):
    for number in range(30):
        buy(client_of(bd, f"E{number}"), 200, 100_00)
    run = analyse("segments")
    assert run.result["counts"]["ordinary"] == 30
    assert "fewer_groups" in run.quality["warnings"]


def test_clients_in_the_trash_do_not_exist(buyers):
    Client.objects.filter(external_id="B00").update(trashed="2026-01-01T00:00Z")
    assert analyse("segments").rows_read == 39


def test_no_purchases_at_all_is_an_answer(bd):
    for number in range(30):
        client_of(bd, f"N{number}")
    run = analyse("segments")
    assert run.result["counts"]["negative"] == 30
    assert Run.objects.current("segments") == run
