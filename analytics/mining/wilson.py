"""Rates of small counts: their interval, and their shrinking to the mean. NumPy only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

Z_95 = 1.959963984540054
STRENGTH = 10.0


@dataclass(frozen=True)
class Interval:
    """Lower and upper end of a share, each in 0..1."""

    low: Floats
    high: Floats


def wilson_interval(wins: ArrayLike, n: ArrayLike, z: float = Z_95) -> Interval:
    """Bound the share wins / n (95 % by default) after Wilson (1927).

    Stays within 0..1 and says something at 0 of 3, where wins / n ± error does not.
    Nothing seen (n = 0) is 0..1: nothing known. Arrays broadcast.
    """
    won, seen = _checked(wins, n)
    tries = np.maximum(seen, 1e-300)
    share = won / tries
    middle = won + z * z / 2
    half = z * np.sqrt(won * (1 - share) + z * z / 4)
    low = np.where(seen > 0, (middle - half) / (seen + z * z), 0.0)
    high = np.where(seen > 0, (middle + half) / (seen + z * z), 1.0)
    # 0 of n and n of n end exactly at 0 and 1; rounding would miss by a digit.
    low = np.where(won == 0, 0.0, np.maximum(low, 0.0))
    high = np.where(won == seen, 1.0, np.minimum(high, 1.0))
    return Interval(low, high)


def shrink(
    wins: ArrayLike,
    n: ArrayLike,
    mean: ArrayLike | None = None,
    strength: float = STRENGTH,
) -> Floats:
    """Draw the shares wins / n to their mean, the fewer were seen the closer.

    (wins + strength · mean) / (n + strength), so `strength` is how many tries the mean
    counts for. Without `mean` it is all wins over all tries, or 0 if nothing was tried.
    """
    won, seen = _checked(wins, n)
    if not strength > 0:
        raise ValueError(f"strength must be positive, got {strength}")
    if mean is None:
        total = float(seen.sum())
        mean = float(won.sum()) / total if total else 0.0
    return np.asarray((won + strength * np.asarray(mean)) / (seen + strength))


def _checked(wins: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    won, seen = np.broadcast_arrays(
        np.asarray(wins, dtype=np.float64), np.asarray(n, dtype=np.float64)
    )
    if not (np.isfinite(seen).all() and ((won >= 0) & (won <= seen)).all()):
        raise ValueError("wins must lie between 0 and n")
    return won, seen
