"""ward_tree against SciPy, against ten lines of brute force, and against itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.cluster.hierarchy import fcluster, is_valid_linkage, linkage
from sklearn.metrics import adjusted_rand_score

from analytics.mining import tree as tree_module
from analytics.mining.cut import cut_k
from analytics.mining.sphere import to_vectors
from analytics.mining.tree import TooManyRounds, ward_tree

N = 10_000


def plane(n=N, seed=1):
    return np.random.default_rng(seed).normal(size=(n, 2))


def globe(n=N, seed=2):
    rng = np.random.default_rng(seed)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, n)))
    return to_vectors(lat, rng.uniform(-180, 180, n))


def brute_force(points, weights):
    """Merge the cheapest pair of all, one at a time; return the heights."""
    live = [(w, np.array(p, dtype=float)) for p, w in zip(points, weights, strict=True)]
    heights = []
    while len(live) > 1:
        cost, i, j = min(
            (s * t / (s + t) * ((a - b) ** 2).sum(), i, j)
            for j, (t, b) in enumerate(live)
            for i, (s, a) in enumerate(live[:j])
        )
        (t, b), (s, a) = live.pop(j), live.pop(i)
        live.append((s + t, (s * a + t * b) / (s + t)))
        heights.append(np.sqrt(2 * cost))
    return np.array(heights)


@pytest.fixture(scope="module", params=[plane, globe])
def both(request):
    """The same 10,000 untied points clustered by us and by SciPy (about 2 s)."""
    points = request.param()
    return ward_tree(points), linkage(points, "ward")


def test_heights_equal_scipy(both):
    ours, theirs = both
    assert is_valid_linkage(ours)
    np.testing.assert_allclose(ours[:, 2], theirs[:, 2], rtol=1e-9, atol=1e-9)
    assert np.array_equal(ours[:, 3], theirs[:, 3])


@pytest.mark.parametrize("k", [2, 3, 9, 30, 100])
def test_partitions_equal_scipy(both, k):
    ours, theirs = (fcluster(tree, k, "maxclust") for tree in both)
    assert adjusted_rand_score(ours, theirs) == 1.0


@pytest.mark.parametrize("points", [plane(2500), globe(2500)])
def test_weights_act_as_repeated_rows(points):
    times = np.random.default_rng(3).integers(1, 5, len(points))
    rows = np.repeat(np.arange(len(points)), times)
    theirs = linkage(points[rows], "ward")
    tree = ward_tree(points, times)
    np.testing.assert_allclose(
        tree[:, 2], theirs[-len(tree) :, 2], rtol=1e-9, atol=1e-9
    )
    same = [
        adjusted_rand_score(cut_k(tree, k)[rows], fcluster(theirs, k, "maxclust"))
        for k in (2, 3, 9, 30, 100)
    ]
    assert same == [1.0] * 5


def test_very_different_weights_use_every_size_class():
    rng = np.random.default_rng(4)
    points, weights = plane(1500), np.exp(rng.uniform(0, 12, 1500))
    tree = ward_tree(points, weights)
    with_brute_force = pytest.MonkeyPatch()
    with with_brute_force.context() as patch:
        patch.setattr(tree_module, "BRUTE_PAIRS", 10**9)
        assert np.array_equal(ward_tree(points, weights), tree)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_equals_brute_force_on_few_points(data):
    n = data.draw(st.integers(1, 8))
    seed = data.draw(st.integers(0, 10**6))
    rng = np.random.default_rng(seed)
    points, weights = rng.normal(size=(n, 3)), rng.uniform(0.1, 50, n)
    heights = brute_force(points, weights)
    np.testing.assert_allclose(ward_tree(points, weights)[:, 2], heights, rtol=1e-9)


@settings(max_examples=100, deadline=None)
@given(arrays(float, (60, 2), elements=st.integers(0, 5).map(float)))
def test_ties_and_duplicates_give_a_valid_tree(points):
    tree = ward_tree(points)
    assert is_valid_linkage(tree)
    assert (tree[:, 2] == 0).sum() == 60 - len(np.unique(points, axis=0))
    assert tree[-1, 3] == 60


def test_many_equal_rows_end_at_once():
    tree = ward_tree(np.tile([[3.0, 4.0]], (20_000, 1)))
    assert is_valid_linkage(tree)
    assert not tree[:, 2].any()


def test_duplicates_merge_first_and_count_as_rows():
    points = np.repeat(plane(300), 3, axis=0)
    tree, alone = ward_tree(points), ward_tree(plane(300), np.full(300, 3))
    assert is_valid_linkage(tree)
    assert np.array_equal(tree[600:, 2], alone[:, 2])
    assert np.array_equal(tree[600:, 3], 3 * alone[:, 3])


def test_equal_scipy_with_duplicates_among_untied_points():
    points = np.concatenate([plane(400), plane(400)[:150], plane(400)[:40]])
    theirs = linkage(points, "ward")[:, 2]
    np.testing.assert_allclose(ward_tree(points)[:, 2], theirs, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    "points", [np.arange(5000.0)[:, None], np.mgrid[0:60, 0:60].reshape(2, -1).T]
)
def test_grids_full_of_ties_stay_within_the_rounds(points):
    assert is_valid_linkage(ward_tree(points))


def test_row_order_changes_nothing():
    points, rng = plane(3000), np.random.default_rng(5)
    weights, moved = rng.uniform(1, 9, 3000), rng.permutation(3000)
    tree, again = ward_tree(points, weights), ward_tree(points[moved], weights[moved])
    assert np.array_equal(tree[:, 2:], again[:, 2:])
    assert adjusted_rand_score(cut_k(tree, 40)[moved], cut_k(again, 40)) == 1.0


def test_row_order_changes_nothing_on_a_grid():
    points = np.mgrid[0:20, 0:20].reshape(2, -1).T
    moved = np.random.default_rng(6).permutation(400)
    tree, again = ward_tree(points), ward_tree(points[moved])
    assert np.array_equal(tree[:, 2:], again[:, 2:])
    same = adjusted_rand_score(cut_k(tree, 7)[moved], cut_k(again, 7))
    assert same == 1.0


@pytest.mark.parametrize("unit", [1e-200, 1e-9, 1024.0, 1e200])
def test_heights_follow_the_unit(unit):
    tree, scaled = ward_tree(plane(500)), ward_tree(plane(500) * unit)
    np.testing.assert_allclose(scaled[:, 2] / unit, tree[:, 2], rtol=1e-9)


def test_heights_follow_the_weight():
    tree = ward_tree(plane(500), np.ones(500))
    heavy = ward_tree(plane(500), np.full(500, 4.0))
    np.testing.assert_allclose(heavy[:, 2], 2 * tree[:, 2], rtol=1e-12)


def test_planted_groups_are_found():
    center = np.array([[0, 0], [50, 0], [0, 50], [50, 50]])
    truth = np.arange(2000) % 4
    labels = cut_k(ward_tree(center[truth] + plane(2000)), 4)
    assert adjusted_rand_score(truth, labels) == 1.0


def test_a_constant_column_changes_nothing():
    points = plane(500)
    wide = np.column_stack([points, np.full(500, 7.0)])
    assert np.array_equal(
        ward_tree(wide)[:, [0, 1, 3]], ward_tree(points)[:, [0, 1, 3]]
    )


def test_one_and_two_points():
    assert ward_tree([[1.0, 2.0]]).shape == (0, 4)
    assert ward_tree([[0.0], [3.0]]).tolist() == [[0, 1, 3, 2]]


def test_the_input_is_not_changed():
    points, weights = plane(200), np.full(200, 2.0)
    before = points.copy()
    ward_tree(points, weights)
    assert np.array_equal(points, before)
    assert (weights == 2).all()


@pytest.mark.parametrize("bad", [[[np.nan, 0]], [[np.inf, 0]], [1, 2], [], [[]]])
def test_points_that_are_none_are_refused(bad):
    with pytest.raises(ValueError, match="points"):
        ward_tree(bad)


@pytest.mark.parametrize("bad", [[1, 0], [1, -1], [1, np.nan], [1], [1, np.inf]])
def test_weights_that_are_none_are_refused(bad):
    with pytest.raises(ValueError, match="weights"):
        ward_tree([[0.0], [1.0]], bad)


def test_a_chain_of_growing_gaps_ends_with_a_message():
    with pytest.raises(TooManyRounds, match="chain"):
        ward_tree(2.0 ** np.arange(900)[:, None])
