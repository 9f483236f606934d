"""Several short looks into one table as one query."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet


def union_all(parts: Iterable["QuerySet[Any]"]) -> tuple[str, list[Any]]:
    """SQL and parameters of all rows of sliced querysets; "" when none can have any.

    `QuerySet.union` cannot: SQLite takes no LIMIT inside a compound statement, but
    does so in a subquery of its own. The parts give the same columns.
    """
    pieces: list[str] = []
    params: list[Any] = []
    for number, part in enumerate(parts):
        try:
            sql, own = part.query.sql_with_params()
        except EmptyResultSet:
            continue
        pieces.append(f"SELECT * FROM ({sql}) part_{number}")  # noqa: S608 - the ORM's own SQL
        params += own
    return " UNION ALL ".join(pieces), params
