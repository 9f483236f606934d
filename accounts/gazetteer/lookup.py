"""From what people write in city, state and country to a point on the map."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from math import isfinite
from typing import NamedTuple

from rapidfuzz import fuzz, process

from accounts.gazetteer.names import division_key, key, words
from accounts.gazetteer.table import City, Table, table

CITY, STATE, COUNTRY = "city", "state", "country"
# written as part of the first, listed as a country of its own
TERRITORIES = {
    "US": ("PR", "GU", "VI", "AS", "MP"),
    "FR": ("RE", "GP", "MQ", "GF", "YT", "NC", "PF"),
    "CN": ("HK", "MO"),
    "GB": ("JE", "GG", "IM", "GI"),
    "NL": ("CW", "AW", "SX", "BQ"),
}
BREAKS = re.compile(r"[,;/\\|()\[\]]+|\s[-–—]+\s?")
OTHER_NAME = 0.1  # what a former or foreign name is worth beside a city's own
CLOSE = 75  # per cent of equal letters from which a spelling is suggested


@dataclass(frozen=True, slots=True)
class Found:
    """A place, and how exactly it is known: to the city, the state or the country."""

    latitude: float
    longitude: float
    precision: str
    country_code: str
    country: str
    state: str = ""
    state_code: str = ""
    city: str = ""


class Limit(NamedTuple):
    """Countries and states a city has to be in; empty is anywhere."""

    codes: tuple[str, ...]
    states: tuple[str, ...]


@lru_cache(maxsize=16_384)
def find(city: str = "", state: str = "", country: str = "") -> Found | None:
    """Place what was typed as exactly as it can be told, or None.

    A country or state that cannot be read is ignored when the city is known. A city that
    is not in the state or country it is said to be in falls back to that state or country.
    """
    city, state, country = ((part or "").strip() for part in (city, state, country))
    known = table()
    parts = [part for part in BREAKS.split(city) if words(part)]
    bounds = list(limits(known, parts[1:], state, country))
    for limit in bounds:
        for name, inside in readings(known, parts, limit):
            if best := best_city(known, name, inside):
                return found_city(known, best)
    if parts:  # 'Bavaria' or 'Germany', typed where the city goes
        bounds += limits(known, parts[:1], state, country)
    for limit in bounds:
        if limit.states:
            largest = max(limit.states, key=lambda id: known.states[id].people)
            return found_state(known, largest)
    codes = next((limit.codes for limit in bounds if limit.codes), ())
    return found_country(known, codes[0]) if codes else None


def usable(latitude: float | None, longitude: float | None) -> bool:
    """True for coordinates on the globe; (0, 0) is what broken exports write for none."""
    if latitude is None or longitude is None:
        return False
    if not (isfinite(latitude) and isfinite(longitude)):
        return False
    on_globe = abs(latitude) <= 90 and abs(longitude) <= 180
    return on_globe and (latitude, longitude) != (0, 0)


def suggest(city: str = "", country: str = "") -> str:
    """The nearest known spelling of the country if that cannot be read, else of the city.

    Blank if nothing is near.
    """
    known = table()
    codes = country_codes(known, country)
    if country and not codes:
        near = nearest_key(division_key(country), list(known.country_keys))
        return known.countries[known.country_keys[near]].name if near else ""
    near = nearest_key(key(city), spellings()[codes[0] if codes else ""])
    best = best_city(known, near, Limit(codes[:1], ()))
    return best.name if best else ""


def limits(known: Table, hints: list[str], state: str, country: str) -> Iterator[Limit]:
    """Where to look, by what the columns and the text after the city say.

    'CA' after a city is California first and Canada second.
    """
    codes = country_codes(known, country)
    yield Limit(codes, state_ids(known, codes, state, *hints, "" if codes else country))
    if not codes and (codes := country_codes(known, *hints)):
        yield Limit(codes, state_ids(known, codes, state, *hints))


def country_codes(known: Table, *texts: str) -> tuple[str, ...]:
    """The first text that names a country, and the territories written as part of it."""
    for text in texts:
        if code := known.country_keys.get(division_key(text)):
            return (code, *TERRITORIES.get(code, ()))
    return ()


def state_ids(known: Table, codes: tuple[str, ...], *texts: str) -> tuple[str, ...]:
    """Every state, in these countries if any, that the first telling text can mean."""
    for text in texts:
        named = known.state_keys.get(division_key(text), ())
        inside = tuple(id for id in named if not codes or id[:2] in codes)
        if inside:
            return inside
    return ()


def readings(
    known: Table, parts: list[str], limit: Limit
) -> Iterator[tuple[str, Limit]]:
    """The keys a city may be meant by and where, the likeliest first."""
    if not parts:
        return
    yield key(" ".join(parts)), limit
    first = [word for word in words(parts[0]) if not word.isdigit()]
    yield key(" ".join(first)), limit
    for cut in range(len(first) - 1, 0, -1):  # 'rio de janeiro rj', 'London UK'
        city, tail = key(" ".join(first[:cut])), " ".join(first[cut:])
        if states := state_ids(known, limit.codes, tail):
            yield city, Limit(limit.codes, limit.states or states)
        codes = country_codes(known, tail)
        if codes and limit.codes in ((), codes):
            yield city, Limit(codes, limit.states)
    for part in parts[1:]:  # 'Centro, Porto Alegre'
        if not (state_ids(known, (), part) or country_codes(known, part)):
            yield key(part), limit


def best_city(known: Table, name: str, limit: Limit) -> City | None:
    """The city of this name with most people; its own name counts before others."""
    inside = [
        city
        for city in known.cities(name)
        if (not limit.codes or city.country in limit.codes)
        and (not limit.states or city.state in limit.states)
    ]

    def weight(city: City) -> float:
        return (city.people + 1) * (1 if key(city.name) == name else OTHER_NAME)

    return max(inside, key=weight, default=None)


def found_city(known: Table, city: City) -> Found:
    state = known.states.get(city.state)
    return Found(
        latitude=city.latitude,
        longitude=city.longitude,
        precision=CITY,
        country_code=city.country,
        country=known.countries[city.country].name,
        state=state.name if state else "",
        state_code=state.code if state else "",
        city=city.name,
    )


def found_state(known: Table, id: str) -> Found:
    state = known.states[id]
    country = known.countries[id[:2]]
    return Found(
        latitude=state.latitude,
        longitude=state.longitude,
        precision=STATE,
        country_code=country.code,
        country=country.name,
        state=state.name,
        state_code=state.code,
    )


def found_country(known: Table, code: str) -> Found:
    country = known.countries[code]
    return Found(
        latitude=country.latitude,
        longitude=country.longitude,
        precision=COUNTRY,
        country_code=code,
        country=country.name,
    )


@cache
def spellings() -> dict[str, list[str]]:
    """By country code, every key of a city in it; blank is anywhere."""
    known = table()
    countries = [line.split("\t", 2)[1][:2] for line in known.lines]
    written = defaultdict(list, {"": list(known.city_keys)})
    for name, found in known.city_keys.items():
        numbers = [found] if isinstance(found, int) else found
        for code in {countries[number] for number in numbers}:
            written[code].append(name)
    return written


def nearest_key(typed: str, choices: list[str]) -> str:
    """The choice with most letters in common, blank if all are far off."""
    if not typed:
        return ""
    near = process.extractOne(typed, choices, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return near[0] if near else ""
