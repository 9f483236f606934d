"""Equal rows become one weighted row, in an order that does not depend on theirs.

NumPy only. Every method here starts from these rows, so two runs over the same
data agree whatever order the rows arrived in.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Distinct:
    """The u different rows of an (n, d) array, sorted by their coordinates."""

    points: Floats  # (u, d)
    weights: Floats  # (u,) sum of the weights of the equal rows
    counts: Ints  # (u,) how many equal rows
    order: Ints  # (n,) row numbers, equal rows side by side
    repeat: NDArray[np.bool_]  # (n,) along `order`: equal to the row before it
    of_row: Ints  # (n,) which distinct row each row is


def checked_points(points: ArrayLike) -> Floats:
    """Copy `points` as an (n, d) float array; refuse other shapes, NaN and infinity."""
    copy = np.array(points, dtype=np.float64)
    if copy.ndim != 2 or not copy.shape[0] or not copy.shape[1]:
        raise ValueError(f"expected an (n, d) array of points, got shape {copy.shape}")
    if not np.isfinite(copy).all():
        raise ValueError("points must be finite numbers: NaN or infinity found")
    copy += 0.0  # -0.0 and 0.0 are the same place
    return copy


def checked_weights(weights: ArrayLike | None, n: int) -> Floats:
    """Copy `weights` as n positive floats; None means 1 each."""
    if weights is None:
        return np.ones(n)
    copy = np.array(weights, dtype=np.float64)
    if copy.shape != (n,):
        raise ValueError(f"expected {n} weights, got shape {copy.shape}")
    if not (np.isfinite(copy).all() and (copy > 0).all()):
        raise ValueError("weights must be positive finite numbers")
    return copy


def distinct(points: ArrayLike, weights: ArrayLike | None = None) -> Distinct:
    """Collapse equal rows of `points` (n, d) and add up their weights."""
    rows = checked_points(points)
    mass = checked_weights(weights, len(rows))
    # The weight is the last key so that sums are added in the same order always.
    order = np.lexsort((mass, *rows.T[::-1]))
    rows, mass = rows[order], mass[order]
    repeat = np.zeros(len(rows), dtype=bool)
    repeat[1:] = (rows[1:] == rows[:-1]).all(axis=1)
    first = np.flatnonzero(~repeat)
    of_row = np.empty(len(rows), dtype=np.intp)
    of_row[order] = np.cumsum(~repeat) - 1
    return Distinct(
        points=rows[first],
        weights=np.add.reduceat(mass, first),
        counts=np.diff(np.append(first, len(rows))),
        order=order,
        repeat=repeat,
        of_row=of_row,
    )
