"""Group contact media by the response they get, and find each client's best medium.

Features per medium, z-scored: volume (log), share of outgoing contacts answered and
conversion (both shrunk to the mean by volume), time to the answer (log), days to win,
revenue per lead (log) and repeat rate. The tree and the choice of k are those of the
location clusters.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .choose import Choice, choose_k, too_few
from .cut import cut_k
from .scale import standardise
from .tree import ward_tree
from .wilson import Interval, shrink, wilson_interval

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

MOST_GROUPS = 5
FEATURES = (
    "volume",
    "answer_share",
    "answer_hours",
    "conversion",
    "days_to_win",
    "revenue_per_lead",
    "repeat_rate",
)
# Names of 1, 2, … 5 groups, best response first. The words are the interface's.
NAMES = (
    ("all_alike",),
    ("most_responsive", "rarely_answers"),
    ("most_responsive", "sometimes_answers", "rarely_answers"),
    ("most_responsive", "often_answers", "sometimes_answers", "rarely_answers"),
    (
        "most_responsive",
        "often_answers",
        "sometimes_answers",
        "seldom_answers",
        "rarely_answers",
    ),
)
LEAST_RESPONSIVE = "least_responsive"  # last, but answering half as often as the best
NO_RECORD = -1


@dataclass(frozen=True)
class Media:
    """What is known of m media: one array (m,) each, NaN where a median is unknown."""

    sent: ArrayLike  # outgoing contacts
    answered: ArrayLike  # of those, answered
    answer_hours: ArrayLike  # median hours to the answer
    leads: ArrayLike
    wins: ArrayLike
    days_to_win: ArrayLike  # median
    revenue: ArrayLike  # of the won leads, any one currency
    repeats: ArrayLike  # won clients who bought again


@dataclass(frozen=True)
class MediaGroups:
    """The groups of the media, 0 the most responsive."""

    labels: Ints  # (m,) group of each medium, NO_RECORD without contacts and leads
    names: tuple[str, ...]  # name code of each group
    by_answers: bool  # ranked by answer share; by conversion if nothing was sent
    response: Floats  # (groups,) what they are ranked by
    answer_share: Floats  # (m,) shrunk
    conversion: Floats  # (m,) shrunk
    conversion_interval: Interval  # 95 %, of the unshrunk conversion
    features: Floats  # (recorded media, 7) z-scores, in the order of FEATURES
    tree: Floats  # merge matrix of the recorded media
    choice: Choice


def group_media(media: Media, *, k: int | None = None, seed: int = 0) -> MediaGroups:
    """Group the media; k is chosen (1 where there is no structure) unless given."""
    given = _checked(media)
    recorded = np.flatnonzero((given["sent"] > 0) | (given["leads"] > 0))
    answer_share = shrink(given["answered"], given["sent"])
    conversion = shrink(given["wins"], given["leads"])
    features = _features(given, answer_share, conversion, recorded)
    by_answers = bool(given["sent"].sum() > 0)
    labels = np.full(len(answer_share), NO_RECORD)
    tree, choice = np.empty((0, 4)), too_few(0)
    response = np.empty(0)
    if len(recorded):
        tree = ward_tree(features)
        choice = choose_k(features, tree=tree, ks=range(2, MOST_GROUPS + 1), seed=seed)
        groups = cut_k(tree, _groups(k, choice, len(recorded)))
        rate, volume = (
            (answer_share, given["sent"])
            if by_answers
            else (conversion, given["leads"])
        )
        labels[recorded], response = _best_first(
            groups, rate[recorded], volume[recorded]
        )
    return MediaGroups(
        labels=labels,
        names=_names(response),
        by_answers=by_answers,
        response=response,
        answer_share=answer_share,
        conversion=conversion,
        conversion_interval=wilson_interval(given["wins"], given["leads"]),
        features=features,
        tree=tree,
        choice=choice,
    )


def best_medium(
    sent: ArrayLike,
    answered: ArrayLike,
    overall: ArrayLike,
    strength: float = 5.0,
) -> Ints:
    """Find each client's medium with the highest shrunk answer share.

    `sent` and `answered` (clients, m) count a client's outgoing contacts by medium and
    `overall` (m,) is each medium's answer share among all clients, which a client's own
    share is drawn to. A client nobody wrote to gets the best medium overall; ties go to
    the first. Memory is clients × m: pass large firms in parts.
    """
    mean = np.asarray(overall, dtype=np.float64)
    tries = np.asarray(sent, dtype=np.float64)
    if tries.ndim != 2 or mean.shape != tries.shape[1:] or not len(mean):
        raise ValueError("sent must be (clients, m) and overall (m,)")
    return np.asarray(shrink(answered, tries, mean, strength).argmax(axis=1))


def _checked(media: Media) -> dict[str, Floats]:
    given = {
        f.name: np.array(getattr(media, f.name), dtype=np.float64)
        for f in fields(media)
    }
    if len({a.shape for a in given.values()}) != 1 or given["sent"].ndim != 1:
        raise ValueError("every figure needs one number per medium")
    medians = {"answer_hours", "days_to_win"}
    for name, array in given.items():
        known = array[~np.isnan(array)] if name in medians else array
        if not np.isfinite(known).all() or (name != "revenue" and (known < 0).any()):
            raise ValueError(f"{name} must be finite and not negative")
    if (given["repeats"] > given["wins"]).any():
        raise ValueError("repeats must not exceed wins")
    return given


def _features(
    given: dict[str, Floats], answer: Floats, conversion: Floats, recorded: Ints
) -> Floats:
    leads = np.maximum(given["leads"], 1)
    columns = [
        np.log1p(given["sent"] + given["leads"]),
        np.where(given["sent"] > 0, answer, np.nan),
        np.log1p(given["answer_hours"]),
        np.where(given["leads"] > 0, conversion, np.nan),
        given["days_to_win"],
        np.log1p(np.maximum(given["revenue"], 0) / leads),
        shrink(given["repeats"], given["wins"]),
    ]
    rows = np.column_stack(columns)[recorded]
    order = np.lexsort(rows.T)  # sums are added in the same order always
    z = np.empty_like(rows)
    z[order] = standardise(rows[order], missing=True).z
    return z


def _groups(k: int | None, choice: Choice, n: int) -> int:
    if k is None:
        return choice.k
    if not 1 <= k <= MOST_GROUPS:
        raise ValueError(f"k must be between 1 and {MOST_GROUPS}, got {k}")
    return min(k, n)


def _best_first(groups: Ints, rate: Floats, volume: Floats) -> tuple[Ints, Floats]:
    """Renumber the groups by their mean rate, weighted by volume."""
    mass = np.bincount(groups, volume)
    plain = np.bincount(groups, rate) / np.bincount(groups)
    weighted = np.bincount(groups, rate * volume) / np.where(mass > 0, mass, 1)
    response = np.where(mass > 0, weighted, plain)
    order = np.argsort(-response, kind="stable")
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    return rank[groups], response[order]


def _names(response: Floats) -> tuple[str, ...]:
    if not len(response):
        return ()
    names = NAMES[len(response) - 1]
    if len(response) > 1 and response[-1] > response[0] / 2:
        return (*names[:-1], LEAST_RESPONSIVE)
    return names
