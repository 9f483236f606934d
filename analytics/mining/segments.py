"""Value segments: k-means with three clusters, found High, Average and Low by centroid.

Normalising, k = 3 and the comparison of centroids are those of the value
classification the CRM implements; the logarithm is ours, because with raw amounts one
rich client fills the High cluster alone (`scale="raw"` shows that).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from .choose import silhouette
from .classes import (
    AVERAGE,
    BLANK,
    HIGH,
    LOW,
    YEAR_DAYS,
    Clients,
    ValueClasses,
    classify,
    reaches_clusters,
)
from .distinct import checked_points, distinct
from .scale import Standard, standardise

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]

CLUSTERS = 3
STARTS = 10
FIT_ROWS = 100_000
QUALITY_ROWS = 2_000
HIGH_LEAST_SHARE, HIGH_MOST_SHARE, HIGH_LEAST_REVENUE = 0.05, 0.40, 0.50

HIGH_TOO_SMALL = "high_too_small"
HIGH_TOO_LARGE = "high_too_large"
HIGH_EARNS_LITTLE = "high_earns_little"
FEWER_GROUPS = "fewer_groups"  # under three different clients: not all clusters exist


@dataclass(frozen=True)
class Segments:
    """The clusters of n fitted rows; labels are HIGH, AVERAGE and LOW."""

    labels: Codes  # (n,)
    centers: Floats  # (3, d) mean of the rows in the units given, NaN if empty
    z_centers: Floats  # (3, d) the same on the scale the fit saw
    z: Floats  # (n, d) every row on that scale, to plot
    inertia: float
    silhouette: float  # on a sample of at most 2000 different rows
    sampled: bool  # the starts ran on a sample


@dataclass(frozen=True)
class Quality:
    """How good the High cluster is, and what to say about it on the page."""

    fitted: int
    high_share: float  # of the fitted clients; NaN if none
    high_revenue_share: float  # of their revenue; NaN if there is none
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ValueSegments:
    """The classes of all clients, with the fit behind them."""

    classes: ValueClasses
    segments: Segments | None  # None when no client reached the cluster rule
    fitted: NDArray[np.intp]  # which clients the rows of `segments` are
    quality: Quality


def segment(features: ArrayLike, *, scale: str = "log", seed: int = 0) -> Segments:
    """Split the rows of `features` (n, d) into High, Average and Low.

    More must be better in every column. `scale="log"` takes log1p (negative counts as
    0) before the z-scores, "raw" the z-scores alone. Two different rows give High and
    Low, one gives Average. The same rows and seed give each row the same label,
    whatever their order. Above 100,000 different rows ten starts run on a sample and
    one full run from the best. `features` is not changed.
    """
    rows = distinct(_scaled(features, scale))
    standard = standardise(rows.points, rows.weights)
    labels, inertia = _fit(standard.z, rows.weights, seed)
    sure = _by_centroid(labels, standard.z, rows.weights)
    z_centers = _means(standard.z, sure, rows.weights)
    every = sure[rows.of_row]
    given = np.asarray(features, dtype=np.float64)[rows.order]
    return Segments(
        labels=every,
        centers=_means(given, every[rows.order], np.ones(len(every))),
        z_centers=z_centers,
        z=standard.z[rows.of_row],
        inertia=inertia,
        silhouette=_silhouette(standard, sure, rows.weights, seed),
        sampled=len(rows.points) > FIT_ROWS,
    )


def value_segments(
    given: Clients,
    reference: ArrayLike,
    *,
    scale: str = "log",
    fit: str = "reached",
    recency: bool = False,
    seed: int = 0,
) -> ValueSegments:
    """Classify every client at the reference date.

    `fit="reached"` fits only clients no date rule decides and leaves the others'
    cluster blank; "all" with `scale="raw"` is the papers' own variant. `recency` adds
    how lately a client bought to amount and number of purchases.
    """
    reached = reaches_clusters(given, reference)
    if fit not in ("reached", "all"):
        raise ValueError(f'fit must be "reached" or "all", got {fit!r}')
    blank = classify(given, reference, np.where(reached, AVERAGE, BLANK))
    fitted = np.flatnonzero(reached if fit == "reached" else blank.codes >= 0)
    clusters = np.full(len(reached), BLANK, dtype=np.int8)
    segments = None
    if len(fitted):
        features = _features(given, blank.reference, recency=recency)[fitted]
        segments = segment(features, scale=scale, seed=seed)
        clusters[fitted] = segments.labels
    return ValueSegments(
        classes=classify(given, reference, clusters),
        segments=segments,
        fitted=fitted,
        quality=quality(clusters[fitted], given.amount[fitted]),
    )


def quality(clusters: ArrayLike, amounts: ArrayLike) -> Quality:
    """Judge the High cluster of the fitted clients by its share and its revenue."""
    labels, revenue = np.asarray(clusters), np.asarray(amounts, dtype=np.float64)
    n, total = len(labels), float(revenue.sum())
    high = labels == HIGH
    share = float(high.mean()) if n else np.nan
    earned = float(revenue[high].sum()) / total if total > 0 else np.nan
    checks = [
        (len(np.unique(labels)) < CLUSTERS, FEWER_GROUPS),
        (share < HIGH_LEAST_SHARE, HIGH_TOO_SMALL),
        (share > HIGH_MOST_SHARE, HIGH_TOO_LARGE),
        (earned < HIGH_LEAST_REVENUE, HIGH_EARNS_LITTLE),
    ]
    return Quality(n, share, earned, tuple(code for bad, code in checks if bad))


def _scaled(features: ArrayLike, scale: str) -> Floats:
    x = checked_points(features)
    if scale == "raw":
        return x
    if scale == "log":
        return np.log1p(np.maximum(x, 0))
    raise ValueError(f'scale must be "log" or "raw", got {scale!r}')


def _features(given: Clients, day: np.datetime64, *, recency: bool) -> Floats:
    columns = [given.amount.astype(np.float64), given.purchases.astype(np.float64)]
    if recency:
        ago = (day - given.last_bought).astype(np.float64)  # NaT becomes NaN
        columns.append(
            np.maximum(YEAR_DAYS - np.where(np.isnan(ago), YEAR_DAYS, ago), 0)
        )
    return np.column_stack(columns)


def _fit(z: Floats, weights: Floats, seed: int) -> tuple[NDArray[np.intp], float]:
    """Run k-means++ with ten starts; one OpenMP thread, spinning ones are slower."""
    k = min(CLUSTERS, len(z))
    with threadpool_limits(limits=1):
        if len(z) <= FIT_ROWS:
            best = KMeans(k, n_init=STARTS, random_state=seed)
            best.fit(z, sample_weight=weights)
        else:
            part = np.random.default_rng(seed).choice(len(z), FIT_ROWS, replace=False)
            part.sort()
            start = KMeans(k, n_init=STARTS, random_state=seed)
            start.fit(z[part], sample_weight=weights[part])
            best = KMeans(k, init=start.cluster_centers_, n_init=1)
            best.fit(z, sample_weight=weights)
    return best.labels_.astype(np.intp), float(best.inertia_)


def _by_centroid(labels: NDArray[np.intp], z: Floats, weights: Floats) -> Codes:
    """Name the clusters by the order of the mean of their centroid's z-scores."""
    found = np.unique(labels)
    level = [
        np.average(z[labels == c], axis=0, weights=weights[labels == c]).mean()
        for c in found
    ]
    names = {1: [AVERAGE], 2: [HIGH, LOW]}.get(len(found), [HIGH, AVERAGE, LOW])
    name_of = np.full(labels.max() + 1, BLANK, dtype=np.int8)
    name_of[found[np.argsort(level)[::-1]]] = names
    return name_of[labels]


def _means(x: Floats, labels: Codes, weights: Floats) -> Floats:
    centers = np.full((CLUSTERS, x.shape[1]), np.nan)
    for c in np.unique(labels):
        centers[c] = np.average(x[labels == c], axis=0, weights=weights[labels == c])
    return centers


def _silhouette(standard: Standard, labels: Codes, weights: Floats, seed: int) -> float:
    n = len(labels)
    part = np.arange(n)
    if n > QUALITY_ROWS:
        rng = np.random.default_rng(seed)
        part = np.sort(rng.choice(n, QUALITY_ROWS, replace=False))
    return silhouette(standard.z[part], labels[part].astype(np.intp), weights[part])
