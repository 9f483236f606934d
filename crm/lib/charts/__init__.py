"""The geometry of pies, bars and lines, as plain numbers for SVG attributes.

Pure: figures in, frozen dataclasses out. Every coordinate is text with a decimal
point, whatever the reader's language, so that templates cannot localise it.
"""

from crm.lib.charts.bars import Bar, Bars, bars
from crm.lib.charts.figures import Slice, percent, written
from crm.lib.charts.lines import Line, Lines, Point, Series, lines
from crm.lib.charts.pie import Pie, PieSlice, pie

__all__ = [
    "Bar",
    "Bars",
    "Line",
    "Lines",
    "Pie",
    "PieSlice",
    "Point",
    "Series",
    "Slice",
    "bars",
    "lines",
    "percent",
    "pie",
    "written",
]
