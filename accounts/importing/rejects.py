"""The rejected records of an import, kept batch by batch and handed out as a file."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from accounts.importing.base import Verdict
from crm.lib.text import safe_cell


class Rejects:
    """One line of JSON per rejected record; a batch that was rolled back is dropped."""

    def __init__(self, job):
        self.job = job
        self.path = Path(settings.MEDIA_ROOT) / "imports" / f"{job.pk}.rejected.jsonl"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kept = [e for e in self.entries() if e["position"] <= job.position]
        with self.path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(entry) + "\n" for entry in kept)

    def add(self, verdicts: list[Verdict], position: int) -> None:
        """Note the rejected ones of a batch that ends at `position`."""
        with self.path.open("a", encoding="utf-8") as file:
            for verdict in verdicts:
                entry = {
                    "position": position,
                    "line": verdict.record.line,
                    "reason": verdict.reason,
                    "cells": verdict.record.cells,
                }
                file.write(json.dumps(entry) + "\n")

    def entries(self) -> Iterator[dict]:
        if self.path.exists():
            with self.path.open(encoding="utf-8") as file:
                yield from map(json.loads, file)

    def hand_over(self, columns: list[str], last: Iterable[str] = ()) -> None:
        """Make the file to download: the original columns, the line and the reason."""
        last = last or (_("Line"), _("Why it was rejected"))
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([*(safe_cell(column) for column in columns), *last])
        count = 0
        for count, entry in enumerate(self.entries(), 1):  # noqa: B007 - counted
            cells = [safe_cell(cell) for cell in entry["cells"]]
            writer.writerow([*cells, entry["line"], entry["reason"]])
        if count:
            content = ContentFile(text.getvalue().encode("utf-8-sig"))
            self.job.errors.save(f"{self.job.pk}-rejected.csv", content, save=False)
            self.job.save(update_fields=["errors"])
        self.path.unlink(missing_ok=True)
