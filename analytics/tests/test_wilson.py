"""Intervals and shrinking of rates."""

import numpy as np
import pytest

from analytics.mining.wilson import shrink, wilson_interval


def test_known_intervals():
    got = wilson_interval([8, 0, 3], [10, 10, 3])
    np.testing.assert_allclose(got.low, [0.4902, 0, 0.4385], atol=1e-4)
    np.testing.assert_allclose(got.high, [0.9433, 0.2775, 1], atol=1e-4)


def test_the_ends_solve_wilsons_equation():
    wins, n, z = np.array([1, 7, 40]), np.array([9, 30, 50]), 1.959963984540054
    got = wilson_interval(wins, n)
    for end in (got.low, got.high):
        error = np.abs(wins / n - end) / np.sqrt(end * (1 - end) / n)
        np.testing.assert_allclose(error, z)


def test_nothing_seen_is_nothing_known():
    got = wilson_interval(0, 0)
    assert (got.low, got.high) == (0, 1)


def test_the_interval_holds_the_share_and_narrows():
    wins = np.array([1, 10, 100, 1000])
    got = wilson_interval(wins, 4 * wins)
    assert ((got.low < 0.25) & (got.high > 0.25)).all()
    assert (np.diff(got.high - got.low) < 0).all()


def test_shrinking_draws_small_counts_to_the_mean():
    got = shrink([1, 100, 0], [1, 200, 99], strength=10)
    mean = 101 / 300
    expected = [(1 + 10 * mean) / 11, (100 + 10 * mean) / 210, 10 * mean / 109]
    np.testing.assert_allclose(got, expected)


def test_shrinking_nothing_gives_the_mean():
    assert shrink([0], [0], mean=0.3)[0] == pytest.approx(0.3)
    assert shrink([0], [0])[0] == 0


@pytest.mark.parametrize(("wins", "n"), [(2, 1), (-1, 1), (np.nan, 1), (1, np.nan)])
def test_counts_that_are_none_are_refused(wins, n):
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson_interval(wins, n)
    with pytest.raises(ValueError, match="between 0 and n"):
        shrink(wins, n)


def test_a_strength_of_0_is_refused():
    with pytest.raises(ValueError, match="strength"):
        shrink(1, 2, strength=0)
