"""Lying and upright bars."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crm.lib.charts.figures import (
    Number,
    Slice,
    key_of,
    number,
    scale,
    ticks_of,
    written,
)


@dataclass(frozen=True)
class Bar:
    label: str
    text: str
    url: str
    tone: str
    x: str  # of a lying bar, in a box 100 wide
    width: str
    left: str  # of an upright bar, in a box 100 × 100
    top: str
    height: str
    breadth: str

    @property
    def name(self) -> str:
        return f"{self.label}: {self.text}"


@dataclass(frozen=True)
class Bars:
    title: str
    bars: tuple[Bar, ...]
    zero: str  # where nought lies on the long side
    ticks: tuple[str, ...]  # of the upright form, from the top
    grid: tuple[str, ...]
    upright: bool
    key: str

    @property
    def empty(self) -> bool:
        return not self.bars or all(b.width == "0" for b in self.bars)

    @property
    def linked(self) -> bool:
        return any(b.url for b in self.bars)


def bars(
    slices: Sequence[Slice],
    *,
    title: str,
    upright: bool = False,
    show: Callable[[Number], str] = written,
) -> Bars:
    """Lying bars for categories, upright ones for months; negative values go back."""
    values = [float(row.value) for row in slices]
    low, high, ticks = scale(values, nice=upright)
    span = high - low
    band = 100 / max(len(values), 1)
    drawn = []
    for i, (row, value) in enumerate(zip(slices, values, strict=True)):
        start, length = (min(value, 0) - low) / span * 100, abs(value) / span * 100
        drawn.append(
            Bar(
                label=str(row.label),
                text=row.text or show(row.value),
                url=row.url,
                tone=row.tone or "accent",
                x=number(start),
                width=number(length),
                left=number(i * band + band * 0.18),
                top=number(100 - start - length),
                height=number(length),
                breadth=number(band * 0.64),
            )
        )
    zero = -low / span * 100
    return Bars(
        title,
        tuple(drawn),
        number(100 - zero if upright else zero),
        *ticks_of(low, high, ticks),
        upright,
        key_of(title, slices),
    )
