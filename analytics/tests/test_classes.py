"""The six value classes: which rule holds first, at its very day."""

import numpy as np
import pytest

from analytics.mining.classes import (
    AVERAGE,
    BLANK,
    CLASSES,
    HIGH,
    LOW,
    classify,
    clients,
    reaches_clusters,
)

T = np.datetime64("2025-06-30")


def ago(days):
    return None if days is None else T - days


def one(signed_up, first=None, last=None, amount=0, purchases=0, cluster=BLANK):
    """Classify one client; days are counted back from T."""
    given = clients([ago(signed_up)], [ago(first)], [ago(last)], [amount], [purchases])
    got = classify(given, T, [cluster])
    name = CLASSES[got.codes[0]] if got.codes[0] >= 0 else None
    return name, got.reason(0)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((90,), ("new", "new_without_purchase")),
        ((1, 1, 1), ("new", "new_with_purchase")),
        ((90, 900, 900), ("new", "new_with_purchase")),
        ((91,), ("negative", "never_bought")),
        ((91, 200, 200), ("negative", "never_bought")),
        ((400, 90, 1), ("most_growth", "first_bought_lately")),
        ((400, 366, 366), ("below_average", "dormant")),
        ((None, 366, 366), ("below_average", "dormant")),
        ((None, 90, 90), ("new", "new_with_purchase")),
        ((None,), (None, "no_dates")),
        ((0,), (None, "not_yet_signed_up")),
        ((-5, 30, 30), (None, "not_yet_signed_up")),
    ],
)
def test_dates_decide(days, expected):
    name, reason = one(*days)
    assert (name, reason.code) == expected


@pytest.mark.parametrize(
    ("cluster", "expected"),
    [
        (HIGH, ("high_value", "high_cluster")),
        (AVERAGE, ("ordinary", "average_cluster")),
        (LOW, ("below_average", "low_cluster")),
    ],
)
def test_the_cluster_decides_the_rest(cluster, expected):
    name, reason = one(400, 91, 91, 5000, 1, cluster)
    assert (name, reason.code) == expected


def test_a_purchase_365_days_ago_is_not_dormant():
    assert one(400, 365, 365, 5000, 1, LOW)[1].code == "low_cluster"


def test_a_purchase_before_sign_up_alone_is_never_bought_since():
    assert one(100, 200, 150, 5000, 2)[0] == "negative"
    assert one(100, 200, 100, 5000, 2, HIGH)[0] == "high_value"


def test_the_reason_carries_the_numbers():
    _, reason = one(400, 300, 7, 12_345, 4, HIGH)
    assert (reason.days_since_sign_up, reason.days_since_first) == (400, 300)
    assert (reason.days_since_last, reason.amount, reason.purchases) == (7, 12_345, 4)
    assert not reason.sign_up_estimated


def test_a_missing_sign_up_is_the_first_purchase_and_marked():
    _, reason = one(None, 300, 200, 100, 1, LOW)
    assert reason.sign_up_estimated
    assert reason.days_since_sign_up == 300


def test_every_client_has_one_class_or_a_reason_to_be_left_out():
    up = [ago(d) for d in (10, 100, 400, 400, None, -1)]
    first = [ago(d) for d in (None, None, 20, 350, None, None)]
    got = classify(
        clients(up, first, first, [0] * 6, [0, 0, 1, 1, 0, 0]),
        T,
        [BLANK] * 3 + [HIGH] + [BLANK] * 2,
    )
    assert sum(got.counts().values()) == 4
    assert got.left_out() == {"no_dates": 1, "not_yet_signed_up": 1}


def test_only_clients_no_date_decides_reach_the_clusters():
    up, first = [ago(400)] * 3, [ago(80), ago(200), ago(380)]
    given = clients(up, first, first, [1, 1, 0], [1, 1, 0])
    assert reaches_clusters(given, T).tolist() == [False, True, False]


def test_a_client_that_reaches_needs_a_cluster():
    given = clients([ago(400)], [ago(200)], [ago(200)], [1], [1])
    with pytest.raises(ValueError, match="has no cluster"):
        classify(given, T, [BLANK])


def test_purchases_after_the_reference_date_are_refused():
    given = clients([ago(400)], [ago(200)], [ago(0)], [1], [1])
    with pytest.raises(ValueError, match="reference date"):
        reaches_clusters(given, T)


@pytest.mark.parametrize(
    "bad",
    [
        (["2024-01-01"], [None], ["2024-01-01"], [1], [1]),
        ([None], ["2024-02-01"], ["2024-01-01"], [1], [1]),
        ([None], [None], [None], [0], [1]),
        ([None], [None], [None], [0.5], [0]),
        ([None], [None], [None], [0, 0], [0]),
    ],
)
def test_figures_that_cannot_be_are_refused(bad):
    with pytest.raises(ValueError, match="purchase|whole|per client"):
        clients(*bad)


def test_the_reference_must_be_a_day():
    with pytest.raises(ValueError, match="one day"):
        reaches_clusters(clients([None], [None], [None], [0], [0]), None)


def test_no_clients_are_no_error():
    got = classify(clients([], [], [], np.empty(0, int), np.empty(0, int)), T, [])
    assert sum(got.counts().values()) == 0
