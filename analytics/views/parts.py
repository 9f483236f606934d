"""What every report page shows around its answer: freshness, progress, buttons."""

import csv
from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpResponse

from analytics.models import Figure, Run
from analytics.reports import answer
from crm.lib.jobs import Job
from crm.lib.text import safe_cell


def figures_of(user):
    return Figure.objects.visible_to(user)


def status(kind, user):
    """The current run of a kind, what is under way, what failed since, what one may do."""
    runs = Run.objects.visible_to(user)
    current = runs.current(kind)
    failed = runs.filter(kind=kind, state=Job.State.FAILED).defer("arrays")
    failed = failed.order_by("-finished").first()
    if failed and current and failed.finished < current.finished:
        failed = None
    return {
        "kind": kind,
        "label": Run.Kind(kind).label,
        "current": current,
        "busy": runs.under_way(kind),
        "failed": failed,
        "until": current.reference_date - timedelta(days=1) if current else None,
        "can_run": user.role in ("admin", "manager"),
        "sees_all": user.role == "admin",
        "thin": answer.sentence(current, None, whole=user.role == "admin")
        if current and current.is_thin
        else "",
    }


def csv_response(name: str, head: Iterable, rows: Iterable[Iterable]) -> HttpResponse:
    """A file that no spreadsheet runs as a formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows([safe_cell(str(cell)) for cell in row] for row in rows)
    return response
