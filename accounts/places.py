"""From what was typed to the one row of that place, geocoded when written."""

from collections.abc import Iterable
from typing import NamedTuple

from accounts import gazetteer
from accounts.models import Place
from crm.lib.text import plain


class Spot(NamedTuple):
    """A place as a form or file gives it; coordinates in degrees win over names."""

    city: str = ""
    state: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def is_blank(self) -> bool:
        named = any(part.strip() for part in (self.city, self.state, self.country))
        return not named and not gazetteer.usable(self.latitude, self.longitude)


def place_for(
    city: str = "",
    state: str = "",
    country: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
) -> Place | None:
    """The row of this place, made when it is new; None when nothing was typed."""
    spot = Spot(city, state, country, latitude, longitude)
    return places_for([spot]).get(spot)


def places_for(spots: Iterable[Spot]) -> dict[Spot, Place]:
    """The rows of many places in three queries at most; blank spots are left out."""
    drafts = {spot: located(spot) for spot in set(spots) if not spot.is_blank}
    keys = {draft.key for draft in drafts.values()}
    known = {place.key: place for place in Place.objects.filter(key__in=keys)}
    new = {draft.key: draft for draft in drafts.values() if draft.key not in known}
    if new:
        # Another import may be writing the same place: take whichever row is there.
        Place.objects.bulk_create(new.values(), ignore_conflicts=True)
        known |= {place.key: place for place in Place.objects.filter(key__in=new)}
    return {spot: known[draft.key] for spot, draft in drafts.items()}


def located(spot: Spot) -> Place:
    """An unsaved Place with its canonical names, coordinates and precision."""
    city, state, country = (part.strip()[:100] for part in spot[:3])
    given = gazetteer.usable(spot.latitude, spot.longitude)
    found = gazetteer.find(city, state, country)
    if given and not city:
        found = gazetteer.nearest(spot.latitude, spot.longitude) or found
    if found and (found.precision == Place.Precision.CITY or not city):
        city, state, country = found.city, found.state, found.country
    place = Place(city=city, state=state, country=country)
    place.key = "|".join(plain(part) for part in (city, state, country))
    if given:
        place.latitude, place.longitude = (
            round(spot.latitude, 4),
            round(spot.longitude, 4),
        )
        place.key += f"@{place.latitude},{place.longitude}"
        place.precision = Place.Precision.EXACT
    elif found:
        place.latitude, place.longitude = found.latitude, found.longitude
        place.precision = found.precision
    if not given and (
        found is None or (city and found.precision != Place.Precision.CITY)
    ):
        place.suggestion = gazetteer.suggest(city, country)
    return place
