"""Lines over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm.lib.charts.figures import (
    Number,
    key_of,
    number,
    scale,
    slot_of,
    ticks_of,
    written,
)


@dataclass(frozen=True)
class Series:
    """One line; None is a month without a figure and leaves a gap."""

    label: str
    values: Sequence[Number | None]
    tone: str = ""
    urls: Sequence[str] = ()
    texts: Sequence[str] = ()


@dataclass(frozen=True)
class Point:
    x: str
    y: str
    name: str
    text: str
    url: str


@dataclass(frozen=True)
class Line:
    label: str
    tone: str
    dash: str  # "1".."4": the second cue beside the colour
    path: str
    points: tuple[Point, ...]
    cells: tuple[str, ...]  # the same figures for the table, "" for a gap


@dataclass(frozen=True)
class Lines:
    title: str
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    zero: str
    ticks: tuple[str, ...]
    grid: tuple[str, ...]
    key: str

    @property
    def empty(self) -> bool:
        return not any(line.points for line in self.lines)

    @property
    def linked(self) -> bool:
        return any(point.url for line in self.lines for point in line.points)

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The data table: a name and its figures, one per line."""
        return [
            (name, [line.cells[i] for line in self.lines])
            for i, name in enumerate(self.names)
        ]


def lines(names: Sequence[str], series: Sequence[Series], *, title: str) -> Lines:
    """One line per series over the same names (months, days), on a common scale."""
    for each in series:
        if len(each.values) != len(names):
            raise ValueError(
                f"{each.label}: {len(each.values)} values, {len(names)} names"
            )
    values = [float(v) for each in series for v in each.values if v is not None]
    low, high, ticks = scale(values, nice=True)
    drawn = tuple(
        _line(each, i, names, low=low, high=high) for i, each in enumerate(series)
    )
    return Lines(
        title,
        tuple(str(name) for name in names),
        drawn,
        number(100 + low / (high - low) * 100),
        *ticks_of(low, high, ticks),
        key_of(title, series),
    )


def _line(
    series: Series, i: int, names: Sequence[str], *, low: float, high: float
) -> Line:
    band, points, path, cells, pen = 100 / max(len(names), 1), [], "", [], "M"
    for j, value in enumerate(series.values):
        if value is None:
            pen = "M"
            cells.append("")
            continue
        x, y = (
            number((j + 0.5) * band),
            number((high - float(value)) / (high - low) * 100),
        )
        text = series.texts[j] if series.texts else written(value)
        url = series.urls[j] if series.urls else ""
        path += f"{pen}{x} {y}"
        pen = "L"
        cells.append(text)
        points.append(Point(x, y, f"{series.label}, {names[j]}: {text}", text, url))
    tone = series.tone or slot_of(i + 1)
    return Line(
        str(series.label), tone, str(i % 4 + 1), path, tuple(points), tuple(cells)
    )
