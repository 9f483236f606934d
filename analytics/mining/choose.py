"""How many clusters, and whether there are any: silhouette, reference, stability.

Silhouette after Rousseeuw (1987). Ward's method and a high silhouette come out of any
points, evenly spread ones too, so the best silhouette must beat what points without
structure reach: uniform draws from a box around them, as for the gap statistic of Tibshirani,
Walther and Hastie (2001). Stability is the mean adjusted
Rand index between the clusters and those of resamples.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from sklearn.metrics import adjusted_rand_score

from .cut import cut_k
from .distinct import Distinct, Floats, Ints, distinct
from .tree import ward_tree

KS = range(2, 13)
FEWEST = 6  # different points
SAMPLE = 2000
REFERENCE_SAMPLE = 300
REFERENCES = 20
MARGIN = 0.02  # what the luck of one draw may add to the best reference
RESAMPLES = 10
LEAST_SILHOUETTE = 0.25  # below it Kaufman and Rousseeuw see "no substantial structure"
LEAST_STABILITY = 0.5

STRUCTURE = "structure"
TOO_FEW = "too_few"
NO_STRUCTURE = "no_structure"
UNSTABLE = "unstable"


@dataclass(frozen=True)
class Choice:
    """A number of clusters and why; k is 1 unless the reason is STRUCTURE."""

    k: int
    reason: str  # STRUCTURE, TOO_FEW, NO_STRUCTURE or UNSTABLE
    best_k: int  # k of the highest silhouette, structure or not; 1 if too few
    silhouettes: tuple[tuple[int, float], ...]  # (k, silhouette) for every k tried
    silhouette: float  # at best_k
    reference: float  # what points without structure reach at their best k, the most
    stability: float  # mean adjusted Rand index at best_k, 1 is always the same
    distinct: int  # different points


def choose_k(
    points: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    tree: ArrayLike | None = None,
    ks: Iterable[int] = KS,
    seed: int = 0,
) -> Choice:
    """Choose k for the Ward tree of `points` (n, d), or find that there is none.

    Equal points are one place with their joint weight. Everything runs on weighted
    samples of at most 2000 places, so memory does not depend on n. The same points,
    weights and seed give the same answer, whatever the order of the rows. `tree` is
    the tree of these rows if it is known already.
    """
    rows = distinct(points, weights)
    u = len(rows.points)
    tried = sorted({k for k in ks if 2 <= k < u})
    if u < FEWEST or not tried:
        return too_few(u)
    rng = np.random.default_rng(seed)
    matrix = np.asarray(ward_tree(points, weights) if tree is None else tree)
    scores = _scores(rows, matrix, tried, rng)
    best_k, best = max(scores, key=lambda score: (score[1], -score[0]))
    reference = _reference(rows, tried, rng)
    stability = _stability(rows, _labels(rows, matrix, best_k), best_k, rng)
    reason = _reason(best, reference, stability)
    k = best_k if reason == STRUCTURE else 1
    return Choice(k, reason, best_k, scores, best, reference, stability, u)


def too_few(u: int) -> Choice:
    """Say that `u` different points are too few to look for clusters."""
    return Choice(1, TOO_FEW, 1, (), np.nan, np.nan, np.nan, u)


def silhouette(points: Floats, labels: Ints, weights: Floats) -> float:
    """Weighted mean silhouette of different points (m, d); memory is m².

    A point's weight says how much it counts for others and in the mean. It is not m
    equal points: a place alone in its cluster scores 0, however heavy it is.
    """
    return _silhouette(_distances(points), labels, weights)


def _distances(points: Floats) -> Floats:
    square = np.zeros((len(points), len(points)))
    for column in points.T:
        square += (column[:, None] - column[None, :]) ** 2
    return np.asarray(np.sqrt(square))


def _silhouette(distances: Floats, labels: Ints, weights: Floats) -> float:
    _, first, labels = np.unique(labels, return_index=True, return_inverse=True)
    # Numbered along the points, so that sums are added in the same order always.
    labels = np.argsort(np.argsort(first))[labels]
    member = np.eye(len(first))[labels] * weights[:, None]
    if len(first) < 2:
        return 0.0
    mass = member.sum(axis=0)
    total = distances @ member
    me = np.arange(len(labels))
    others = np.bincount(labels)[labels] > 1
    own = total[me, labels] / np.where(others, mass[labels] - weights, 1)
    mean = total / mass
    mean[me, labels] = np.inf
    nearest = mean.min(axis=1)
    widest = np.maximum(own, nearest)
    counts = others & (widest > 0)
    score = np.where(counts, (nearest - own) / np.where(counts, widest, 1), 0)
    return float(np.average(score, weights=weights))


def _reason(best: float, reference: float, stability: float) -> str:
    if best < LEAST_SILHOUETTE or best <= reference + MARGIN:
        return NO_STRUCTURE
    return STRUCTURE if stability >= LEAST_STABILITY else UNSTABLE


def _labels(rows: Distinct, tree: Floats, k: int) -> Ints:
    """Labels of the distinct places, from a tree over the rows."""
    return cut_k(tree, k)[rows.order[~rows.repeat]]


def _scores(
    rows: Distinct, tree: Floats, ks: list[int], rng: np.random.Generator
) -> tuple[tuple[int, float], ...]:
    places, mass = np.arange(len(rows.points)), rows.weights
    if len(places) > SAMPLE:
        drawn = rng.choice(len(places), SAMPLE, p=mass / mass.sum())
        places, counts = np.unique(drawn, return_counts=True)
        mass = counts.astype(np.float64)
    far = _distances(rows.points[places])
    return tuple(
        (k, _silhouette(far, _labels(rows, tree, k)[places], mass)) for k in ks
    )


def _reference(rows: Distinct, ks: list[int], rng: np.random.Generator) -> float:
    """The best silhouette of evenly spread points with the same extent and weights.

    Half of the draws fill a box along the principal axes, half one along the given
    axes: for a square the first is any turned box, for a slanted band the second is
    far too wide.
    """
    m = min(len(rows.points), REFERENCE_SAMPLE)
    center = rows.points.mean(axis=0)
    turned = np.linalg.svd(rows.points - center, full_matrices=False)[2]
    best = -1.0
    for axes in (turned, np.eye(rows.points.shape[1])):
        along = (rows.points - center) @ axes.T
        low, high = along.min(axis=0), along.max(axis=0)
        for _ in range(REFERENCES // 2):
            points = rng.uniform(low, high, size=(m, len(low)))
            mass = rng.choice(rows.weights, m, replace=False)
            tree, far = ward_tree(points, mass), _distances(points)
            drawn = (_silhouette(far, cut_k(tree, k), mass) for k in ks if k < m)
            best = max(best, *drawn)
    return best


def _stability(rows: Distinct, labels: Ints, k: int, rng: np.random.Generator) -> float:
    """Mean agreement with the clusters found in random subsets of the places."""
    u = len(rows.points)
    m = max(k, min(SAMPLE, int(0.8 * u)))
    agreement = []
    for _ in range(RESAMPLES):
        part = np.sort(rng.choice(u, m, replace=False))
        again = cut_k(ward_tree(rows.points[part], rows.weights[part]), k)
        agreement.append(adjusted_rand_score(labels[part], again))
    return float(np.mean(agreement))
