"""How many kilometres wide every node of a tree of places is. NumPy only."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .cut import Floats, Ints, Layout, layout
from .sphere import arc_km, chord_to_km

EXACT_LEVELS = 200


def node_radii(
    tree: ArrayLike, vectors: ArrayLike, weights: ArrayLike | None = None
) -> Floats:
    """Measure the longest arc in km from each node's centre to a place under it.

    `vectors` (n, 3) are unit vectors in the row order the tree was built from; the
    centre is their weighted mean direction. Returns (2n-1,), 0 for single places.
    Exact (to a millimetre) for nodes up to 200 merges below the top, which is all of
    them unless the tree is a chain; below that an upper bound, each child's centre
    plus its radius. Memory grows with n, time with n times the depth of the tree.
    """
    places = np.asarray(vectors, dtype=np.float64)
    matrix = np.asarray(tree, dtype=np.float64)
    laid = layout(matrix)
    if places.shape != (len(laid.order), 3):
        raise ValueError(f"expected {len(laid.order)} unit vectors of three numbers")
    centers = _centers(laid, places, weights)
    children = matrix[:, :2].astype(np.intp)
    # Equal rows chain up at height 0 and would make the tree deep for nothing.
    solid = np.append(np.zeros(len(places)), matrix[:, 2]) == 0
    radii = np.full(len(centers), np.nan)
    radii[solid] = 0.0
    _measure(radii, laid, children, places, centers)
    _bound(radii, children, centers)
    return radii


def _centers(laid: Layout, places: Floats, weights: ArrayLike | None) -> Floats:
    n = len(places)
    mass = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64)
    total = np.zeros((n + 1, 3))
    np.cumsum((mass[:, None] * places)[laid.order], axis=0, out=total[1:])
    sums = total[laid.start + laid.size] - total[laid.start]
    heavy = np.append(0, np.cumsum(mass[laid.order]))
    length = np.linalg.norm(sums, axis=1)
    # Places that cancel out have no middle: the first one stands in.
    lost = length <= 1e-9 * (heavy[laid.start + laid.size] - heavy[laid.start])
    centers = np.where(
        lost[:, None],
        places[laid.order[laid.start]],
        sums / np.where(lost, 1, length)[:, None],
    )
    centers[:n] = places
    return centers


def _measure(
    radii: Floats, laid: Layout, children: Ints, places: Floats, centers: Floats
) -> None:
    """Go down level by level, comparing each place with its ancestor on that level."""
    n = len(places)
    position = np.arange(n)
    above = np.full(n, 2 * n - 2)
    for _ in range(EXACT_LEVELS):
        open_ = np.isnan(radii[above])
        position, above = position[open_], above[open_]
        if not len(position):
            return
        across = places[laid.order[position]] - centers[above]
        square = np.einsum("ij,ij->i", across, across)
        first = np.flatnonzero(np.append(True, above[1:] != above[:-1]))
        farthest = np.sqrt(np.maximum.reduceat(square, first))
        radii[above[first]] = chord_to_km(farthest)
        left, right = children[above - n].T
        above = np.where(position < laid.start[right], left, right)


def _bound(radii: Floats, children: Ints, centers: Floats) -> None:
    """Bound what is left from below: a child's distance plus its own radius."""
    n = len(children) + 1
    rest: NDArray[np.intp] = np.flatnonzero(np.isnan(radii))
    pair = children[rest - n]
    reach = arc_km(centers[rest, None], centers[pair])
    for node, (left, right), (a, b) in zip(
        rest.tolist(), pair.tolist(), reach.tolist(), strict=True
    ):
        radii[node] = max(a + radii[left], b + radii[right])
