"""Ward's merge tree of weighted points, by merging mutual nearest neighbours.

After Walter, Bala, Kulkarni and Pingali, "Fast agglomerative clustering for
rendering" (2008): each round finds every cluster's nearest neighbour with a k-d
tree and merges all mutual pairs. Their plain centroid distance is not reducible, so
their hierarchy depends on the order of merging. Ward's is reducible,

    cost(s, t) = w_s·w_t / (w_s + w_t) · |c_s - c_t|²,

a union is never nearer to a third cluster than the nearer of its parts was. So all
mutual pairs of a round may merge at once, and the tree is that of one merge at a
time: the tree of `scipy.cluster.hierarchy.linkage(points, "ward")`, without its
n × n memory.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from .distinct import Distinct, Floats, Ints, distinct

BLOCK = 400_000  # neighbours fetched at a time: keeps temporaries under 300 MiB
BRUTE_QUESTIONS = 16
BRUTE_PAIRS = 60_000
FIRST_NEIGHBOURS = 5


class TooManyRounds(ValueError):
    """The points form a chain in which almost nothing is mutually nearest."""


def ward_tree(points: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Build the Ward tree of `points` (n, d): an (n-1, 4) SciPy merge matrix.

    Row i makes node n+i from the nodes in columns 0 and 1 (0..n-1 are the rows of
    `points`); column 2 is the height, in the unit of the points times the square
    root of a weight, never falling; column 3 counts rows, not weight. A weight acts
    as that many equal rows. Equal rows merge first, at height 0. Tied costs resolve
    by coordinates, so the answer does not depend on the order of the rows.
    Time is about n log n, memory grows with n. NaN, infinity and weights that are
    not positive raise ValueError, chains without mutual neighbours TooManyRounds.
    """
    rows = distinct(points, weights)
    merges = [_equal_rows(rows)]
    slots = _Slots(rows, made=len(merges[0]))
    ask = slots.alive
    for _ in range(_round_limit(len(slots.alive))):
        if len(slots.alive) == 1:
            return _sorted_matrix(
                np.concatenate(merges), len(rows.order), slots.exponent
            )
        _find_nearest(slots, ask)
        low, high = _mutual_pairs(slots)
        merges.append(slots.merge(low, high))
        ask = slots.to_ask_again(low, high)
    raise TooManyRounds(
        f"{len(rows.points)} points did not merge within the round limit: "
        "they form a chain of ever larger gaps"
    )


def _round_limit(n: int) -> int:
    return 41 + int(20 * np.log2(n))


def _equal_rows(rows: Distinct) -> Floats:
    """Chain the equal rows together: their merges, all at height 0."""
    n = len(rows.order)
    again = np.flatnonzero(rows.repeat)
    number = np.cumsum(rows.repeat) - 1  # of the merge that takes in each row
    before = np.where(
        rows.repeat[again - 1], n + number[again - 1], rows.order[again - 1]
    )
    in_group = np.arange(n) - np.maximum.accumulate(
        np.where(rows.repeat, 0, np.arange(n))
    )
    return np.column_stack(
        [rows.order[again], before, np.zeros(len(again)), in_group[again] + 1.0]
    )


class _Slots:
    """The clusters not yet merged. A merged pair lives on in its lower slot."""

    def __init__(self, rows: Distinct, made: int) -> None:
        n, u = len(rows.order), len(rows.points)
        # A power of two brings the points near 1 without changing one digit, so
        # that squares neither overflow nor vanish.
        self.exponent = int(np.frexp(np.abs(rows.points).max())[1])
        self.centroid = np.ldexp(rows.points, -self.exponent)
        self.weight = rows.weights.copy()
        self.height = np.zeros(u)
        self.count = rows.counts.copy()
        last = np.cumsum(rows.counts) - 1  # the last of each run of equal rows
        number = np.cumsum(rows.repeat) - 1
        self.node = np.where(rows.counts > 1, n + number[last], rows.order[last])
        self.nearest = np.full(u, u)
        self.cost = np.full(u, np.inf)
        self.alive = np.arange(u)
        self.next_node = n + made

    def cost_between(self, a: Ints, b: Ints) -> Floats:
        """Ward cost of slots `a` against slots `b` (broadcast), the same both ways."""
        square = np.zeros(np.broadcast_shapes(a.shape, b.shape))
        for column in self.centroid.T:
            square += (column[a] - column[b]) ** 2
        s, t = self.weight[a], self.weight[b]
        return np.asarray(s * t / (s + t) * square)

    def merge(self, low: Ints, high: Ints) -> Floats:
        """Merge each slot of `high` into its `low`; return the rows of the matrix."""
        s, t = self.weight[low, None], self.weight[high, None]
        children = np.column_stack([self.node[low], self.node[high]])
        # Rounding may put a parent one digit below its child: SciPy refuses that.
        height = np.maximum.reduce(
            [np.sqrt(2 * self.cost[low]), self.height[low], self.height[high]]
        )
        self.centroid[low] = (s * self.centroid[low] + t * self.centroid[high]) / (
            s + t
        )
        self.weight[low] += self.weight[high]
        self.count[low] += self.count[high]
        self.height[low] = height
        self.node[low] = self.next_node + np.arange(len(low))
        self.next_node += len(low)
        self.alive = np.setdiff1d(self.alive, high, assume_unique=True)
        return np.column_stack([children, height, self.count[low]])

    def to_ask_again(self, low: Ints, high: Ints) -> Ints:
        """List the slots whose answer a merge made stale; reducibility keeps the rest."""
        touched = np.zeros(len(self.weight), dtype=bool)
        touched[low] = touched[high] = True
        stale = touched[self.alive] | touched[self.nearest[self.alive]]
        again: Ints = self.alive[stale]
        return again

    def answer(self, asked: Ints, cost: Floats, who: Ints) -> None:
        """Note `who` as nearest where it is cheaper, or as cheap and lower."""
        tied = (cost == self.cost[asked]) & (who < self.nearest[asked])
        better = (cost < self.cost[asked]) | tied
        self.cost[asked[better]] = cost[better]
        self.nearest[asked[better]] = who[better]


def _mutual_pairs(slots: _Slots) -> tuple[Ints, Ints]:
    """Pair mutual nearest slots, each in one pair: lower slots, higher slots.

    There is always one: the cheapest answer of all is mutual. All mutual edges of a
    slot cost the same, so only ties leave a choice; it goes by (cost, low, high).
    """
    a = slots.alive
    b = slots.nearest[a]
    mutual = slots.cost[b] >= slots.cost[a]
    a, b = a[mutual], b[mutual]
    low, high = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((high, low, slots.cost[a]))
    low, high = low[order], high[order]
    fresh = np.ones(len(low), dtype=bool)  # an edge is seen from both of its ends
    fresh[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    low, high = low[fresh], high[fresh]
    rank = np.arange(len(low))
    least = np.empty(len(slots.weight), dtype=np.intp)
    ends = np.column_stack([low, high]).ravel()[::-1]
    least[ends] = np.repeat(rank, 2)[::-1]  # the last write, so the least rank, stays
    keep = (least[low] == rank) & (least[high] == rank)
    _match_ties(low, high, keep, len(slots.weight))
    return low[keep], high[keep]


def _match_ties(low: Ints, high: Ints, keep: NDArray[np.bool_], size: int) -> None:
    """Also keep, in order, tied edges with both ends free: a grid needs few rounds."""
    taken = np.zeros(size, dtype=bool)
    taken[low[keep]] = taken[high[keep]] = True
    for edge in np.flatnonzero(~(taken[low] | taken[high])):
        if not (taken[low[edge]] or taken[high[edge]]):
            keep[edge] = taken[low[edge]] = taken[high[edge]] = True


def _find_nearest(slots: _Slots, asked: Ints) -> None:
    """Find the cheapest partner of each asked slot, exactly."""
    slots.cost[asked] = np.inf
    slots.nearest[asked] = len(slots.weight)
    pairs = len(asked) * len(slots.alive)
    if len(asked) <= BRUTE_QUESTIONS or pairs <= BRUTE_PAIRS:
        _compare_all(slots, asked)
    else:
        _ask_trees(slots, asked)


def _compare_all(slots: _Slots, asked: Ints) -> None:
    for block in _blocks(asked, len(slots.alive)):
        cost = slots.cost_between(block[:, None], slots.alive[None, :])
        cost[block[:, None] == slots.alive[None, :]] = np.inf
        best = cost.argmin(axis=1)
        slots.answer(block, cost[np.arange(len(block)), best], slots.alive[best])


def _ask_trees(slots: _Slots, asked: Ints) -> None:
    """Ask one k-d tree per size class, the slot's own class first.

    Within a class weights differ by less than 8, so Euclidean distance, which is all
    a k-d tree knows, says nearly enough about the cost.
    """
    size_class = np.floor(np.log2(slots.weight) / 3).astype(int)
    classes = np.unique(size_class[slots.alive])
    members = {c: slots.alive[size_class[slots.alive] == c] for c in classes}
    trees = {
        c: cKDTree(slots.centroid[m], balanced_tree=False, compact_nodes=False)
        for c, m in members.items()
    }
    for own in np.unique(size_class[asked]):
        group = asked[size_class[asked] == own]
        for c in sorted(classes, key=lambda c: (abs(c - own), c)):
            _ask_tree(slots, group, members[c], trees[c])


def _ask_tree(slots: _Slots, asked: Ints, members: Ints, tree: cKDTree) -> None:
    """Ask for k Euclidean neighbours, and for 4k where an unseen one may be cheaper."""
    lightest = slots.weight[members].min()
    k = FIRST_NEIGHBOURS
    while len(asked):
        k = min(k, len(members))
        again = []
        for block in _blocks(asked, k):
            far, place = tree.query(slots.centroid[block], k=range(1, k + 1))
            who = members[place]
            cost = slots.cost_between(block[:, None], who)
            cost[who == block[:, None]] = np.inf
            best = cost.min(axis=1)
            lowest = np.where(cost == best[:, None], who, len(slots.weight)).min(axis=1)
            slots.answer(block, best, lowest)
            s = slots.weight[block]
            unseen = s * lightest / (s + lightest) * far[:, -1] ** 2
            sofar = slots.cost[block]  # nothing is cheaper than 0
            again.append(block[(unseen <= sofar) & (sofar > 0)])
        if k == len(members):
            return
        asked = np.concatenate(again)
        k *= 4


def _blocks(asked: Ints, width: int) -> Iterator[Ints]:
    """Cut `asked` so that a block times `width` stays within the memory budget."""
    step = max(1, BLOCK // width)
    for start in range(0, len(asked), step):
        yield asked[start : start + step]


def _sorted_matrix(merges: Floats, n: int, exponent: int) -> Floats:
    """Sort the merges by height and renumber the nodes they made."""
    order = np.argsort(merges[:, 2], kind="stable")  # children stay before parents
    number = np.arange(2 * n - 1)
    number[n + order] = n + np.arange(n - 1)
    tree = merges[order]
    tree[:, :2] = np.sort(number[tree[:, :2].astype(np.intp)], axis=1)
    tree[:, 2] = np.ldexp(tree[:, 2], exponent)
    return tree
