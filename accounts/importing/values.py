"""Cells as files write them, made into values; ValueError says what is wrong."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts import gazetteer
from crm.lib import dates, money, phones

SEVERAL = re.compile(r"\s*(?::::|[;,|\s])\s*")
WHOLE = re.compile(r"^\d+\.0+$")
SLASHED = re.compile(r"^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[T ]+(\d.*))?$")
CLOCK = re.compile(
    r"^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?\s*(Z|[+-]\d{2}:?\d{2})?$"
)
DAY_FIRST_ELSE = ("US", "PH", "CA", "")  # countries that write the month first
OLDEST = 110  # years; exports write 118 or 999 for an unknown age


def identifier(text: str) -> str:
    """An external id; spreadsheets make 17850 into 17850.0."""
    text = text.strip()
    return text[: text.index(".")] if WHOLE.match(text) else text


def email(text: str) -> str:
    """The first e-mail address in the cell, in lower case."""
    return emails(text)[0]


def emails(text: str) -> list[str]:
    """Every e-mail address in the cell, at least one."""
    found = []
    for part in SEVERAL.split(text.strip().lower().removeprefix("mailto:")):
        address = part.strip("<>\"'")
        try:
            validate_email(address)
        except ValidationError:
            continue
        found.append(address)
    if not found:
        raise ValueError(_("“{text}” is not an e-mail address").format(text=text))
    return found


@lru_cache(maxsize=4096)
def country_code(country: str) -> str:
    """ISO code of a country by any of its names, or blank."""
    if len(country) == 2 and country.upper() in phonenumbers.SUPPORTED_REGIONS:
        return country.upper()
    found = gazetteer.find(country=country) if country else None
    return found.country_code if found else ""


def phone(text: str, country: str = "") -> str:
    """A complete telephone number as E.164; national ones are read as of `country`."""
    raw = text.strip().lstrip("'")
    number = phones.complete(raw, country)
    if number is None:
        raise ValueError(
            _("“{text}” is not a complete telephone number").format(text=raw)
        )
    return number.as_e164


def amount(text: str) -> Decimal:
    try:
        value = money.parse_amount(text)
    except ValueError:
        raise ValueError(_("“{text}” is not an amount").format(text=text)) from None
    if abs(value) >= Decimal(10) ** 12:
        raise ValueError(_("“{text}” is too large an amount").format(text=text))
    return value


def coordinate(text: str) -> float | None:
    """Degrees; None for what is none, so that city and country decide."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def whole(text: str, lowest: int, highest: int) -> int:
    """A whole number between two limits."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        value = float("nan")
    if not lowest <= value <= highest:
        raise ValueError(
            _("“{text}” is not a number from {low} to {high}").format(
                text=text, low=lowest, high=highest
            )
        )
    return round(value)


def birth_year_of(age: str, today: date) -> int:
    """The year of birth of somebody so old."""
    return today.year - whole(age, 0, OLDEST)


class Dates:
    """Reads the dates of one file, day first or month first as its values show."""

    def __init__(self, zone: ZoneInfo, country: str = "", order: str = ""):
        self.zone = zone
        self.day_first = country not in DAY_FIRST_ELSE
        self.certain = bool(order)
        self.ambiguous = False
        if order:
            self.day_first = order == "dmy"

    def learn(self, text: str) -> None:
        """Let one value of the file say which order it is written in."""
        match = SLASHED.match(text.strip())
        if self.certain or not match:
            return
        first, mark, second = int(match[1]), match[2], int(match[3])
        if mark == "." or first > 12:
            self.day_first, self.certain = True, True
        elif second > 12:
            self.day_first, self.certain = False, True
        elif first != second:
            self.ambiguous = True

    @property
    def is_guess(self) -> bool:
        return self.ambiguous and not self.certain

    def moment(self, text: str) -> datetime:
        """An aware time; a bare date is its noon, so that no zone moves the day."""
        found = self._read(text.strip())
        if not isinstance(found, datetime):
            found = datetime.combine(found, time(12))
        return found if found.tzinfo else found.replace(tzinfo=self.zone)

    def day(self, text: str) -> date:
        """The date as written, whatever the time and zone beside it."""
        found = self._read(text.strip())
        return found.date() if isinstance(found, datetime) else found

    def _read(self, text: str) -> date | datetime:
        key = (text, self.day_first)
        try:
            found = _read_date(*key)
        except (ValueError, OverflowError):
            raise ValueError(_("“{text}” is not a date").format(text=text)) from None
        if not 1850 <= found.year <= 2200:
            raise ValueError(_("“{text}” is not a date of our time").format(text=text))
        return found


@lru_cache(maxsize=8192)
def _read_date(text: str, day_first: bool) -> date | datetime:
    match = SLASHED.match(text)
    if not match:
        return dates.parse(text)
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 0 if year > 99 else (2000 if year < 70 else 1900)
    day, month = (first, second) if day_first else (second, first)
    if month > 12:
        day, month = month, day
    found = date(year, month, day)
    return datetime.combine(found, _clock(match[5])) if match[5] else found


def _clock(text: str) -> time:
    match = CLOCK.match(text.strip())
    if not match:
        raise ValueError(text)
    hour = int(match[1]) % 12 if match[4] else int(match[1])
    hour += 12 if (match[4] or "").lower() == "pm" else 0
    zone = None
    if match[5]:
        offset = "+0000" if match[5] == "Z" else match[5]
        zone = datetime.strptime(offset, "%z").tzinfo or UTC
    return time(hour, int(match[2]), int(match[3] or 0), tzinfo=zone)
