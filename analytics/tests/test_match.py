"""Clusters keep their names and colours from run to run."""

import numpy as np
import pytest

from analytics.mining.match import NONE, keep_slots, match_clusters


def test_renumbered_clusters_are_recognised():
    old = np.repeat([0, 1, 2], [50, 30, 20])
    match = match_clusters((old + 1) % 3, old)
    assert match.old.tolist() == [2, 0, 1]
    assert match.overlap.tolist() == [1, 1, 1]
    assert not len(match.ended)


def test_a_split_cluster_lives_on_in_its_larger_part():
    match = match_clusters([0] * 70 + [1] * 30, [0] * 100)
    assert match.old.tolist() == [0, NONE]
    assert match.overlap.tolist() == [0.7, 0]


def test_a_merged_cluster_carries_the_larger_one_on():
    match = match_clusters([0] * 100, [0] * 30 + [1] * 70)
    assert match.old.tolist() == [1]
    assert match.ended.tolist() == [0]


def test_items_of_one_run_only_count_against_the_overlap():
    match = match_clusters([0, 0, 0, NONE], [0, 0, NONE, 0])
    assert match.overlap.tolist() == [0.5]


def test_weights_decide():
    match = match_clusters([0, 1], [0, 0], weights=[1, 9])
    assert match.old.tolist() == [NONE, 0]


def test_strangers_are_not_matched():
    match = match_clusters([0] * 10 + [1], [NONE] * 10 + [0])
    assert match.old.tolist() == [NONE, 0]
    assert match_clusters([0] * 10, [0] + [1] * 0 + [NONE] * 9).old.tolist() == [NONE]


def test_the_order_of_the_items_changes_nothing():
    rng = np.random.default_rng(0)
    new, old = rng.integers(5, size=200), rng.integers(4, size=200)
    moved = rng.permutation(200)
    a = match_clusters(new, old, least=0.01)
    b = match_clusters(new[moved], old[moved], least=0.01)
    assert a.old.tolist() == b.old.tolist()


def test_the_first_run_has_nothing_to_match():
    match = match_clusters([0, 1, 1], [NONE] * 3)
    assert match.old.tolist() == [NONE, NONE]
    assert keep_slots(match, [], 8).tolist() == [0, 1]
    assert not len(match_clusters([], []).old)


def test_colours_stay_and_new_clusters_take_free_ones():
    match = match_clusters([0] * 9 + [1] * 9 + [2] * 9, [1] * 9 + [NONE] * 9 + [0] * 9)
    assert keep_slots(match, [5, 0], 8).tolist() == [0, 1, 5]


def test_a_used_up_palette_is_shared():
    match = match_clusters(np.arange(5), np.full(5, NONE))
    assert keep_slots(match, [], 3).tolist() == [0, 1, 2, 0, 1]


@pytest.mark.parametrize("bad", [[0.5], [[0]], [-2]])
def test_labels_that_are_none_are_refused(bad):
    with pytest.raises(ValueError, match="labels"):
        match_clusters(bad, [0])


def test_lists_of_different_items_are_refused():
    with pytest.raises(ValueError, match="same items"):
        match_clusters([0, 1], [0])
