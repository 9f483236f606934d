"""Finding rows by words in their `search` column; on PostgreSQL also misspelt ones."""

from typing import Any

from django.db import connection, models
from django.db.migrations.operations import RunPython
from django.db.models import Q, QuerySet
from django.db.models.lookups import PostgresOperatorLookup

from crm.lib.text import plain

TOLERANT_FROM = 5  # letters; shorter words resemble too much


@models.TextField.register_lookup
class Resembles(PostgresOperatorLookup):
    """A part of the text is like the word (pg_trgm); served by the trigram index."""

    lookup_name = "resembles"
    postgres_operator = "%%>"


def found(rows: "QuerySet[Any]", words: str) -> "QuerySet[Any]":
    """The rows that hold every one of the words, in any order."""
    for word in plain(words.replace("\x00", "")).split():
        condition = Q(search__contains=word)
        is_word = len(word) >= TOLERANT_FROM and word.isalpha()
        if is_word and connection.vendor == "postgresql":
            condition |= Q(search__resembles=word)
        rows = rows.filter(condition)
    return rows


def trigram_index(table: str) -> RunPython:
    """A migration's step: the index that searches `table` on PostgreSQL."""
    name = f"{table}_search_trigram"

    def make(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(
                f"CREATE INDEX {name} ON {table} USING gin (search gin_trgm_ops)"
            )

    def drop(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX {name}")

    return RunPython(make, drop)
