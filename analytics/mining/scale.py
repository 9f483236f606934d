"""Put columns of different units on one scale. NumPy only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Standard:
    """Z-scores, and what brings them back: column = z · sd + mean."""

    z: Floats  # (n, d)
    mean: Floats  # (d,)
    sd: Floats  # (d,) population standard deviation, 0 for a constant column


def standardise(
    columns: ArrayLike, weights: ArrayLike | None = None, *, missing: bool = False
) -> Standard:
    """Z-score the columns of an (n, d) array with the population standard deviation.

    A constant column becomes 0. With `missing`, NaN counts in neither mean nor spread
    and becomes 0, the mean; without, NaN is refused, as infinity always is.
    """
    x = np.array(columns, dtype=np.float64)
    if x.ndim != 2 or np.isinf(x).any() or (np.isnan(x).any() and not missing):
        raise ValueError("expected a finite (n, d) array")
    mass = np.ones(len(x)) if weights is None else np.asarray(weights, dtype=float)
    known = ~np.isnan(x)
    share = np.where(known, mass[:, None], 0.0)
    total = np.maximum(share.sum(axis=0), 1e-300)
    mean = (np.where(known, x, 0.0) * share).sum(axis=0) / total
    off = np.where(known, x - mean, 0.0)
    sd = np.sqrt((off**2 * share).sum(axis=0) / total)
    # The mean of equal numbers may miss them by a digit: that is no spread.
    top = np.where(known, x, -np.inf).max(axis=0, initial=-np.inf)
    low = np.where(known, x, np.inf).min(axis=0, initial=np.inf)
    constant = (top <= low) | (sd == 0)
    mean = np.where(constant & (total >= 1e-299), np.where(np.isinf(top), 0, top), mean)
    sd = np.where(constant, 0.0, sd)
    return Standard(np.where(constant, 0.0, off / np.where(constant, 1, sd)), mean, sd)
