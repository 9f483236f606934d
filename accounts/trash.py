"""What happens to rows after 30 days in the trash: they are purged, with all traces.

Models say what they need: `PERSONAL` names the columns to blank, `KEEP = True` marks rows
that outlive their client (the books, withdrawn consents), `TAKES` names a row that goes
along though it hangs on nothing (the task that is attached to a project). A row on which
kept rows hang is not deleted but stays without personal data, for nobody to see but the
admin site.
"""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.utils import timezone

from accounts.models import Contact, User
from crm.lib.trash import Trashable
from notifications.models import Event, EventTopic

log = logging.getLogger(__name__)
Found = dict[type[models.Model], list[Any]]


def purge_expired(model: type[Trashable]) -> int:
    """Purge what has been in this model's trash for too long; says how many."""
    expired = model.objects.expired()  # type: ignore[attr-defined]
    purged = 0
    for pk in list(expired.values_list("pk", flat=True)):
        try:
            purged += purge(model, pk)
        except Exception:  # one odd row must not keep the others
            log.exception("%s %s could not be purged", model.__name__, pk)
    return purged


@transaction.atomic
def purge(model: type[Trashable], pk: int) -> bool:
    """Delete a row with its children, or blank it where something must be kept."""
    row = model.objects.expired().select_for_update().filter(pk=pk).first()  # type: ignore[attr-defined]
    if row is None:
        return False  # restored or purged meanwhile
    return purge_now(row)


def purge_now(row: Trashable) -> bool:
    """Purge a row that is in the trash, without waiting for its day."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect([row])
    found: Found = {kind: list(rows) for kind, rows in collector.data.items()}
    taken = _taken_along(found)
    if any(child.trashed is None for child in _trashables(found)):
        log.warning("%s %s has rows that are not in the trash", row._meta.label, row.pk)
        return False
    numbers = {kind: [row.pk for row in rows] for kind, rows in found.items()}
    keep = bool(collector.protected) or any(_is_kept(kind) for kind in found)
    _forget_logins(found)
    _blank_loose(found)
    _drop_files(found)
    if keep:
        _blank(found, row)
    else:
        row.delete()
        for one in taken:
            one.delete()
    _forget(numbers)
    return True


def _taken_along(found: Found) -> list[Any]:
    """Add what rows say they take along, and return it."""
    taken = []
    for kind, rows in list(found.items()):
        if name := getattr(kind, "TAKES", ""):
            others = [getattr(row, name) for row in rows]
            found.setdefault(type(others[0]), []).extend(others)
            taken += others
    return taken


def _is_kept(kind: type[models.Model]) -> bool:
    return getattr(kind, "KEEP", False)


def _trashables(found: Found) -> Iterator[Trashable]:
    for kind, rows in found.items():
        if issubclass(kind, Trashable):
            yield from rows


def _forget_logins(found: Found) -> None:
    """The people of a purged client can no longer sign in, and leave no history."""
    contacts = [row.pk for row in found.get(Contact, ())]
    users = User.objects.filter(contact__in=contacts, role=User.Role.CLIENT)
    pks = list(users.values_list("pk", flat=True))
    users.delete()
    _forget({User: pks})


def _blank_loose(found: Found) -> None:
    """Blank what only pointed here and would stay behind, such as messages."""
    for kind, rows in found.items():
        for relation in kind._meta.related_objects:
            other: Any = relation.related_model
            if relation.on_delete is models.SET_NULL and not _is_kept(other):
                loose = {f"{relation.field.name}__in": [row.pk for row in rows]}
                empty = emptied(other)
                if empty:
                    other._base_manager.filter(**loose).update(**empty)


def _blank(found: Found, top: Trashable) -> None:
    """Keep the rows, without personal data, out of everybody's sight."""
    now = timezone.now()
    for kind, rows in found.items():
        changes = {} if _is_kept(kind) else emptied(kind)
        if issubclass(kind, Trashable):
            changes["purged"] = now
        if changes:
            pks = [row.pk for row in rows]
            kind._base_manager.filter(pk__in=pks).update(**changes)
    if "name" in emptied(type(top)):
        type(top)._base_manager.filter(pk=top.pk).update(name=f"#{top.pk}")


def emptied(kind: type[models.Model]) -> dict[str, Any]:
    """The personal columns of a model, each with its empty value."""
    fields = (kind._meta.get_field(name) for name in getattr(kind, "PERSONAL", ()))
    return {field.name: None if field.null else "" for field in fields}


def _drop_files(found: Found) -> None:
    """Files go when the transaction has held."""
    for kind, rows in found.items():
        if _is_kept(kind):
            continue
        names = [f.name for f in kind._meta.fields if isinstance(f, models.FileField)]
        for file in (getattr(row, name) for row in rows for name in names):
            if file:
                transaction.on_commit(lambda file=file: file.delete(save=False))


def _forget(numbers: dict[type[models.Model], list[int]]) -> None:
    """Remove the history of the rows, and the events that tell of nothing else."""
    for kind, pks in numbers.items():
        if hasattr(kind, "history"):
            kind.history.filter(**{f"{kind._meta.pk.attname}__in": pks}).delete()
        about = EventTopic.objects.filter(
            topic=kind._meta.label_lower, object_id__in=pks
        )
        _drop_events(set(about.values_list("event", flat=True)), about)


def _drop_events(events: Iterable[int], about: models.QuerySet) -> None:
    about.delete()
    Event.objects.filter(pk__in=list(events), topics__isnull=True).delete()
