"""The geometry of maps, trees, heat tables and scatter plots, for SVG attributes.

Pure: figures in, frozen dataclasses out. Every coordinate is text with a decimal
point, whatever the reader's language, so that templates cannot localise it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.mapping import Bounds, bounds_of, project, state_paths, world_paths

MAP = (960, 420)
LARGEST, SMALLEST = 34.0, 5.0  # radii of bubbles
NAMED = 14  # bubbles with a name beside them
NAME_ROOM = (80, 15)
TREE_WIDTH, ROW, NAME_WIDTH = 720, 26, 200
PLOT = (560, 380)
PAD_LEFT, PAD_RIGHT, PAD_TOP, PAD_BOTTOM = 52, 30, 12, 40
SHAPES = {  # drawn around 0 0; a class differs by shape as well as by tone
    "circle": "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "square": "m-3.5-3.5h7v7h-7z",
    "triangle": "m0-4.5l4.3 7.8h-8.6z",
    "diamond": "m0-5l4.6 5l-4.6 5l-4.6-5z",
    "cross": "m-1.4-4.5h2.8v3.1h3.1v2.8h-3.1v3.1h-2.8v-3.1h-3.1v-2.8h3.1z",
    "flag": "m-4.3-3.6h8.6l-4.3 8z",
}


# --- Map --------------------------------------------------------------------------


@dataclass(frozen=True)
class Spot:
    """A cluster to be drawn: where, how heavy, and its outline in degrees."""

    label: str
    text: str
    latitude: float
    longitude: float
    weight: float
    tone: str
    url: str
    outline: Sequence[tuple[float, float]] = ()


@dataclass(frozen=True)
class Bubble:
    name: str
    label: str
    x: str
    y: str
    r: str
    text_y: str
    hull: str
    tone: str
    url: str
    named: bool


@dataclass(frozen=True)
class Map:
    title: str
    land: tuple[str, ...]
    bubbles: tuple[Bubble, ...]
    width: str = str(MAP[0])
    height: str = str(MAP[1])


def map_of(
    spots: Sequence[Spot], points: Sequence[tuple[float, float]], *, title: str
) -> Map:
    """Bubbles by weight over the part of the world that holds all points.

    The heaviest are drawn first, so that none hides a smaller one.
    """
    bounds = bounds_of(points)
    shapes = world_paths(bounds, MAP)
    if in_the_us(bounds):
        shapes = [*shapes, *state_paths(bounds, MAP)]
    top = max((spot.weight for spot in spots), default=1) or 1
    order = sorted(spots, key=lambda spot: -spot.weight)
    bubbles: list[Bubble] = []
    for spot in order:
        bubbles.append(bubble(spot, top, bounds, bubbles))
    return Map(title, tuple(path for _, path in shapes), tuple(bubbles))


def in_the_us(bounds: Bounds) -> bool:
    return bounds.west > -172 and bounds.east < -60 and bounds.south > 15


def bubble(spot: Spot, top: float, bounds: Bounds, heavier: list[Bubble]) -> Bubble:
    """One bubble, with a name beside it unless that would lie on a heavier one's."""
    x, y = project(spot.latitude, spot.longitude, bounds, MAP)
    r = max(LARGEST * math.sqrt(spot.weight / top), SMALLEST)
    corners = [project(lat, lon, bounds, MAP) for lat, lon in spot.outline]
    hull = ""
    if len(corners) > 2:
        hull = "M" + "L".join(f"{n(cx)} {n(cy)}" for cx, cy in corners) + "Z"
    text_y = y - r - 4 if y > r + 18 else y + r + 13
    taken = [other for other in heavier if other.named]
    free = not any(
        abs(float(other.x) - x) < NAME_ROOM[0]
        and abs(float(other.text_y) - text_y) < NAME_ROOM[1]
        for other in taken
    )
    return Bubble(
        name=f"{spot.label}: {spot.text}",
        label=spot.label,
        x=n(x),
        y=n(y),
        r=n(r),
        text_y=n(text_y),
        hull=hull,
        tone=spot.tone,
        url=spot.url,
        named=free and len(taken) < NAMED,
    )


# --- Dendrogram -------------------------------------------------------------------


@dataclass(frozen=True)
class Leaf:
    """One branch end: what it is called and holds; tone "" is above every cluster."""

    label: str
    text: str
    tone: str
    url: str = ""


@dataclass(frozen=True)
class Branch:
    path: str
    tone: str
    name: str


@dataclass(frozen=True)
class LeafMark:
    label: str
    text: str
    x: str
    y: str
    tone: str
    url: str


@dataclass(frozen=True)
class Dendrogram:
    title: str
    branches: tuple[Branch, ...]
    leaves: tuple[LeafMark, ...]
    cut: str  # x of the line where the tree was cut; "" for none
    width: str
    height: str


def dendrogram(
    tree: np.ndarray,
    leaves: Sequence[Leaf],
    *,
    title: str,
    k: int | None = None,
    notes: Sequence[str] = (),
) -> Dendrogram:
    """A merge matrix from the right (leaves) to the left (one cluster).

    Lengths are square roots of the heights, so that low merges stay visible. `k`
    draws the line that leaves k clusters; `notes` says something per merge.
    """
    count = len(leaves)
    heights = np.sqrt(np.maximum(tree[:, 2], 0)) if len(tree) else np.zeros(0)
    top = float(heights.max()) if len(heights) and heights.max() > 0 else 1.0
    right = TREE_WIDTH - NAME_WIDTH
    x = [float(right)] * count
    y = [ROW * (i + 0.5) for i in range(count)]
    tones = [leaf.tone for leaf in leaves]
    branches = []
    for i, row in enumerate(tree):
        a, b = int(row[0]), int(row[1])
        at = right - (right - 10) * float(heights[i]) / top
        tone = tones[a] if tones[a] == tones[b] else ""
        note = notes[i] if notes else ""
        for child in (a, b):
            path = f"M{n(x[child])} {n(y[child])}H{n(at)}"
            branches.append(Branch(path, tones[child], note))
        branches.append(Branch(f"M{n(at)} {n(y[a])}V{n(y[b])}", tone, note))
        x.append(at)
        y.append((y[a] + y[b]) / 2)
        tones.append(tone)
    cut = ""
    if k is not None and 1 <= k <= count and count > 1:
        below = heights[count - k - 1] if k < count else 0.0
        above = heights[count - k] if k > 1 else top * 1.03
        cut = n(right - (right - 10) * float(below + above) / 2 / top)
    marks = tuple(
        LeafMark(leaf.label, leaf.text, n(right + 8), n(y[i] + 4), leaf.tone, leaf.url)
        for i, leaf in enumerate(leaves)
    )
    return Dendrogram(
        title, tuple(branches), marks, cut, str(TREE_WIDTH), str(ROW * count)
    )


# --- Heat table -------------------------------------------------------------------


@dataclass(frozen=True)
class HeatCell:
    text: str
    hint: str
    heat: str  # "0".."9"
    best: bool
    url: str


@dataclass(frozen=True)
class HeatRow:
    label: str
    tone: str
    cells: tuple[HeatCell, ...]
    best: str  # what is best here, in words


@dataclass(frozen=True)
class Heat:
    title: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]


def heat_of(value: float, top: float) -> str:
    """The tint of a value beside the largest, "0" for none."""
    if not value > 0 or not top > 0:
        return "0"
    return str(min(9, max(1, math.ceil(9 * value / top - 1e-9))))


# --- Scatter ----------------------------------------------------------------------


@dataclass(frozen=True)
class Cloud:
    """Points of one kind, in the units of the axes."""

    label: str
    tone: str
    shape: str
    points: np.ndarray  # (n, 2)
    url: str = ""
    text: str = ""


@dataclass(frozen=True)
class Axis:
    """Where an axis begins and ends and what stands at it, in the points' units."""

    label: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]


@dataclass(frozen=True)
class Marks:
    label: str
    text: str
    tone: str
    path: str
    key: str  # the shape alone, for the legend
    url: str


@dataclass(frozen=True)
class Scatter:
    title: str
    x_label: str
    y_label: str
    x_ticks: tuple[tuple[str, str], ...]
    y_ticks: tuple[tuple[str, str], ...]
    marks: tuple[Marks, ...]
    centres: tuple[tuple[str, str, str], ...]  # x, y, name
    left: str = str(PAD_LEFT)
    right: str = str(PLOT[0] - PAD_RIGHT)
    top: str = str(PAD_TOP)
    bottom: str = str(PLOT[1] - PAD_BOTTOM)
    width: str = str(PLOT[0])
    height: str = str(PLOT[1])

    @property
    def empty(self) -> bool:
        return not any(mark.path for mark in self.marks)


def scatter(
    clouds: Sequence[Cloud],
    x: Axis,
    y: Axis,
    *,
    title: str,
    centres: Sequence[tuple[float, float, str]] = (),
) -> Scatter:
    """One path per cloud; points that would fall on each other are drawn once."""

    def across(value: float) -> float:
        return place(value, x, PAD_LEFT, PLOT[0] - PAD_RIGHT)

    def down(value: float) -> float:
        return place(value, y, PLOT[1] - PAD_BOTTOM, PAD_TOP)

    marks = []
    for cloud in clouds:
        spots = {(round(across(a)), round(down(b))) for a, b in cloud.points}
        shape = SHAPES[cloud.shape]
        path = "".join(f"M{px} {py}{shape}" for px, py in sorted(spots))
        marks.append(
            Marks(cloud.label, cloud.text, cloud.tone, path, f"M8 8{shape}", cloud.url)
        )
    return Scatter(
        title,
        x.label,
        y.label,
        tuple((n(across(value)), text) for value, text in x.ticks),
        tuple((n(down(value)), text) for value, text in y.ticks),
        tuple(marks),
        tuple((n(across(cx)), n(down(cy)), name) for cx, cy, name in centres),
    )


def place(value: float, axis: Axis, start: float, end: float) -> float:
    span = axis.high - axis.low or 1.0
    share = min(max((value - axis.low) / span, 0.0), 1.0)
    return start + share * (end - start)


def n(value: float) -> str:
    """A coordinate with one decimal at most, and a point."""
    return f"{round(float(value), 1) + 0.0:g}"
