"""Guess what a file holds and which column is which, by headers and by values."""

import hashlib
import re
from collections.abc import Sequence

from accounts.importing.base import Field
from accounts.importing.headers import MAIL
from crm.lib.text import plain

HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
OTHER = re.compile(r"[^a-z0-9]+")
PEOPLE = {"leads", "clients", "contacts"}
CLEAR = 4.0  # points by which another kind must be likelier
# Words in headers that tell the kind of rows apart when the mapping alone does not.
TELLING = {
    "leads": "lead leads mql deal opportunity stage pipeline campaign prospect statut",
    "clients": "customer client clients customers member churn sector industry seller",
    "contacts": "contact contacts position designation salutation associated",
    "purchases": "order invoice invoiceno quantity purchase payment stockcode",
    "products": "sku series",
    "spend": "spend spent cost costs",
    "visits": "visit visits view views visitor event events session url pageview basket",
}


def header_key(text: str) -> str:
    """A header made comparable: "CustomerID" and "customer_id" are "customer id".

    >>> header_key("E-mail 1 - Value")
    'e mail 1 value'
    """
    return " ".join(OTHER.sub(" ", plain(HUMP.sub(" ", text))).split())


def guess_mapping(
    columns: Sequence[str], samples: Sequence[Sequence[str]], fields: Sequence[Field]
) -> dict[str, str]:
    """Our field → the file's column, for every field that a column clearly means."""
    by_key: dict[str, str] = {}
    for column in columns:
        by_key.setdefault(header_key(column), column)
        by_key.setdefault(header_key(column).replace(" ", ""), column)
    filled = {
        column
        for number, column in enumerate(columns)
        if not samples or any(row[number].strip() for row in samples)
    }
    mapping: dict[str, str] = {}
    for field in fields:
        wanted = (field.name.replace("_", " "), *field.spellings.split(","))
        found = [by_key.get(spelling.strip()) for spelling in wanted]
        free = [c for c in found if c and c not in mapping.values()]
        # Address books have forty empty columns: one with values goes first.
        full = [column for column in free if column in filled]
        if free:
            mapping[field.name] = (full or free)[0]
    if "email" not in mapping and any(field.name == "email" for field in fields):
        mapping |= by_values(columns, samples, mapping)
    return mapping


def shape_of(columns: Sequence[str]) -> str:
    """What files with the same columns, in whatever order, have in common."""
    return hashlib.sha256("\0".join(sorted(columns)).encode()).hexdigest()


def by_values(columns, samples, mapping) -> dict[str, str]:
    """The column that holds e-mail addresses, whatever it is called."""
    for number, column in enumerate(columns):
        cells = [row[number].strip() for row in samples if row[number].strip()]
        mails = sum(1 for cell in cells if MAIL.match(cell))
        if cells and mails * 2 > len(cells) and column not in mapping.values():
            return {"email": column}
    return {}


def scores(
    columns: Sequence[str], mappings: dict[str, dict[str, str]], file_name: str = ""
) -> dict[str, float]:
    """How much each kind of rows is like a file, by headers, name and mappings."""
    named = set(header_key(file_name).split())
    words = {word for column in columns for word in header_key(column).split()} | named
    people = {"first_name", "last_name"} <= set(mappings["leads"])

    def score(kind: str) -> float:
        found = set(mappings[kind])
        points = 2.0 * len(words & set(TELLING.get(kind, "").split()))
        points += 0.3 * len(found)
        if kind == "clients":
            points += 2 * len(named & {"companies", "accounts"})
        if kind == "leads":
            points += 0.7 * people  # an address book
        if kind == "contacts":  # people need a firm
            points += 1 if people and {"client", "company"} & found else -6
        if kind == "purchases":
            buys = {"order", "date"} & found and {"client", "product"} & found
            sums = {"amount", "price", "quantity"} & found
            points += 4 if buys or ("order" in found and sums) else -6
        if kind == "products":
            points += 3 if {"code", "name"} & found and "price" in found else -6
            points -= 6 * len({"email", "order", "client"} & words)
        if kind == "spend":
            points += 3 if {"medium", "month", "amount"} <= found else -6
            points -= 6 * len({"email", "order", "client", "name"} & words)
        if kind == "visits":
            what = {"kind", "url", "product_code"} & found
            points += 2 if {"client", "at"} <= found and what else -6
            points -= 6 * len({"order", "price", "amount", "quantity"} & words)
        return points

    return {kind: score(kind) for kind in mappings}


def other_kind(chosen: str, found: dict[str, float]) -> str:
    """The kind a file clearly is when that is not the chosen one, else blank.

    Leads, clients and contacts are all people, and any of them may be meant.
    """
    likeliest = max(found, key=found.__getitem__)
    is_clear = found[likeliest] - found[chosen] >= CLEAR
    both = {chosen, likeliest} <= PEOPLE
    return likeliest if is_clear and not both else ""
