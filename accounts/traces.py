"""Finding and taking out of all texts what tells of somebody.

The declarations of the trash hold here too: `PERSONAL` columns may be blanked, `KEEP`
rows without such columns are the books and stay as they are.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from accounts.models import Client, Contact, User
from accounts.subject import relations
from accounts.trash import emptied
from crm.lib.text import plain
from notifications.models import Event, EventTopic

Kind = type[models.Model]
Found = dict[Kind, set[int]]
CHUNK = 500
SHORTEST = 3  # letters; shorter names would be found in too many words


@dataclass
class Traces:
    """What tells of somebody: their words, their addresses, their login."""

    words: set[str] = field(default_factory=set)
    numbers: set[tuple[str, str]] = field(default_factory=set)  # country, the rest
    addresses: set[str] = field(default_factory=set)
    users: set[int] = field(default_factory=set)

    def pattern(self) -> re.Pattern[str]:
        """Finds every word as it is typed, searched for, or sent in an address."""
        forms = {
            f for w in self.words | self.addresses for f in (w, plain(w), quote_plus(w))
        }
        long = sorted((f for f in forms if len(f) >= SHORTEST), key=len, reverse=True)
        any_way = [as_typed(*number) for number in self.numbers]
        either = "|".join([*any_way, *map(re.escape, long)]) or r"(?!)"
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def as_typed(country: str, rest: str) -> str:
    """A pattern for a telephone number with its digits set apart in any way."""
    gap = r"[\s()/.-]{0,3}"
    return rf"(?:(?:\+|00){gap.join(country)}{gap}\(?0?|0)?{gap}{gap.join(rest)}"


def traces_of(contact: Contact) -> Traces:
    """A person's names and addresses, today's and earlier ones; not those of the firm."""
    rows: list[Any] = [contact, *contact.history.all()]
    logins: list[Any] = []
    if contact.user_id:
        logins = [contact.user, *contact.user.history.all()]
    words = {row.name for row in rows} | {row.get_full_name() for row in logins[:1]}
    words |= {f"{row.first_name} {row.last_name}".strip() for row in logins}
    words |= {f"@{row.username}" for row in logins}
    found = Traces(words, users={row.pk for row in logins[:1]})
    for row in [*rows, *logins]:
        found.addresses |= forms_of(row)
        found.numbers |= digits_of(row)
    firm = contact.client
    found.words -= {firm.name, ""}
    found.addresses -= forms_of(firm)
    found.numbers -= digits_of(firm)
    return found


def traces_of_firm(client: Client) -> Traces:
    found = Traces()
    for row in [client, *client.history.all()]:
        found.words |= {row.name, row.billing_address, row.tax_id}
        found.addresses |= forms_of(row)
        found.numbers |= digits_of(row)
    found.words -= {""}
    return found


def forms_of(row: Any) -> set[str]:
    """An e-mail and a number, as messages and consents hold them."""
    return {str(address) for address in (row.email, row.phone) if address}


def digits_of(row: Any) -> set[tuple[str, str]]:
    """Country and national digits of the row's number."""
    if not row.phone or not row.phone.is_valid():
        return set()
    return {(str(row.phone.country_code), str(row.phone.national_number))}


def hanging_on(row: models.Model) -> tuple[Found, Found]:
    """Every row that hangs on this one, at any depth; and the books among them."""
    found: Found = {type(row): {row.pk}}
    books: Found = {}
    level: Found = dict(found)
    while level:
        below: Found = {}
        for model, relation in [(m, r) for m in level for r in relations(m)]:
            other = relation.related_model
            if hasattr(other, "history_id") or other is User:
                continue
            kept = books if is_book(other) else found
            pks = pointing(relation, level[model]) - kept.get(other, set())
            if pks:
                kept.setdefault(other, set()).update(pks)
            if pks and kept is found:
                below.setdefault(other, set()).update(pks)
        level = below
    return found, books


def pointing(relation: Any, pks: set[int]) -> set[int]:
    name, model = relation.field.name, relation.related_model
    found: set[int] = set()
    for some in chunks(pks):
        rows = model._base_manager.filter(**{f"{name}__in": some})
        found |= set(rows.values_list("pk", flat=True))
    return found


def is_book(model: Kind) -> bool:
    """Whether its rows stay as they are: kept, and nothing in them is personal."""
    return getattr(model, "KEEP", False) and not getattr(model, "PERSONAL", ())


def chunks(pks: Iterable[int]) -> Iterator[list[int]]:
    listed = sorted(pks)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def events_about(found: Found, users: set[int]) -> set[int]:
    """The events that tell of these rows, and what these people did."""
    wanted: Found = {**found, User: users}
    pks: set[int] = set(
        Event.objects.filter(actor__in=users).values_list("pk", flat=True)
    )
    for model, keys in wanted.items():
        for some in chunks(keys):
            about = EventTopic.objects.filter(
                topic=model._meta.label_lower, object_id__in=some
            )
            pks |= set(about.values_list("event", flat=True))
    return pks


def same_address(addresses: set[str]) -> Found:
    """Rows elsewhere that hold one of the addresses, such as a lead without a client."""
    found: Found = {}
    for model in apps.get_models():
        if model in (User, Client, Contact) or hasattr(model, "history_id"):
            continue
        for column in model._meta.concrete_fields:
            if isinstance(column, models.EmailField) and column.name in emptied(model):
                for address in addresses:
                    rows = model._base_manager.filter(
                        **{f"{column.name}__iexact": address}
                    )
                    pks = set(rows.values_list("pk", flat=True))
                    found.setdefault(model, set()).update(pks)
    return found


class Rewriting:
    """Takes words out of the texts of rows; `changed` says which, by kind.

    A history counts as its row. With `write=False` it only looks: the preview.
    """

    def __init__(self, traces: Traces, *, write: bool = True):
        self.pattern, self.write = traces.pattern(), write
        self.changed: Found = {}

    def rows(self, model: Kind, pks: set[int]) -> None:
        """The rows and, where there is one, their history."""
        for some in chunks(pks):
            self._in(model._base_manager.filter(pk__in=some), model)
            if hasattr(model, "history"):
                key = model._meta.pk.attname
                old = model.history.filter(**{f"{key}__in": some})
                self._in(old, model, key)

    def everywhere(self, model: Kind) -> None:
        """All rows: for the logs, which belong to nobody."""
        self._in(model._base_manager.all(), model)

    def _in(self, rows: "models.QuerySet[Any]", of: Kind, key: str = "pk") -> None:
        """Rewrite these rows, which are `of` a kind or, by that `key`, its history."""
        fields = rows.model._meta.concrete_fields
        columns = {f.name: f for f in fields if is_text(f)}
        if not columns:
            return
        for row in rows.values(*{"pk", key}, *columns).iterator(chunk_size=CHUNK):
            new = {
                name: self._new(column, row[name]) for name, column in columns.items()
            }
            changes = {name: value for name, value in new.items() if value != row[name]}
            if not changes:
                continue
            self.changed.setdefault(of, set()).add(row[key])
            if self.write:
                rows.model._base_manager.filter(pk=row["pk"]).update(**changes)

    def _new(self, column: Any, value: Any) -> Any:
        """The value without the words; an address that is one of them is gone."""
        if not value:
            return value
        if isinstance(column, models.JSONField):
            text = json.dumps(value, ensure_ascii=False)
            cleared = self.pattern.sub(_("[erased]"), text)
            return value if cleared == text else json.loads(cleared)
        text = str(value)
        cleared = self.pattern.sub(_("[erased]"), text)
        if cleared == text:
            return value
        gone = column.blank and cleared == _("[erased]")
        if gone or isinstance(column, models.EmailField):
            return ""
        return cleared[: column.max_length] if column.max_length else cleared


def is_text(column: Any) -> bool:
    kinds = models.CharField | models.TextField | models.JSONField
    return isinstance(column, kinds) and not column.choices and not column.unique
