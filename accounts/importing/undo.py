"""Taking an import back, as far as nobody worked on its rows since.

What an import did is read from the history of the rows: those it made go to the trash
(contacts and products, which have none, are deleted), those it changed get the values they had. A
row, or a value, that somebody touched since stays, and the reason is told. Media of
contact that it added go at the end, unless something else uses them.
"""

import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from accounts.importing.base import (
    BATCH,
    CREATED,
    DUPLICATE,
    UPDATED,
    Importer,
    Verdict,
)
from accounts.importing.notes import Notes
from accounts.importing.rejects import Rejects
from accounts.importing.run import one_batch
from accounts.importing.table import Record
from accounts.importing.timelines import tell_timelines, written_by
from accounts.models import Import, Medium
from crm.lib.trash import Trashable, put_away_all
from crm.lib.uses import naming
from notifications.actions import record
from notifications.models import EventTopic

PUT_AWAY, GIVEN_BACK = CREATED, UPDATED  # the outcomes of a row that is taken back
# Columns that say one thing together: restored together or not at all.
TOGETHER = (
    {"stage_id", "state", "stage_since", "closed", "lost_reason"},
    {"owner_id", "department_id"},
)
Item = tuple[type[Model], int]


class Undo:
    """Judges and carries out the undoing of one import, as an Importer does its rows."""

    def __init__(self, job: Import, importer_class: type[Importer]):
        self.job, self.done = job, job.undoes
        self.notes = Notes(job.notes)
        self.rests_on = importer_class.rests_on
        self.items = [
            (model, pk) for model in importer_class.made for pk in self._touched(model)
        ]

    def _touched(self, model: Any) -> list[int]:
        """Rows the import made or changed, in the order it did."""
        mine = written_by(model, self.done)
        first = mine.order_by().values("id").annotate(at=Max("history_id"))
        return list(first.order_by("at").values_list("id", flat=True))

    def batches(self, skip: int) -> Iterator[list[Item]]:
        rest = islice(self.items, skip, None)
        while batch := list(islice(rest, BATCH)):
            yield batch

    def forget(self) -> None:
        """Nothing is kept from batch to batch."""

    def judge(self, items: list[Item]) -> list[Verdict]:
        verdicts = []
        for model in dict.fromkeys(model for model, _pk in items):
            verdicts += self._judge(model, [pk for m, pk in items if m is model])
        return verdicts

    def _judge(self, model: Any, pks: list[int]) -> Iterator[Verdict]:
        rows = model._base_manager.select_for_update().in_bulk(pks)
        by = self.job.by
        free = model.objects.editable_by(by) if by else model.objects
        mine = set(free.filter(pk__in=pks).values_list("pk", flat=True))
        past = _history(model, pks)
        worked = self._worked(model, pks)
        for pk in pks:
            row = rows.get(pk)
            verdict = Verdict(Record(pk, [str(row or f"#{pk}")]), row=row)
            if row is None or getattr(row, "trashed", None):
                verdict.outcome, verdict.reason = DUPLICATE, _("gone already")
            elif pk not in mine:
                verdict.reject(_("it is in a colleague's care now"))
            else:
                self._decide(verdict, past[pk], worked.get(pk, ""))
            if verdict.reason and verdict.outcome != DUPLICATE:
                self.notes.add("stays", verdict.reason, str(row))
            yield verdict

    def _decide(self, verdict: Verdict, past: list[Any], worked: str) -> None:
        """`past` is the row's history, the oldest first."""
        ours = [h for h in past if h.history_change_reason == self.done.reason]
        since = past[-1] is not ours[-1]
        if ours[0].history_type == "+":
            verdict.outcome = PUT_AWAY
            if since:
                verdict.reject(_("it was changed since"))
            elif worked:
                verdict.reject(worked)
            return
        before = past[past.index(ours[0]) - 1]
        wanted, kept = _restored(verdict.row, before, ours[-1])
        verdict.outcome, verdict.values = GIVEN_BACK, wanted
        labels = {f.attname: str(f.verbose_name) for f in verdict.row._meta.fields}
        names = ", ".join(sorted(labels[name] for name in kept))
        text = _("changed since: {names}").format(names=names)
        if kept and not wanted:
            verdict.reject(text)
        verdict.reason = text if kept else ""

    def _worked(self, model: Any, pks: list[int]) -> dict[int, str]:
        """Rows on which somebody's work hangs or of which something is told, and what."""
        label = model._meta.label_lower
        told = EventTopic.objects.filter(topic=label, object_id__in=pks)
        found = dict.fromkeys(
            told.values_list("object_id", flat=True), _("it was worked on since")
        )
        for relation in model._meta.related_objects:
            other: Any = relation.related_model
            name = relation.field.name
            is_derived = getattr(other, "MERGE", {}).get(name) == "drop"
            if is_derived or relation.get_accessor_name() in self.rests_on:
                continue
            rows = other._base_manager.filter(**{f"{name}__in": pks})
            if issubclass(other, Trashable):
                rows = rows.filter(trashed__isnull=True)
            if hasattr(other, "history"):
                along = other.history.filter(history_change_reason=self.done.reason)
                rows = rows.exclude(pk__in=along.filter(history_type="+").values("id"))
            text = _("it has {what} now").format(what=other._meta.verbose_name_plural)
            found |= dict.fromkeys(rows.values_list(name, flat=True), text)
        return found

    def write(self, verdicts: list[Verdict]) -> None:
        for model in {type(v.row) for v in verdicts if v.row}:
            same = [v for v in verdicts if type(v.row) is model]
            away = [v.row for v in same if v.outcome == PUT_AWAY]
            if issubclass(model, Trashable):
                put_away_all(away, by=self.job.by, reason=self.job.reason)
            else:
                model._base_manager.filter(pk__in=[row.pk for row in away]).delete()
            self._give_back(model, [v for v in same if v.outcome == GIVEN_BACK])

    def _give_back(self, model: Any, verdicts: list[Verdict]) -> None:
        names = set()
        for verdict in verdicts:
            for name, value in verdict.values.items():
                setattr(verdict.row, name, value)
            if hasattr(verdict.row, "search"):
                verdict.row.search = verdict.row.found_by()
                names.add("search")
            if self.rests_on and "notes" in self.done.mapping:
                self.notes.add("remarks")
            names |= {f.name for f in model._meta.fields if f.attname in verdict.values}
        if names:
            bulk_update_with_history(
                [v.row for v in verdicts],
                model,
                [*names],
                batch_size=200,
                default_user=self.job.by,
                default_change_reason=self.job.reason,
            )


def _history(model: Any, pks: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {pk: [] for pk in pks}
    for past in model.history.filter(id__in=pks).order_by("history_id"):
        found[past.id].append(past)
    return found


def _restored(row: Any, before: Any, after: Any) -> tuple[dict[str, Any], set[str]]:
    """The columns to write back by what they were, and those touched since."""
    columns = [f.attname for f in after.tracked_fields]
    changed = {n for n in columns if getattr(before, n) != getattr(after, n)}
    kept = {n for n in changed if getattr(row, n) != getattr(after, n)}
    for group in TOGETHER:
        kept |= changed & group if kept & group else set()
    kept |= {n for n in changed - kept if _is_gone(row, n, getattr(before, n))}
    return {name: getattr(before, name) for name in changed - kept}, kept


def _is_gone(row: Any, name: str, value: Any) -> bool:
    """Whether a row that the old value points to exists no more."""
    field = next(f for f in row._meta.fields if f.attname == name)
    if not field.is_relation or value is None:
        return False
    return not field.related_model._base_manager.filter(pk=value).exists()


def take_back(
    job: Import, importer_class: type[Importer], *, seconds: float | None = None
) -> bool:
    """Undo the import `job.undoes`, from where the job stands; False when time was up."""
    undo, rejects = Undo(job, importer_class), Rejects(job)
    end = time.monotonic() + seconds if seconds else None
    for batch in undo.batches(job.position):
        one_batch(job, undo, batch, rejects, len(undo.items))
        if end and time.monotonic() > end and job.position < len(undo.items):
            return False
    _finish(job, rejects, importer_class.made)
    return True


def drop_media(done: Import) -> None:
    """Remove the media that an import added and that only its own rows, put away, use."""
    names = [value for what, value, _n, _hint in done.notes if what == "medium-made"]
    for medium in Medium.objects.select_for_update().filter(name__in=names, aliases=""):
        if not any(_others(rows, done).exists() for rows in naming(medium)):
            medium.delete()


def _others(rows: Any, done: Import) -> Any:
    """Without those that the import made and that are put away."""
    if not issubclass(rows.model, Trashable):
        return rows
    made = written_by(rows.model, done).filter(history_type="+")
    return rows.exclude(trashed__isnull=False, pk__in=made.values("id"))


@transaction.atomic
def _finish(job: Import, rejects: Rejects, made: tuple[type[Model], ...]) -> None:
    rejects.hand_over([_("Row")], (_("Number"), _("Why it stays")))
    drop_media(job.undoes)
    job.complete()
    text = _(
        "The import of {file} is undone. Rows put away: {away}, given back: {back}, "
        "left as they are: {stay}."
    ).format(file=job.undoes.name, away=job.made, back=job.updated, stay=job.rejected)
    if job.updated:
        said = _("Given back what the import of {file} had changed.")
        said = said.format(file=job.undoes.name)
        tell_timelines("import.given_back", job, said, made, only=job.undoes)
    record("import.undone", job.undoes, by=job.by, text=text, tell=[job.undoes.by])
