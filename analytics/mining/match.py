"""Recognise the clusters of the last run in a new one, to keep names and colours.

NumPy only. Cluster numbers mean nothing from run to run; shared members do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

LEAST_OVERLAP = 0.2
NONE = -1


@dataclass(frozen=True)
class Match:
    """Which old cluster each new one carries on, and which old ones ended."""

    old: Ints  # (new clusters,) number of the old cluster, NONE for a new one
    overlap: Floats  # (new clusters,) shared weight over joint weight, 0 for a new one
    ended: Ints  # old clusters that no new one carries on


def match_clusters(
    new: ArrayLike,
    old: ArrayLike,
    weights: ArrayLike | None = None,
    least: float = LEAST_OVERLAP,
) -> Match:
    """Match clusters by overlap, the greatest first, each at most once.

    `new` and `old` (n,) are the labels of the same n items in both runs, NONE where an
    item was not there. Overlap is the Jaccard share: joint members over members of
    either. Pairs below `least` are not the same cluster.
    """
    a, b = _labels(new), _labels(old)
    if a.shape != b.shape:
        raise ValueError("new and old must label the same items")
    mass = np.ones(len(a)) if weights is None else np.asarray(weights, dtype=float)
    if mass.shape != a.shape or not (np.isfinite(mass).all() and (mass >= 0).all()):
        raise ValueError("weights must be one number of 0 or more per item")
    table = np.zeros((a.max(initial=NONE) + 1, b.max(initial=NONE) + 1))
    both = (a != NONE) & (b != NONE)
    np.add.at(table, (a[both], b[both]), mass[both])
    share = table / np.maximum(
        _sizes(a, mass)[:, None] + _sizes(b, mass) - table, 1e-300
    )
    return _greedy(share, max(least, 1e-12))


def keep_slots(match: Match, old_slots: ArrayLike, palette: int) -> Ints:
    """Give every new cluster a colour slot 0..palette-1.

    A cluster that carries an old one on keeps its slot; the others take the lowest free
    ones, and share in turn when the palette is used up.
    """
    if palette < 1:
        raise ValueError("a palette needs at least one slot")
    before = np.asarray(old_slots, dtype=np.intp)
    kept = match.old != NONE
    slots = np.full(len(match.old), NONE)
    slots[kept] = before[match.old[kept]]
    free = np.setdiff1d(np.arange(palette), slots[kept])
    need = int((~kept).sum())
    slots[~kept] = np.append(free, np.arange(max(0, need - len(free))) % palette)[:need]
    return slots


def _labels(labels: ArrayLike) -> Ints:
    array = np.asarray(labels)
    if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
        raise ValueError("labels must be one list of whole numbers")
    array = array.astype(np.intp)
    if array.size and array.min() < NONE:
        raise ValueError(f"labels must be 0 or more, or {NONE} for none")
    return array


def _sizes(labels: Ints, mass: Floats) -> Floats:
    there = labels != NONE
    return np.asarray(np.bincount(labels[there], mass[there]), dtype=np.float64)


def _greedy(share: Floats, least: float) -> Match:
    old = np.full(share.shape[0], NONE)
    overlap = np.zeros(share.shape[0])
    free = np.ones(share.shape[1], dtype=bool)
    new_at, old_at = np.nonzero(share >= least)
    for i in np.lexsort((old_at, new_at, -share[new_at, old_at])):
        a, b = new_at[i], old_at[i]
        if old[a] == NONE and free[b]:
            old[a], overlap[a], free[b] = b, share[a, b], False
    return Match(old, overlap, np.flatnonzero(free))
