"""Finding rows by words in their `search` column; on PostgreSQL also misspelt ones."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from django.db.migrations.operations import RunPython
from django.db.models import Q, QuerySet
from django.db.models.lookups import PostgresOperatorLookup

from crm.lib.text import plain

NEWEST = 50  # rows that are looked for of each kind, where there may be very many
TOLERANT_FROM = 5  # letters; shorter words resemble too much
PHONE = re.compile(r"[+(]?[\d(][\d\s()/.-]{3,}")


@models.TextField.register_lookup
class Resembles(PostgresOperatorLookup):
    """A part of the text is like the word (pg_trgm); served by the trigram index."""

    lookup_name = "resembles"
    postgres_operator = "%%>"


class SearchField(models.TextField):
    """What a row is found by: its `found_by()`, whenever this column is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "editable": False, **kwargs})

    def pre_save(self, model_instance: Any, add: bool) -> str:
        if not hasattr(model_instance, "found_by"):  # a migration's model
            return str(getattr(model_instance, self.attname))
        text = str(model_instance.found_by())
        setattr(model_instance, self.attname, text)
        return text


@contextmanager
def tolerance(share: float) -> Iterator[None]:
    """Let `resembles` find what has this share of equal trigrams (else it is 0.6)."""
    with transaction.atomic():  # the setting ends with it
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                name = "pg_trgm.word_similarity_threshold"
                cursor.execute("SELECT set_config(%s, %s, true)", [name, str(share)])
        yield


def words_of(text: str) -> list[str]:
    """The words one looks for; a telephone number, however it is spaced, is one word."""
    text = text.replace("\x00", "")
    if PHONE.fullmatch(text.strip()):
        return [re.sub(r"\D", "", text.replace("(0)", "")).lstrip("0")]
    return plain(text).split()


def found(rows: "QuerySet[Any]", words: str) -> "QuerySet[Any]":
    """The rows that hold every one of the words, in any order."""
    return rows.filter(_holds(words, "search"))


def found_across(
    rows: "QuerySet[Any]", words: str, relation: str, newest: int = NEWEST
) -> "QuerySet[Any]":
    """The newest rows that hold every word, or whose row across `relation` does.

    The two are looked for one by one, each no further than its `newest`: an OR over two
    tables would read both from end to end for a word that is in very many rows.
    """
    parts = [rows.filter(_holds(words, c)) for c in ("search", f"{relation}__search")]
    plain_rows = rows.model._default_manager.order_by()
    own, across = (
        plain_rows.filter(pk__in=part.order_by("-pk").values("pk")[:newest])
        for part in parts
    )
    return rows.filter(pk__in=own.values("pk").union(across.values("pk")))


def _holds(words: str, column: str) -> Q:
    condition = _all_of(plain(words.replace("\x00", "")).split(), column)
    if PHONE.fullmatch(words.strip()):
        condition |= _all_of(words_of(words), column)
    return condition


def _all_of(words: list[str], column: str) -> Q:
    every = Q()
    for word in words:
        condition = Q(**{f"{column}__contains": word})
        is_word = len(word) >= TOLERANT_FROM and word.isalpha()
        if is_word and connection.vendor == "postgresql":
            condition |= Q(**{f"{column}__resembles": word})
        every &= condition
    return every


def trigram_index(table: str, column: str = "search") -> RunPython:
    """A migration's step: the index that searches `table` on PostgreSQL.

    `column` may be what a lookup makes of one: `icontains` asks for UPPER(…::text).
    """
    name = f"{table}_search_trigram"

    def make(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(
                f"CREATE INDEX {name} ON {table} USING gin (({column}) gin_trgm_ops)"
            )

    def drop(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX {name}")

    return RunPython(make, drop)
