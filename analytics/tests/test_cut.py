"""Cutting a stored tree: the same clusters as SciPy, canonical labels, no recursion."""

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, leaves_list
from sklearn.metrics import adjusted_rand_score

from analytics.mining.cut import (
    cut_k,
    cut_radius,
    labels_of,
    layout,
    leaf_order,
    nodes_of_k,
    top_merges,
)
from analytics.mining.radii import node_radii
from analytics.mining.sphere import arc_km, centroid, to_vectors
from analytics.mining.tree import ward_tree


@pytest.fixture(scope="module")
def places():
    rng = np.random.default_rng(0)
    return to_vectors(rng.uniform(-60, 75, 800), rng.uniform(-180, 180, 800))


@pytest.fixture(scope="module")
def tree(places):
    return ward_tree(places)


@pytest.fixture(scope="module")
def radii(tree, places):
    return node_radii(tree, places)


def test_leaf_order_is_that_of_scipy(tree):
    assert np.array_equal(leaf_order(tree), leaves_list(tree))


@pytest.mark.parametrize("k", [1, 2, 7, 100, 799, 800])
def test_cut_k_gives_scipys_clusters(tree, k):
    labels = cut_k(tree, k)
    assert sorted(set(labels)) == list(range(k))
    assert adjusted_rand_score(labels, fcluster(tree, k, "maxclust")) == 1.0


def test_label_0_is_the_largest_then_the_lowest_row():
    tree = ward_tree([[9.0], [0.0], [9.1], [0.1], [0.2], [50.0], [50.1]])
    assert cut_k(tree, 3).tolist() == [1, 0, 1, 0, 0, 2, 2]


def test_label_0_is_the_heaviest_with_weights():
    tree = ward_tree([[9.0], [0.0], [9.1], [0.1], [0.2]])
    assert cut_k(tree, 2, weights=[5, 1, 5, 1, 1]).tolist() == [0, 1, 0, 1, 1]


def test_k_out_of_range_is_refused(tree):
    for k in (0, 801):
        with pytest.raises(ValueError, match="between 1 and 800"):
            cut_k(tree, k)


def test_one_row_is_one_cluster():
    tree = ward_tree([[1.0, 2.0]])
    assert cut_k(tree, 1).tolist() == [0]
    assert cut_radius(tree, 5, [0.0]).tolist() == [0]


def test_radii_are_the_longest_arc_from_the_centre(tree, places, radii):
    laid = layout(tree)
    for node in range(800, 1599, 7):
        rows = laid.order[laid.start[node] : laid.start[node] + laid.size[node]]
        longest = arc_km(places[rows], centroid(places[rows])).max()
        assert radii[node] == pytest.approx(longest, abs=1e-6)
    assert not radii[:800].any()


def test_below_the_exact_levels_radii_are_bounds(tree, places, radii, monkeypatch):
    monkeypatch.setattr("analytics.mining.radii.EXACT_LEVELS", 3)
    bound = node_radii(tree, places)
    assert (bound >= radii - 1e-6).all()
    assert (bound == radii).sum() >= 800 + 3
    assert (bound[800:] < 3 * radii[800:] + 1e-6).all()


def test_equal_places_have_radius_0_however_many():
    places = to_vectors(np.full(5000, 52.5), np.full(5000, 13.4))
    assert not node_radii(ward_tree(places), places).any()


def test_cut_radius_keeps_every_place_within_reach(tree, places, radii):
    labels = cut_radius(tree, 900.0, radii)
    sizes = np.bincount(labels)
    assert (np.diff(sizes) <= 0).all()
    for label in range(len(sizes)):
        mine = places[labels == label]
        assert arc_km(mine, centroid(mine)).max() <= 900.0 + 1e-6


def test_cut_radius_stops_as_early_as_it_may(tree, radii):
    labels = cut_radius(tree, 900.0, radii)
    merged_once = {tuple(np.unique(labels[rows_of(tree, n)])) for n in wide(radii)}
    assert all(len(found) > 1 for found in merged_once)


def wide(radii):
    return np.flatnonzero(radii > 900.0)


def rows_of(tree, node):
    laid = layout(tree)
    return laid.order[laid.start[node] : laid.start[node] + laid.size[node]]


def test_cut_radius_0_and_all_the_world(tree, radii):
    assert cut_radius(tree, 0, radii).max() == 799
    assert cut_radius(tree, 21_000, radii).max() == 0


@pytest.mark.parametrize("radius", [-1, np.nan])
def test_a_radius_below_0_is_refused(tree, radii, radius):
    with pytest.raises(ValueError, match="radius"):
        cut_radius(tree, radius, radii)


def test_top_merges_are_the_end_of_the_tree(tree):
    crown = top_merges(tree, 6)
    assert np.array_equal(crown.tree[:, 2:], tree[-6:, 2:])
    assert crown.sizes.sum() == 800
    assert set(crown.nodes) == set(nodes_of_k(tree, 7))
    assert sorted(cut_k(tree, 7)[crown.first_rows]) == list(range(7))


def test_the_leaves_of_the_crown_lie_left_to_right(tree):
    crown = top_merges(tree, 6)
    assert leaf_order(with_counts_of_leaves(crown)).tolist() == list(range(7))


def with_counts_of_leaves(crown):
    small = crown.tree.copy()
    size = [1] * 7
    for row in small:
        row[3] = size[int(row[0])] + size[int(row[1])]
        size.append(row[3])
    return small


def test_top_merges_of_a_small_tree_are_all_of_it():
    tree = ward_tree([[0.0], [1.0], [5.0]])
    assert top_merges(tree, 30).tree.shape == (2, 4)
    assert top_merges(ward_tree([[0.0]]), 30).nodes.tolist() == [0]


def test_a_very_deep_tree_is_cut_without_recursion():
    tree = ward_tree(np.append(np.zeros(50_000), 1.0)[:, None])
    assert np.bincount(cut_k(tree, 2)).tolist() == [50_000, 1]
    assert leaf_order(tree)[[0, -1]].tolist() != [0, 0]


def test_cutting_leaves_the_tree_alone(tree, radii):
    before = tree.copy()
    cut_k(tree, 5)
    cut_radius(tree, 100, radii)
    top_merges(tree, 5)
    assert np.array_equal(tree, before)


def test_nodes_must_cover_every_row_once(tree):
    with pytest.raises(ValueError, match="exactly once"):
        labels_of(tree, nodes_of_k(tree, 4)[:-1])
    with pytest.raises(ValueError, match="merge matrix"):
        cut_k(np.zeros((3, 3)), 1)
