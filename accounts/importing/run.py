"""Carrying out an import: batch by batch, each in a transaction of its own.

A batch commits its rows together with the import's position and counts, so a worker
that is killed leaves nothing half done and the next one goes on after the last batch.
"""

import gc
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.duplicates import Twins, Typed, token_for, twins
from accounts.importing.base import (
    CREATED,
    DUPLICATE,
    REJECTED,
    UPDATED,
    Importer,
    Verdict,
)
from accounts.importing.changes import tell_changes
from accounts.importing.reader import Unreadable, open_table
from accounts.importing.rejects import Rejects
from accounts.importing.timelines import tell_timelines
from accounts.models import Import
from notifications.actions import record

log = logging.getLogger(__name__)
SLICE = 240  # seconds after which a worker lets others go first
LOOK_AHEAD = 20_000  # rows a preview looks at to tell the order of dates
TRIES = 3  # of a batch that collides with somebody else's rows


class Interrupted(Exception):  # noqa: N818 - nothing is wrong
    """Somebody cancelled the import, or another worker has taken it over."""


@dataclass
class Preview:
    """What an import would do with the first rows of its file."""

    verdicts: list[Verdict]
    counts: Counter
    notes: list[list]
    rows: int  # looked at
    has_more: bool
    problem: str = ""


def preview(job: Import, importer_class: type[Importer], rows: int = 1000) -> Preview:
    """Judge the first rows and write nothing; Unreadable if the file is no table."""
    table = open_table(job.file.path)
    job.is_trial = True
    importer = importer_class(job, table.columns)
    total = importer.survey(islice(table, LOOK_AHEAD))
    counts: Counter = Counter()
    shown: list[Verdict] = []
    if not importer.problem():
        batches = importer.batches(islice(table, rows), 0)
        for verdicts in judged(importer, batches):
            counts.update(verdict.outcome for verdict in verdicts)
            shown += verdicts[: max(20 - len(shown), 0)]
        warn(importer, shown)
        tell_changes(shown, importer.made)
    for remark in table.notes:
        importer.notes.add("file", remark)
    return Preview(
        verdicts=shown,
        counts=counts,
        notes=importer.notes.stored(),
        rows=min(total, rows),
        has_more=total > rows,
        problem=importer.problem(),
    )


def warn(importer: Importer, verdicts: list[Verdict]) -> None:
    """Say of new rows whom they resemble, and let one ask about a colleague's."""
    by = importer.job.by
    new = [v for v in verdicts if v.outcome == CREATED and importer.alike and by]
    typed = [Typed.of_row(v.values, importer.alike[0].CALLED) for v in new]  # type: ignore[attr-defined]
    for verdict, found in zip(new, twins(typed, importer.alike, by), strict=True):
        verdict.twins = found
    for verdict in verdicts:
        if verdict.care and by:
            verdict.twins = Twins(token=token_for([verdict.care], by))


def judged(importer: Importer, batches: Iterator) -> Iterator[list[Verdict]]:
    for batch in batches:
        yield importer.judge(batch)
        importer.keep()


def refuse_too_many(total: int) -> None:
    """Refuse an upload of more rows than the site takes at once."""
    if total > settings.IMPORT_MAX_ROWS:
        text = _(
            "The file has {n} rows; {limit} is the most that can be imported at once. "
            "Split it, or ask an admin to use the import command."
        )
        many, limit = (
            number_format(n, force_grouping=True)
            for n in (total, settings.IMPORT_MAX_ROWS)
        )
        raise Unreadable(text.format(n=many, limit=limit))


def carry_out(
    job: Import,
    importer_class: type[Importer],
    path: str | Path,
    *,
    seen: Callable[[list[Verdict]], None] = lambda verdicts: None,
    seconds: float | None = None,
) -> bool:
    """Import a file from where the job stands; False when time was up before its end.

    `seen` is shown every batch after it is committed. A trial judges and writes nothing.
    """
    look_through_new_objects_only()
    table = open_table(path)
    importer = importer_class(job, table.columns)
    total = importer.survey(table)
    if job.file:
        refuse_too_many(total)
    if problem := importer.problem():
        raise Unreadable(problem)
    if not job.position:
        for remark in table.notes:
            importer.notes.add("file", remark)
    rejects = None if job.is_trial else Rejects(job)
    end = time.monotonic() + seconds if seconds else None
    for batch in importer.batches(table, job.position):
        verdicts = one_batch(job, importer, batch, rejects, total)
        importer.keep()
        seen(verdicts)
        if end and time.monotonic() > end:
            return job.position >= total and finish(job, importer, rejects, table)
    return finish(job, importer, rejects, table)


def look_through_new_objects_only() -> None:
    """Let the collector pass over what the process has loaded: an eighth of the time.

    Rows are made and dropped by the thousand, and each time it would look at all else.
    """
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()


def one_batch(job, importer, batch, rejects, total) -> list[Verdict]:
    """Judge and write one batch, again when somebody wrote the same rows meanwhile."""
    before = dict(importer.notes.counts)
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                return _batch(job, importer, batch, rejects, total)
        except IntegrityError:
            if attempt == TRIES:
                raise
            log.info("import %s: a batch collided and is judged again", job.pk)
            importer.notes.counts = dict(before)
            importer.forget()
    raise AssertionError("unreachable")


def _batch(job, importer, batch, rejects, total) -> list[Verdict]:
    verdicts = importer.judge(batch)
    if not job.is_trial:
        importer.write(verdicts)
    tally = Counter(verdict.outcome for verdict in verdicts)
    counts = {
        "read": job.read + len(verdicts),
        "made": job.made + tally[CREATED],
        "updated": job.updated + tally[UPDATED],
        "duplicate": job.duplicate + tally[DUPLICATE],
        "rejected": job.rejected + tally[REJECTED],
        "position": job.position + len(verdicts),
        "notes": importer.notes.stored(),
    }
    if not job.is_trial:
        bad = [verdict for verdict in verdicts if verdict.outcome == REJECTED]
        rejects.add(bad, counts["position"])
        held = Import.objects.filter(
            pk=job.pk, state=Import.State.RUNNING, attempts=job.attempts
        )
        percent = 100 * counts["position"] // max(total, 1)
        phase = _("{done} of {total} rows").format(
            done=number_format(counts["position"], force_grouping=True),
            total=number_format(total, force_grouping=True),
        )
        if not held.update(
            **counts, percent=percent, phase=phase, heartbeat=timezone.now()
        ):
            raise Interrupted
    for name, value in counts.items():
        setattr(job, name, value)
    return verdicts


@transaction.atomic
def finish(job, importer, rejects, table) -> bool:
    """Close the import with its error file and one event for all of its rows."""
    if job.is_trial:
        return True
    rejects.hand_over(table.columns)
    job.complete()
    text = _(
        "{file} is imported: {made} new, {updated} updated, {duplicate} unchanged or "
        "double, {rejected} rejected."
    ).format(
        file=job.name,
        made=job.made,
        updated=job.updated,
        duplicate=job.duplicate,
        rejected=job.rejected,
    )
    if job.updated:
        said = _("Changed by the import of {file}.").format(file=job.name)
        tell_timelines("import.changed", job, said, importer.made)
    record("import.done", job, by=None, text=text, tell=[job.by])
    return True
