"""The six value classes: rules over dates, then over the cluster. NumPy only.

First that holds: new, negative, most growth, dormant (below average), then the class
of the High, Average or Low cluster. Each client gets one class and one reason, a code
with numbers from which the interface makes a translated sentence.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Days = NDArray[np.datetime64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int8]
Mask = NDArray[np.bool_]

HIGH, AVERAGE, LOW, BLANK = 0, 1, 2, -1
CLUSTERS = ("high", "average", "low")

CLASSES = (
    "high_value",
    "most_growth",
    "ordinary",
    "below_average",
    "negative",
    "new",
)
LEFT_OUT = -1

REASONS = (
    "new_without_purchase",
    "new_with_purchase",
    "never_bought",
    "first_bought_lately",
    "dormant",
    "high_cluster",
    "average_cluster",
    "low_cluster",
    "no_dates",
    "not_yet_signed_up",
)
CLASS_OF_REASON = (5, 5, 4, 1, 3, 0, 2, 3, LEFT_OUT, LEFT_OUT)

RECENT_DAYS = 90
YEAR_DAYS = 365


@dataclass(frozen=True)
class Clients:
    """Figures of n clients at a reference date T, one array (n,) each.

    A purchase is an order of total 0 or more before T. Refunds lower the amount but are
    never first, last or counted. NaT: no such day.
    """

    signed_up: Days
    first_bought: Days
    last_bought: Days
    amount: Ints  # minor units, over the 365 days before T, less refunds
    purchases: Ints  # over the 365 days before T


@dataclass(frozen=True)
class Reason:
    """Why a client is in a class: a code of REASONS and its numbers."""

    code: str
    days_since_sign_up: int | None
    sign_up_estimated: bool
    days_since_first: int | None
    days_since_last: int | None
    amount: int
    purchases: int


@dataclass(frozen=True)
class ValueClasses:
    """One class per client, in the order of the clients given."""

    codes: Codes  # (n,) index into CLASSES, or LEFT_OUT
    reasons: Codes  # (n,) index into REASONS
    clusters: Codes  # (n,) HIGH, AVERAGE, LOW or BLANK
    signed_up: Days  # (n,) with missing ones filled by the first purchase
    estimated: Mask  # (n,) the sign-up day is the first purchase
    reference: np.datetime64
    clients: Clients

    def counts(self) -> dict[str, int]:
        """Count the clients of each class."""
        return {name: int((self.codes == i).sum()) for i, name in enumerate(CLASSES)}

    def left_out(self) -> dict[str, int]:
        """Count the clients that got no class, by the reason."""
        got = self.reasons[self.codes == LEFT_OUT]
        return {REASONS[i]: int((got == i).sum()) for i in np.unique(got)}

    def reason(self, i: int) -> Reason:
        """Say why client `i` is in its class."""
        return Reason(
            code=REASONS[self.reasons[i]],
            days_since_sign_up=self._days_since(self.signed_up[i]),
            sign_up_estimated=bool(self.estimated[i]),
            days_since_first=self._days_since(self.clients.first_bought[i]),
            days_since_last=self._days_since(self.clients.last_bought[i]),
            amount=int(self.clients.amount[i]),
            purchases=int(self.clients.purchases[i]),
        )

    def _days_since(self, day: np.datetime64) -> int | None:
        return None if np.isnat(day) else int((self.reference - day).astype(int))


def clients(
    signed_up: ArrayLike,
    first_bought: ArrayLike,
    last_bought: ArrayLike,
    amount: ArrayLike,
    purchases: ArrayLike,
) -> Clients:
    """Copy and check the figures; days are dates, ISO text or datetime64, None missing."""
    days = [
        np.array(d, dtype="datetime64[D]")
        for d in (signed_up, first_bought, last_bought)
    ]
    cents, count = _whole(amount, "amount"), _whole(purchases, "purchases")
    if len({a.shape for a in (*days, cents, count)}) != 1 or cents.ndim != 1:
        raise ValueError("every figure needs one value per client")
    _, first, last = days
    if (np.isnat(first) != np.isnat(last)).any() or (first > last).any():
        raise ValueError("first and last purchase must go together, the first first")
    if (count < 0).any() or (count[np.isnat(first)] > 0).any():
        raise ValueError("purchases must be counts, 0 without a first purchase")
    return Clients(days[0], first, last, cents, count)


def reaches_clusters(given: Clients, reference: ArrayLike) -> Mask:
    """Mark the clients whose class no date decides: only they are fitted."""
    return np.asarray(_date_reasons(given, _day(given, reference)) == BLANK)


def classify(given: Clients, reference: ArrayLike, clusters: ArrayLike) -> ValueClasses:
    """Give every client the class of the first rule that holds at the reference date.

    `clusters` (n,) holds HIGH, AVERAGE or LOW for at least the clients that
    `reaches_clusters` marks, BLANK for those that were not fitted.
    """
    day = _day(given, reference)
    fitted = np.array(clusters, dtype=np.int8)
    if fitted.shape != given.signed_up.shape:
        raise ValueError("clusters needs one value per client")
    reasons = _date_reasons(given, day)
    open_ = reasons == BLANK
    if not np.isin(fitted[open_], (HIGH, AVERAGE, LOW)).all():
        raise ValueError("a client that reaches the cluster rule has no cluster")
    high = REASONS.index("high_cluster")  # followed by average and low
    reasons[open_] = high + fitted[open_]
    codes = np.array(CLASS_OF_REASON, dtype=np.int8)[reasons]
    return ValueClasses(
        codes=codes,
        reasons=reasons,
        clusters=np.where(codes == LEFT_OUT, np.int8(BLANK), fitted),
        signed_up=_signed_up(given),
        estimated=np.isnat(given.signed_up) & ~np.isnat(given.first_bought),
        reference=day,
        clients=given,
    )


def _signed_up(given: Clients) -> Days:
    return np.where(np.isnat(given.signed_up), given.first_bought, given.signed_up)


def _date_reasons(given: Clients, day: np.datetime64) -> Codes:
    """Apply the rules that need dates only; BLANK where none of them holds."""
    signed_up, first, last = _signed_up(given), given.first_bought, given.last_bought
    recent, year = day - RECENT_DAYS, day - YEAR_DAYS
    rules = [  # comparisons with NaT are false
        (np.isnat(signed_up), "no_dates"),
        (signed_up >= day, "not_yet_signed_up"),
        ((signed_up >= recent) & np.isnat(first), "new_without_purchase"),
        (signed_up >= recent, "new_with_purchase"),
        (np.isnat(last) | (last < signed_up), "never_bought"),
        (first >= recent, "first_bought_lately"),
        (last < year, "dormant"),
    ]
    return np.select(
        [holds for holds, _ in rules],
        [np.int8(REASONS.index(name)) for _, name in rules],
        np.int8(BLANK),
    )


def _day(given: Clients, reference: ArrayLike) -> np.datetime64:
    day = np.array(reference, dtype="datetime64[D]")
    if day.shape != () or np.isnat(day):
        raise ValueError("the reference date must be one day")
    if (given.last_bought >= day).any():
        raise ValueError("purchases on or after the reference date must not be counted")
    return np.datetime64(day.item(), "D")


def _whole(values: ArrayLike, name: str) -> Ints:
    array = np.array(values)
    if array.size and array.dtype.kind not in "iu":
        raise ValueError(f"{name} must be whole numbers (money in minor units)")
    return array.astype(np.int64)
