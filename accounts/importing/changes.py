"""What an update would change, old → new, for a preview."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.importing.base import UPDATED, Verdict
from accounts.importing.lookups import spot_of
from accounts.places import located

FOLLOW = {"department", "state", "stage_since", "search"}  # from another column


def tell_changes(verdicts: list[Verdict], made: tuple[type[Model], ...]) -> None:
    """Give each the row it means, if not hidden, and an update what it changes there.

    Only rows of `made` have such columns.
    """
    for verdict in verdicts:
        row = None if verdict.care else verdict.row
        verdict.meant = row if isinstance(row, made) and row.pk else None
    updates = [v for v in verdicts if v.outcome == UPDATED and v.meant]
    for model in {type(v.row) for v in updates}:
        same = [v for v in updates if type(v.row) is model]
        names = {name for v in same for name in v.values}
        columns = [f for f in model._meta.fields if f.name in names]
        related = [f.name for f in columns if f.is_relation]
        prefetch_related_objects([v.row for v in same], *related)
        for verdict in same:
            verdict.changed = list(_lines(verdict, columns))


def _lines(verdict: Verdict, columns: list[Any]) -> Iterator[tuple[str, str, str]]:
    """The name of each column that changes, what it says and what it would say."""
    for column in columns:
        if column.name not in verdict.values or column.name in FOLLOW:
            continue
        old, new = getattr(verdict.row, column.name), verdict.values[column.name]
        if column.name == "place":
            new = located(spot_of(verdict.cells))
        yield str(column.verbose_name), _said(column, old), _said(column, new)


def _said(column: Any, value: Any) -> str:
    if value in ("", None):
        return _("nothing")
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, Decimal):
        return number_format(value, force_grouping=True)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return Truncator(str(value)).chars(120)
