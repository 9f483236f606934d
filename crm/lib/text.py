"""Text as people type it, made comparable, searchable or safe."""

import re
import unicodedata

FORMULA = ("=", "+", "-", "@", "\t", "\r")
TITLES = {"dr", "dra", "frau", "herr", "madame", "miss", "mr", "mrs", "ms", "prof"}
NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)*$")


def plain(text: str) -> str:
    """Lower case without accents, runs of white space made one space.

    >>> plain("  São   PAULO ")
    'sao paulo'
    """
    text = str(text or "")
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept.replace("ł", "l").replace("ø", "o").split())


def with_plain_ends(text: object) -> str:
    r"""Text whose lines end as we keep them, however a browser or a file sent them.

    >>> with_plain_ends("1 Mill Lane\r\nYork")
    '1 Mill Lane\nYork'
    """
    return str(text or "").replace("\r\n", "\n").replace("\r", "\n")


def searchable(*parts: object) -> str:
    """One lower-cased, unaccented line of everything a row can be found by."""
    return " ".join(plain(str(part)) for part in parts if part)[:1000]


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet will run as a formula; plain numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA) and not NUMBER.match(value):
        return "'" + value
    return value


def given_name(name: str) -> str:
    """The name by which a person is greeted: the first, or all of it after a title.

    >>> given_name("Hanna Brandão"), given_name("Brandão, Hanna")
    ('Hanna', 'Hanna')
    >>> given_name("Dr. Hanna Brandão")
    'Dr. Hanna Brandão'
    """
    last, _comma, rest = name.strip().partition(",")
    first, *_others = (rest or last).split() or [""]
    is_title = first.endswith(".") or first.lower() in TITLES
    return " ".join(name.split()) if is_title else first
