"""How a project stands, from its milestones: what lists and pages show of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.models import Milestone

TONES = {
    "planned": "info",
    "active": "accent",
    "on_hold": "warning",
    "done": "good",
    "cancelled": "",
}


@dataclass(frozen=True)
class Outline:
    """Percent done, the next milestone and the late ones; cancelled ones do not count."""

    milestones: list[Milestone]
    percent: int = 0
    done: int = 0
    late: list[Milestone] = field(default_factory=list)
    next: Milestone | None = None

    @property
    def total(self) -> int:
        return len(self.milestones)

    @property
    def sentence(self) -> str:
        """How far it is, in words."""
        if not self.total:
            return _("No milestones yet.")
        text = ngettext(
            "{done} of {n} milestone is done.",
            "{done} of {n} milestones are done.",
            self.total,
        )
        return text.format(done=self.done, n=self.total)

    @property
    def late_text(self) -> str:
        """What is late, in words; "" when nothing is."""
        if not self.late:
            return ""
        worst = max(self.late, key=lambda m: m.days_late)
        if len(self.late) == 1:
            return _("{milestone} is {lateness}").format(
                milestone=worst, lateness=worst.lateness
            )
        text = _("{n} milestones are late, {milestone} by {days} days")
        return text.format(n=len(self.late), milestone=worst, days=worst.days_late)


def outline(milestones: Iterable[Milestone], *, over: bool = False) -> Outline:
    """Sum up milestones in their order; nothing of a project that is `over` is late."""
    rows = [m for m in milestones if m.state != Milestone.State.CANCELLED]
    waiting = [m for m in rows if m.is_open]
    return Outline(
        milestones=rows,
        percent=round(sum(m.percent for m in rows) / len(rows)) if rows else 0,
        done=sum(m.state == Milestone.State.DONE for m in rows),
        late=[] if over else [m for m in waiting if m.is_late],
        next=waiting[0] if waiting and not over else None,
    )


def shown_to(user: Any, projects: QuerySet) -> QuerySet:
    """The projects with those of their milestones that this reader may see."""
    steps = Milestone.objects.visible_to(user)
    return projects.prefetch_related(Prefetch("milestones", steps))


def with_outlines(projects: Iterable) -> list:
    """The projects, each with `.outline`; `shown_to()` fetches what it needs."""
    rows = list(projects)
    for project in rows:
        project.outline = outline(project.milestones.all(), over=project.is_over)
        project.tone = TONES[project.state]
    return rows
