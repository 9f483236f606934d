"""k is found where groups are, and refused where there are none."""

import csv
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import silhouette_score

from analytics.mining.choose import (
    NO_STRUCTURE,
    STRUCTURE,
    TOO_FEW,
    choose_k,
    silhouette,
)
from analytics.mining.cut import cut_k
from analytics.mining.distinct import distinct
from analytics.mining.sphere import to_vectors
from analytics.mining.tree import ward_tree

REAL = Path(__file__).resolve().parents[3] / "shared/data/olist_orders_sample3k"


def groups(k, n=150, seed=0):
    turn = 2 * np.pi * np.arange(k) / k
    center = 3 * k * np.column_stack([np.cos(turn), np.sin(turn)])
    return center[np.arange(n) % k] + np.random.default_rng(seed).normal(size=(n, 2))


@pytest.mark.parametrize("k", [2, 5, 9])
def test_planted_groups_are_counted(k):
    choice = choose_k(groups(k))
    assert (choice.k, choice.reason) == (k, STRUCTURE)
    assert choice.stability > 0.95
    assert choice.silhouette > choice.reference


@pytest.mark.parametrize("d", [2, 5])
def test_no_structure_is_a_result(d):
    choice = choose_k(np.random.default_rng(d).normal(size=(200, d)))
    assert (choice.k, choice.reason) == (1, NO_STRUCTURE)
    assert len(choice.silhouettes) == 11


def test_heavy_places_spread_evenly_are_no_structure():
    rng = np.random.default_rng(3)
    choice = choose_k(rng.uniform(size=(200, 2)), rng.pareto(1, 200) + 1)
    assert choice.k == 1


def test_too_few_places_are_a_result():
    choice = choose_k(np.repeat(groups(5, 5), 40, axis=0))
    assert (choice.k, choice.reason, choice.distinct) == (1, TOO_FEW, 5)
    assert choose_k([[1.0, 2.0]]).reason == TOO_FEW


def test_row_order_changes_nothing():
    points, rng = groups(4), np.random.default_rng(1)
    weights, moved = rng.integers(1, 9, 150), rng.permutation(150)
    assert choose_k(points, weights) == choose_k(points[moved], weights[moved])


def test_row_order_changes_nothing_in_a_sample():
    points, moved = groups(3, 3000), np.random.default_rng(1).permutation(3000)
    assert choose_k(points, ks=[3, 4]) == choose_k(points[moved], ks=[3, 4])


def test_repeated_rows_are_weights():
    points, times = groups(3, 90), np.arange(90) % 4 + 1
    assert choose_k(np.repeat(points, times, axis=0)) == choose_k(points, times)


def test_the_unit_changes_nothing():
    assert choose_k(1024 * groups(4)) == choose_k(groups(4))


def test_a_known_tree_is_used():
    points = groups(4)
    assert choose_k(points, tree=ward_tree(points)) == choose_k(points)


def test_the_silhouette_is_that_of_scikit_learn():
    points = groups(4, 200)
    labels = cut_k(ward_tree(points), 6)
    ours = silhouette(points, labels, np.ones(200))
    assert ours == pytest.approx(silhouette_score(points, labels))


def test_a_place_alone_scores_0_however_heavy():
    points, labels = np.array([[0.0], [1.0], [9.0]]), np.array([0, 1, 2])
    assert silhouette(points, labels, np.array([1.0, 50, 9])) == 0


def test_nan_is_refused():
    with pytest.raises(ValueError, match="finite"):
        choose_k([[np.nan, 1.0]] * 8)


def real_places():
    if not REAL.exists():
        pytest.skip("the Olist sample does not lie beside this repository")
    with (REAL / "olist_geolocation_dataset.csv").open(newline="") as file:
        rows = [
            (float(r["geolocation_lat"]), float(r["geolocation_lng"]))
            for r in csv.DictReader(file)
        ]
    return to_vectors(*np.array(rows).T)


def test_real_places_have_stable_areas():
    choice = choose_k(real_places())
    assert choice.reason == STRUCTURE
    assert choice.stability > 0.7


def test_the_tree_of_real_places_has_one_merge_per_row():
    places = real_places()
    tree = ward_tree(places)
    assert len(tree) == len(places) - 1
    assert (tree[:, 2] == 0).sum() >= len(places) - len(distinct(places).points)
    assert (np.diff(tree[:, 2]) >= 0).all()
