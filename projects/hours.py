"""Hours against the budget, as pages say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import Firm, User
from crm.lib.money import show
from projects.models import Project, TimeEntry

SHORT = Decimal("0.8")  # of the budget: from here on the team is warned


@dataclass(frozen=True)
class Hours:
    """Hours worked and, where there is one, the budget of hours."""

    used: Decimal
    budget: Decimal | None

    @property
    def percent(self) -> int:
        return round(100 * self.used / self.budget) if self.budget else 0

    @property
    def is_over(self) -> bool:
        return self.budget is not None and self.used > self.budget

    @property
    def is_short(self) -> bool:
        """More than four fifths of the budget are used, but not more than all of it."""
        if not self.budget or self.is_over:
            return False
        return self.used > self.budget * SHORT

    @property
    def warning(self) -> str:
        """What the team should know; "" while there is enough left."""
        return self.sentence if self.is_over or self.is_short else ""

    @property
    def sentence(self) -> str:
        used = in_words(self.used)
        if self.budget is None:
            return _("{used} hours so far; no budget is set.").format(used=used)
        text = _("{used} of {budget} hours are used.")
        if self.is_short:
            text = _("{used} of {budget} hours are used; only {left} are left.")
        if self.is_over:
            text = _("{used} hours are used, {over} more than the budget of {budget}.")
        over = in_words(max(self.used - self.budget, Decimal(0)))
        left = in_words(max(self.budget - self.used, Decimal(0)))
        budget = in_words(self.budget)
        return text.format(used=used, budget=budget, over=over, left=left)


def in_words(hours: Decimal) -> str:
    """Hours as the reader writes them, without idle noughts."""
    return number_format(Decimal(f"{hours.normalize():f}"), force_grouping=True)


def hours_of(user: User, project: Project) -> Hours:
    rows = TimeEntry.objects.visible_to(user).filter(project=project)
    return Hours(rows.total(), project.budget_hours)


def with_hours(projects: QuerySet) -> QuerySet:
    """The projects with `used`, the sum of their hours; for who may see all of them."""
    mine = TimeEntry.objects.filter(project=OuterRef("pk")).order_by()
    total = mine.values("project").annotate(n=Sum("hours")).values("n")
    return projects.annotate(used=Subquery(total))


def shares(user: User, project: Project) -> list[tuple[str, str]]:
    """(milestone, hours in words); to a client, hidden ones count to the project."""
    rows = TimeEntry.objects.visible_to(user).filter(project=project)
    return list(_summed(rows.by_milestone(), client=user.role == User.Role.CLIENT))


def _summed(rows: Iterable, *, client: bool) -> Iterable[tuple[str, str]]:
    rest = Decimal(0)
    for name, shown, hours in rows:
        if name and (shown or not client):
            yield name, in_words(hours)
        else:
            rest += hours
    if rest:
        yield _("The whole project"), in_words(rest)


def budget_text(project: Project) -> str:
    """The budget in money, "" when there is none."""
    if project.budget_amount is None:
        return ""
    return show(project.budget_amount, Firm.get().currency)
