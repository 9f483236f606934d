"""What a method hands back to be stored with its run."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analytics.features import Cell, Tally
from analytics.models import Figure, Group, Membership

LEAST_ROWS = 30


@dataclass
class Outcome:
    """The answer of a run. `result["lack"]` says that there was too little data."""

    rows_read: int = 0
    left_out: list[dict[str, Any]] = field(default_factory=list)
    currency: str = ""
    quality: dict[str, Any] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)
    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)

    def leave_out(self, reason: str, rows: int) -> None:
        """Count rows that take no part, with the reason."""
        if rows:
            self.left_out.append({"reason": str(reason), "rows": int(rows)})

    def lacks(self, code: str, found: int, needed: int) -> "Outcome":
        """End with the answer that there is too little to go by."""
        self.result["lack"] = {"code": code, "found": int(found), "needed": needed}
        return self


def figures_of(
    tally: Tally, waits: dict[Cell, list[int]] | None = None
) -> list[Figure]:
    """One figure per cell that holds anything, in an order that is always the same."""
    waits = waits or {}
    cells = sorted(tally.cells, key=lambda c: tuple((v is None, v or 0) for v in c[:4]))
    return [
        Figure(
            place_id=cell.place,
            medium_id=cell.medium,
            owner_id=cell.owner,
            department_id=cell.department,
            currency=cell.currency,
            waits=waits.get(cell, []),
            **tally.cells[cell],
        )
        for cell in cells
    ]


def plain(number: float | None) -> float | None:
    """A float for JSON: rounded, and None for NaN."""
    return (
        None if number is None or not np.isfinite(number) else round(float(number), 4)
    )
