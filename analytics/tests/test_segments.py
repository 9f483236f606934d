"""High, Average and Low by k-means, and the classes made of them."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from analytics.mining import segments as module
from analytics.mining.classes import AVERAGE, BLANK, HIGH, LOW, clients
from analytics.mining.segments import quality, segment, value_segments

T = np.datetime64("2025-06-30")


def firm(n=600, seed=0):
    """Three planted groups of (amount in cents, purchases), a third each."""
    rng = np.random.default_rng(seed)
    truth = np.arange(n) % 3
    amount = np.array([900_000, 60_000, 4_000])[truth] * rng.lognormal(0, 0.2, n)
    return truth, np.column_stack([amount.round(), np.array([60, 12, 2])[truth]])


def plain_kmeans(x, seeds=200):
    """Lloyd from many random starts: the twin the inertia is held against."""
    rng, best = np.random.default_rng(0), np.inf
    for _ in range(seeds):
        center = x[rng.choice(len(x), 3, replace=False)]
        for _ in range(30):
            near = ((x[:, None] - center) ** 2).sum(axis=2).argmin(axis=1)
            center = np.array(
                [
                    x[near == c].mean(axis=0) if (near == c).any() else center[c]
                    for c in range(3)
                ]
            )
        best = min(best, ((x - center[near]) ** 2).sum())
    return best


def test_planted_groups_are_found_and_named_by_their_centroids():
    truth, features = firm()
    got = segment(features)
    assert np.array_equal(got.labels, truth)
    assert (np.diff(got.z_centers.mean(axis=1)) < 0).all()
    np.testing.assert_allclose(got.centers[LOW], features[truth == LOW].mean(axis=0))


def test_the_fit_is_as_good_as_plain_k_means():
    features = np.random.default_rng(1).lognormal(3, 1, size=(40, 2))
    got = segment(features)
    assert got.inertia == pytest.approx(plain_kmeans(got.z), rel=1e-9)


def test_the_logarithm_keeps_one_rich_client_from_being_the_high_cluster():
    _, features = firm(60)
    features[0] = (10**10, 61)
    assert (segment(features, scale="raw").labels == HIGH).sum() == 1
    assert (segment(features).labels == HIGH).sum() == 20


def test_row_order_changes_nothing():
    features = np.random.default_rng(2).lognormal(3, 1, size=(500, 2))
    moved = np.random.default_rng(3).permutation(500)
    a, b = segment(features), segment(features[moved])
    assert np.array_equal(a.labels[moved], b.labels)
    assert np.array_equal(a.centers, b.centers)
    assert (a.inertia, a.silhouette) == (b.inertia, b.silhouette)


def test_repeated_rows_change_nothing():
    features = np.random.default_rng(2).lognormal(3, 1, size=(200, 2))
    a, b = segment(features), segment(np.repeat(features, 3, axis=0))
    assert np.array_equal(np.repeat(a.labels, 3), b.labels)


def test_raw_labels_do_not_depend_on_the_unit():
    _, features = firm()
    a, b = segment(features, scale="raw"), segment(features * [256, 1], scale="raw")
    assert np.array_equal(a.labels, b.labels)


def test_refunds_count_as_nothing_on_the_log_scale():
    got = segment([[-500, 1], [0, 1], [10, 2], [9000, 40]])
    assert got.labels[0] == got.labels[1] == LOW


def test_a_constant_column_becomes_0():
    truth, features = firm()
    features[:, 1] = 7
    got = segment(features)
    assert not got.z[:, 1].any()
    assert adjusted_rand_score(got.labels, truth) == 1


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        ([[5, 5]] * 4, [AVERAGE] * 4),
        ([[5, 5], [9, 9], [5, 5]], [LOW, HIGH, LOW]),
        ([[1, 1], [5, 5], [90, 90]], [LOW, AVERAGE, HIGH]),
        ([[3, 3]], [AVERAGE]),
    ],
)
def test_few_different_clients_are_no_error(rows, labels):
    assert segment(rows).labels.tolist() == labels


def test_many_rows_are_fitted_on_a_sample_with_the_same_result(monkeypatch):
    truth, features = firm(3000)
    whole = segment(features)
    monkeypatch.setattr(module, "FIT_ROWS", 200)
    part = segment(features)
    assert part.sampled
    assert np.array_equal(part.labels, whole.labels)
    assert part.inertia == pytest.approx(whole.inertia)


def test_the_input_is_not_changed():
    _, features = firm()
    before = features.copy()
    segment(features)
    assert np.array_equal(features, before)


@pytest.mark.parametrize("bad", [[[np.nan, 1]], [[-np.inf, 1]], [1, 2], []])
def test_features_that_are_none_are_refused(bad):
    with pytest.raises(ValueError, match="points"):
        segment(bad)


def test_unknown_scales_and_fits_are_refused():
    with pytest.raises(ValueError, match="scale"):
        segment([[1.0]], scale="sqrt")
    with pytest.raises(ValueError, match="fit"):
        value_segments(world(6), T, fit="some")


def world(n=90):
    """Clients of three spending groups, a tenth of them each new and never buying."""
    _, features = firm(n)
    up, last = np.full(n, T - 700), np.full(n, T - 100)
    first = np.full(n, T - 600)
    up[::10] = T - 10
    first[1::10] = last[1::10] = np.datetime64("NaT")
    amount, count = features.astype(int).T
    amount[1::10] = count[1::10] = 0
    return clients(up, first, last, amount, count)


def test_every_client_gets_a_class_and_only_some_are_fitted():
    got = value_segments(world(), T)
    assert sum(got.classes.counts().values()) == 90
    assert got.classes.counts() | {"new": 9, "negative": 9} == got.classes.counts()
    assert len(got.fitted) == got.quality.fitted == 72
    assert (np.delete(got.classes.clusters, got.fitted) == BLANK).all()
    assert got.quality.warnings == ()


def test_the_papers_own_variant_fits_everybody():
    got = value_segments(world(), T, scale="raw", fit="all")
    assert len(got.fitted) == 90
    assert (got.classes.clusters != BLANK).all()
    assert got.classes.counts()["negative"] == 9


def test_recency_is_a_third_feature():
    got = value_segments(world(), T, recency=True, fit="all")
    assert got.segments.centers.shape == (3, 3)


def test_a_firm_nobody_of_which_reaches_the_clusters():
    young = clients([T - 5] * 3, [None] * 3, [None] * 3, [0] * 3, [0] * 3)
    got = value_segments(young, T)
    assert got.segments is None
    assert got.classes.counts()["new"] == 3
    assert np.isnan(got.quality.high_share)


@pytest.mark.parametrize(
    ("high", "revenue", "warnings"),
    [
        (2, 90, ("high_too_small",)),
        (60, 90, ("high_too_large",)),
        (20, 30, ("high_earns_little",)),
        (20, 60, ()),
    ],
)
def test_a_high_cluster_of_no_use_is_said(high, revenue, warnings):
    labels = np.array([HIGH] * high + [AVERAGE] * (99 - high) + [LOW])
    amounts = np.where(labels == HIGH, revenue / high, (100 - revenue) / (100 - high))
    assert quality(labels, amounts).warnings == warnings


def test_fewer_than_three_groups_are_said():
    assert "fewer_groups" in quality([HIGH, LOW, LOW], [60, 20, 20]).warnings
