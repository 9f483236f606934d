"""Cut a stored merge tree into clusters. NumPy only: web code may import this.

Nodes are numbered as SciPy does: 0..n-1 are rows, n+i is made by row i of the tree.
Every node covers a run of neighbours in the leaf order, so a cluster is a slice and
nothing here recurses, however deep the tree is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Layout:
    """Where each of the 2n-1 nodes lies: order[start : start + size] are its rows."""

    order: Ints  # (n,)
    start: Ints  # (2n-1,)
    size: Ints  # (2n-1,)


@dataclass(frozen=True)
class Crown:
    """The last m merges of a tree as a small tree of its own, to draw."""

    tree: Floats  # (m, 4): like a merge matrix, column 3 counts rows of the whole tree
    nodes: Ints  # (m+1,) node of the whole tree under each leaf, left to right
    first_rows: Ints  # (m+1,) one row under each leaf, to look its cluster up by
    sizes: Ints  # (m+1,) rows under each leaf


def layout(tree: ArrayLike) -> Layout:
    """Lay the tree out from left to right, the first child of a merge on the left."""
    matrix = _checked(tree)
    n = len(matrix) + 1
    left, right = _children(matrix)
    made = n + np.arange(n - 1)
    size = np.ones(2 * n - 1, dtype=np.intp)
    size[n:] = matrix[:, 3].astype(np.intp)
    up = np.arange(2 * n - 1)
    up[left] = up[right] = made
    # A node starts after all left siblings on its way up: sum them by doubling.
    start = np.zeros(2 * n - 1, dtype=np.intp)
    start[right] = size[left]
    while (up != up[up]).any():
        start = start + start[up]
        up = up[up]
    order = np.empty(n, dtype=np.intp)
    order[start[:n]] = np.arange(n)
    return Layout(order, start, size)


def leaf_order(tree: ArrayLike) -> Ints:
    """List the rows from left to right, so that no two branches of the tree cross."""
    return layout(tree).order


def cut_k(tree: ArrayLike, k: int, weights: ArrayLike | None = None) -> Ints:
    """Label the rows 0..k-1 by undoing the last k-1 merges; 0 is the heaviest cluster.

    Without weights heaviest means most rows. As heavy: the one with the lowest row.
    """
    return labels_of(tree, nodes_of_k(tree, k), weights)


def cut_radius(
    tree: ArrayLike,
    radius_km: float,
    node_radii: ArrayLike,
    weights: ArrayLike | None = None,
) -> Ints:
    """Label the rows by clusters no wider than `radius_km` around their centre.

    `node_radii` (2n-1,) are kilometres as `radii.node_radii` gives. Labels are
    ordered as in `cut_k`.
    """
    return labels_of(tree, nodes_of_radius(tree, radius_km, node_radii), weights)


def nodes_of_k(tree: ArrayLike, k: int) -> Ints:
    """Find the k nodes left when the last k-1 merges are undone."""
    matrix = _checked(tree)
    n = len(matrix) + 1
    if not 1 <= k <= n:
        raise ValueError(f"k must be between 1 and {n}, got {k}")
    undone = matrix[n - k :, :2].astype(np.intp).ravel()
    nodes = np.append(undone, 2 * n - 2)
    return np.sort(nodes[nodes < 2 * n - k])


def nodes_of_radius(tree: ArrayLike, radius_km: float, node_radii: ArrayLike) -> Ints:
    """Walk from the top and stop at each node whose radius is small enough."""
    matrix = _checked(tree)
    n = len(matrix) + 1
    radii = np.asarray(node_radii, dtype=np.float64)
    if radii.shape != (2 * n - 1,):
        raise ValueError(f"expected {2 * n - 1} radii, got shape {radii.shape}")
    if not radius_km >= 0:
        raise ValueError(f"the radius must be 0 km or more, got {radius_km}")
    children = np.column_stack(_children(matrix))
    stops = (radii <= radius_km) | (np.arange(2 * n - 1) < n)
    found, front = [], np.array([2 * n - 2])
    while len(front):
        found.append(front[stops[front]])
        front = children[front[~stops[front]] - n].ravel()
    return np.sort(np.concatenate(found))


def labels_of(tree: ArrayLike, nodes: Ints, weights: ArrayLike | None = None) -> Ints:
    """Label each row by the node it lies under; `nodes` must cover every row once."""
    laid = layout(tree)
    n = len(laid.order)
    mass = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64)
    if mass.shape != (n,):
        raise ValueError(f"expected {n} weights, got shape {mass.shape}")
    nodes = nodes[np.argsort(laid.start[nodes])]
    starts = laid.start[nodes]
    if not np.array_equal(
        np.append(0, np.cumsum(laid.size[nodes])), np.append(starts, n)
    ):
        raise ValueError("the nodes must cover every row exactly once")
    heavy = np.add.reduceat(mass[laid.order], starts)
    lowest = np.minimum.reduceat(laid.order, starts)
    label = np.empty(len(nodes), dtype=np.intp)
    label[np.lexsort((lowest, -heavy))] = np.arange(len(nodes))
    labels = np.empty(n, dtype=np.intp)
    labels[laid.order] = np.repeat(label, laid.size[nodes])
    return labels


def top_merges(tree: ArrayLike, m: int) -> Crown:
    """Keep the last m merges (or all there are), whose leaves are whole branches."""
    matrix = _checked(tree)
    n = len(matrix) + 1
    if m < 0:
        raise ValueError(f"m must be 0 or more, got {m}")
    m = min(m, n - 1)
    laid = layout(matrix)
    nodes = nodes_of_k(matrix, m + 1)
    nodes = nodes[np.argsort(laid.start[nodes])]
    number = np.full(2 * n - 1, -1, dtype=np.intp)
    number[nodes] = np.arange(m + 1)
    number[2 * n - 1 - m :] = m + 1 + np.arange(m)
    small = matrix[n - 1 - m :].copy()
    small[:, :2] = number[small[:, :2].astype(np.intp)]
    return Crown(small, nodes, laid.order[laid.start[nodes]], laid.size[nodes])


def _children(matrix: Floats) -> tuple[Ints, Ints]:
    return matrix[:, 0].astype(np.intp), matrix[:, 1].astype(np.intp)


def _checked(tree: ArrayLike) -> Floats:
    matrix = np.asarray(tree, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[1] != 4:
        raise ValueError(f"expected an (n-1, 4) merge matrix, got shape {matrix.shape}")
    return matrix
