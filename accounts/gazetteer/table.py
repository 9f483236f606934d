"""The table of cities, states and countries in memory, read once on first use."""

import gzip
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("cities.tsv.gz")


class City(NamedTuple):
    name: str
    state: str  # "US.IL"; "SG." where the country has no states
    latitude: float
    longitude: float
    people: int

    @property
    def country(self) -> str:
        return self.state[:2]


class State(NamedTuple):
    id: str
    name: str
    code: str
    people: int
    latitude: float
    longitude: float


class Country(NamedTuple):
    code: str
    name: str
    latitude: float
    longitude: float


@dataclass(slots=True)
class Table:
    """Rows and, from the key of every way to write a name, the way to them."""

    countries: dict[str, Country] = field(default_factory=dict)
    country_keys: dict[str, str] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    state_keys: dict[str, list[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    city_keys: dict[str, int | list[int]] = field(default_factory=dict)

    def cities(self, key: str) -> list[City]:
        """Every city that is written like this, anywhere."""
        found = self.city_keys.get(key, [])
        return [self.city(n) for n in ([found] if isinstance(found, int) else found)]

    def city(self, number: int) -> City:
        """One city; its line is taken apart only now, so that loading stays short."""
        name, state, latitude, longitude, people = self.lines[number].split("\t")
        return City(name, state, float(latitude), float(longitude), int(people))


@cache
def table() -> Table:
    """Read the file; about a fifth of a second, once per process."""
    countries, states, cities = (
        block.split("\n")
        for block in gzip.decompress(FILE.read_bytes()).decode().split("\n\n")
    )
    filled = Table()
    for line in countries:
        code, name, latitude, longitude, keys = line.split("\t")
        filled.countries[code] = Country(code, name, float(latitude), float(longitude))
        for key in keys.split("|"):
            filled.country_keys.setdefault(key, code)
    for line in states:
        state, name, code, people, latitude, longitude, keys = line.split("\t")
        filled.states[state] = State(
            state, name, code, int(people), float(latitude), float(longitude)
        )
        for key in keys.split("|"):
            filled.state_keys.setdefault(key, []).append(state)
    read_cities(filled, cities)
    return filled


def read_cities(filled: Table, lines: list[str]) -> None:
    """Keep each line whole and file its number under every key."""
    index = filled.city_keys
    for number, line in enumerate(lines):
        row, _, keys = line.rpartition("\t")
        filled.lines.append(row)
        plain = row[: row.index("\t")].lower().replace(" ", "")
        for key in (plain, *keys.split("|")) if keys else (plain,):
            known = index.get(key)
            if known is None:
                index[key] = number
            elif isinstance(known, int):
                index[key] = [known, number]
            else:
                known.append(number)
