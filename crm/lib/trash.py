"""Rows put away for 30 days together with what hangs on them, and taken out again."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_update_with_history

from crm.lib.errors import NotAllowedNow

DAYS = 30


class ParentInTrash(NotAllowedNow):
    """A child is not taken out from under what it belongs to."""

    def __init__(self, row: models.Model, parent: models.Model) -> None:
        text = _("{row} stays in the trash: restore {parent} first, it is there too.")
        super().__init__(text.format(row=row, parent=parent))


class Purged(NotAllowedNow):
    def __init__(self, row: models.Model) -> None:
        text = _("{row} was in the trash for too long: its personal data is gone.")
        super().__init__(text.format(row=row))


class TrashQuerySet(models.QuerySet):
    def alive(self) -> Any:
        return self.filter(trashed__isnull=True)

    def in_trash(self) -> Any:
        """What can still be restored."""
        return self.filter(trashed__isnull=False, purged__isnull=True)

    def expired(self) -> Any:
        """What has been in the trash for more than 30 days."""
        return self.in_trash().filter(trashed__lt=timezone.now() - timedelta(days=DAYS))

    def put_away_alone(self, parent: str) -> Any:
        """Without those that went along when their parent was put away."""
        return self.exclude(**{f"{parent}__trashed": F("trashed")})


class Trashable(models.Model):
    """A row with a trash. Children go along and share its moment: so they come back.

    Children are the trashable rows that would be deleted with it; `purged` says that
    the row is kept for the books only, without personal data (accounts.trash).
    """

    trashed = models.DateTimeField(null=True, blank=True, editable=False)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    purged = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def days_left(self) -> int:
        """How many days it can still be restored."""
        if self.trashed is None:
            return DAYS
        return max(0, DAYS - (timezone.now() - self.trashed).days)

    def obstacle(self) -> NotAllowedNow | None:
        """Why it cannot be taken out now, if so."""
        return Purged(self) if self.purged else None

    def put_away(self, *, by: Any) -> list["Trashable"]:
        """Mark the row and its children; gives the children."""
        now = timezone.now()
        _mark([self], now, by)
        children = [row for rows in self._children() for row in rows.alive()]
        _mark(children, now, by)
        return children

    def take_out(self, *, by: Any) -> list["Trashable"]:
        """Take back the mark, also of the children that went along; gives those."""
        if problem := self.obstacle():
            raise problem
        moment = self.trashed
        _mark([self], None, by)
        free: list[Trashable] = []
        for rows in self._children():  # theirs come when they are out themselves
            along = rows.filter(trashed=moment)
            out = [row for row in along if row.obstacle() is None]
            _mark(out, None, by)
            free += out
        return free

    def _children(self) -> Iterator[Any]:
        """What hangs on it, level by level, and knows the row as its parent."""
        for relation in _hanging(type(self)):
            rows = getattr(self, relation.get_accessor_name()).all()
            yield rows
            yield from _below(rows)


def _hanging(model: type[models.Model]) -> Iterator[Any]:
    """The relations to trashable rows that would be deleted with one of this model."""
    for relation in model._meta.related_objects:
        other = relation.related_model
        trashable = isinstance(other, type) and issubclass(other, Trashable)
        if trashable and relation.on_delete is models.CASCADE:
            yield relation


def _below(rows: Any) -> Iterator[Any]:
    for relation in _hanging(rows.model):
        name = relation.field.name
        found = relation.related_model.objects.filter(**{f"{name}__in": rows.all()})
        yield found.select_related(name)
        yield from _below(found)


def put_away_all(rows: list[Any], *, by: Any, reason: str) -> None:
    """Mark rows of one model that have no children, without telling of each."""
    _mark(rows, timezone.now(), by, reason)


def _mark(
    rows: list[Any], moment: datetime | None, by: Any, reason: str | None = None
) -> None:
    """Set or take away the mark, with a line in the history of each row."""
    for row in rows:
        row.trashed, row.trashed_by = moment, by if moment else None
    for model in {type(row) for row in rows}:
        same = [row for row in rows if type(row) is model]
        bulk_update_with_history(
            same,
            model,
            ["trashed", "trashed_by"],
            batch_size=500,
            default_user=by,
            default_change_reason=reason,
        )
