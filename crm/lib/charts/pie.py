"""A pie with its legend."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm.lib.charts.figures import (
    Number,
    Slice,
    key_of,
    number,
    percent,
    plus,
    slot_of,
    sum_of,
    written,
)

OUTER, INNER, LABEL = 100.0, 62.0, 120.0  # radii of the ring and of its percentages
COLOURS = 8  # of the palette
SMALLEST_LABEL = 0.04  # a share below it is named in the legend only


@dataclass(frozen=True)
class PieSlice:
    label: str
    text: str
    percent: str
    url: str
    tone: str
    path: str  # "" where there is nothing to draw, or where the ring is one circle
    whole: bool
    label_x: str
    label_y: str
    show_label: bool

    @property
    def name(self) -> str:
        return f"{self.label}: {self.text} ({self.percent})"

    @property
    def hatched(self) -> bool:
        """Beyond the palette a colour comes again, with stripes."""
        return self.tone.isdigit() and int(self.tone) > COLOURS


@dataclass(frozen=True)
class Pie:
    title: str
    slices: tuple[PieSlice, ...]
    total: str
    unit: str
    key: str  # for ids

    @property
    def empty(self) -> bool:
        return not any(s.path or s.whole for s in self.slices)

    @property
    def hatched(self) -> bool:
        return any(s.hatched for s in self.slices)

    @property
    def linked(self) -> bool:
        return any(s.url for s in self.slices)

    @property
    def summary(self) -> str:
        return "; ".join(s.name for s in self.slices)


def pie(
    slices: Sequence[Slice],
    *,
    title: str,
    limit: int = 8,
    total: str = "",
    unit: str = "",
    other_url: str = "",
    show: Callable[[Number], str] = written,
) -> Pie:
    """Slices from the largest down, clockwise from noon.

    More than `limit` are drawn as the largest and one "other (7)", which leads to
    `other_url`. Values of zero and below are listed but not drawn. `total` and `unit`
    stand in the middle (default: the sum). `show` writes a value that brings no text.
    """
    rows = _grouped(slices, limit, other_url)
    whole = sum(plus(row.value) for row in rows)
    drawn, turn = [], 0.0
    for slot, row in enumerate(rows, start=1):
        share = plus(row.value) / whole if whole else 0.0
        drawn.append(_pie_slice(row, slot_of(slot), share, turn, show))
        turn += share
    return Pie(
        title, tuple(drawn), total or show(sum_of(slices)), unit, key_of(title, rows)
    )


def _grouped(slices: Sequence[Slice], limit: int, other_url: str) -> list[Slice]:
    rows = sorted(slices, key=lambda row: -row.value)
    if len(rows) <= limit:
        return rows
    rest = rows[limit - 1 :]
    label = _("other ({n})").format(n=len(rest))
    return [*rows[: limit - 1], Slice(label, sum_of(rest), other_url, "other")]


def _pie_slice(
    row: Slice, slot: str, share: float, turn: float, show: Callable[[Number], str]
) -> PieSlice:
    whole = share > 1 - 1e-9
    x, y = _on_circle(turn + share / 2, LABEL)
    return PieSlice(
        label=str(row.label),
        text=row.text or show(row.value),
        percent=percent(share),
        url=row.url,
        tone=row.tone or slot,
        path="" if whole or share <= 0 else _ring(turn, turn + share),
        whole=whole,
        label_x=number(x),
        label_y=number(y),
        show_label=share >= SMALLEST_LABEL and not whole,
    )


def _ring(start: float, end: float) -> str:
    """A piece of the ring between two turns (0 is noon, 1 is noon again)."""
    large = int(end - start > 0.5)
    (ax, ay), (bx, by) = _on_circle(start, OUTER), _on_circle(end, OUTER)
    (cx, cy), (dx, dy) = _on_circle(end, INNER), _on_circle(start, INNER)
    return (
        f"M{number(ax)} {number(ay)}A{number(OUTER)} {number(OUTER)} 0 {large} 1 {number(bx)} {number(by)}"
        f"L{number(cx)} {number(cy)}A{number(INNER)} {number(INNER)} 0 {large} 0 {number(dx)} {number(dy)}Z"
    )


def _on_circle(turn: float, radius: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn
    return radius * math.sin(angle), -radius * math.cos(angle)
