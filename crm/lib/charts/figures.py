"""What all charts share: a part with its value, scales, and figures as text."""

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format

Number = int | float | Decimal


@dataclass(frozen=True)
class Slice:
    """One part of a whole; `text` is the value as people read it ("1,200 €").

    `tone` is a palette slot "1".."8" or a class name such as "high_value".
    """

    label: str
    value: Number
    url: str = ""
    tone: str = ""
    text: str = ""


def sum_of(slices: Sequence[Slice]) -> Number:
    return sum((Decimal(str(row.value)) for row in slices), Decimal(0))


def percent(share: float) -> str:
    """ "25%"; a sliver is "<1%" and nearly everything ">99%"."""
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1 - 1e-9:
        return ">99%"
    return f"{share * 100:.0f}%"


def scale(values: Sequence[float], *, nice: bool) -> tuple[float, float, int]:
    """Bottom, top and number of steps of a scale that holds nought and all values."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if high == low:
        high = 1.0
    if not nice:
        return low, high, 1
    rough = (high - low) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(m * unit for m in (1, 2, 2.5, 5, 10) if m * unit >= rough * (1 - 1e-9))
    low, high = (
        math.floor(low / step + 1e-9) * step,
        math.ceil(high / step - 1e-9) * step,
    )
    return low, high, round((high - low) / step)


def ticks_of(
    low: float, high: float, steps: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The scale's figures and their heights, from the top."""
    figures = [high - (high - low) * i / steps for i in range(steps + 1)]
    return (
        tuple(short(f) for f in figures),
        tuple(number(100 * i / steps) for i in range(steps + 1)),
    )


def short(value: float) -> str:
    """A figure for a scale: 1,500 → "1.5k", 2,000,000 → "2M"."""
    for size, mark in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return number_format(f"{value / size:.4g}") + mark
    return number_format(f"{value:.4g}")


def written(value: Number) -> str:
    """The value as the reader's language writes it, without needless decimals."""
    number = Decimal(str(value))
    places = 0 if number == number.to_integral_value() else 2
    return number_format(number, decimal_pos=places, force_grouping=True)


def number(value: float) -> str:
    """A coordinate: at most two decimals, a point, no minus nought."""
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")


def plus(value: Number) -> float:
    return max(float(value), 0.0)


def slot_of(position: int) -> str:
    return str((position - 1) % 8 + 1)


def key_of(title: str, rows: Sequence[object]) -> str:
    return f"c{zlib.crc32(f'{title}{rows}'.encode()):x}"
