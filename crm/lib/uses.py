"""What hangs on a row: nothing is removed while something still names it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from crm.lib.errors import NotAllowedNow


class InUse(NotAllowedNow):
    def __init__(self, row: Any, found: list[str]) -> None:
        text = _("{row} stays, as it is still named by: {uses}.")
        super().__init__(text.format(row=row, uses=", ".join(found)))


def naming(row: models.Model) -> Iterator[models.QuerySet[Any]]:
    """The rows of each model that name this one, those in the trash too."""
    columns: dict[Any, models.Q] = defaultdict(models.Q)
    for relation in row._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        if relation.on_delete is not models.DO_NOTHING:  # those are of the history
            columns[relation.related_model] |= models.Q(**{relation.field.name: row})
    for model, names_it in columns.items():
        yield model._base_manager.filter(names_it)


def uses(row: models.Model) -> list[str]:
    """ "3 leads", "1 client": all rows that name this one."""
    found = []
    for rows in naming(row):
        if n := rows.count():
            meta = rows.model._meta
            name = meta.verbose_name if n == 1 else meta.verbose_name_plural
            found.append(f"{n:,} {name}")
    return found


@transaction.atomic
def remove_unused(row: models.Model) -> None:
    """Delete the row, or say what hangs on it; nothing comes to hang on it meanwhile."""
    type(row)._base_manager.select_for_update().get(pk=row.pk)
    if found := uses(row):
        raise InUse(row, found)
    row.delete()
