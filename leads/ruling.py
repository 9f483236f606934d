"""The order of the assignment rules: each is asked after those above it."""

from typing import Any

from django.db import transaction

from leads.models import AssignmentRule


@transaction.atomic
def add(rule: AssignmentRule) -> None:
    """Save a new rule below the others, but above the last one that takes all."""
    rows = _locked()
    last = len(rows)
    if rows and rows[-1].takes_all and not rule.takes_all:
        last -= 1
    rule.save()
    _number([*rows[:last], rule, *rows[last:]])


@transaction.atomic
def move(rule: AssignmentRule, *, up: bool) -> None:
    """Change places with the neighbour; the first goes no higher, the last no lower."""
    rows = _locked()
    here = next(n for n, row in enumerate(rows) if row.pk == rule.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        _number(rows)


def _locked() -> list[Any]:
    return list(AssignmentRule.objects.select_for_update())


def _number(rows: list[Any]) -> None:
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
