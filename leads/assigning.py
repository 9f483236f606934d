"""Who gets a lead that has no owner, and why."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Firm, User
from crm.lib.clock import today_in, zone_of
from leads.models import Absence, AssignmentRule, Lead


@dataclass(frozen=True)
class Choice:
    """Who gets a lead by which rule, and the sentence that says why."""

    owner: User
    rule: AssignmentRule
    why: str


class Assigner:
    """The rules in use and the people they name, read once for any number of leads.

    With `lock` the rules stay locked until the transaction ends: whoever assigns leads
    waits for the other, so that nobody has a turn twice. Without it nothing is taken.
    """

    def __init__(self, *, lock: bool = True):
        rows = AssignmentRule.objects.in_use().with_names()
        self.rules = list(rows.select_for_update(of=("self",)) if lock else rows)
        self.taken: set[AssignmentRule] = set()
        if not self.rules:
            return
        firm = Firm.get()
        self.currency = firm.currency or settings.DEFAULT_CURRENCY
        self.teams = self._teams()
        self.away = self._away()
        self.busy = self._busy()

    def _teams(self) -> dict[int, list[User]]:
        """The business developers who work in each department that a rule names."""
        found: dict[int, list[User]] = defaultdict(list)
        wanted = {rule.team_id for rule in self.rules if rule.team_id}
        people = User.objects.filter(role=User.Role.BD, is_active=True)
        people = people.filter(department__in=wanted).select_related("department")
        for person in people.order_by("pk") if wanted else ():
            found[person.department_id].append(person)
        return found

    @property
    def people(self) -> dict[int, User]:
        named = [rule.person for rule in self.rules if rule.person]
        teams = [person for team in self.teams.values() for person in team]
        return {person.pk: person for person in (*named, *teams)}

    def _away(self) -> dict[int, Absence]:
        """Absences of today, each by the clock of who is absent."""
        people, day = self.people, timezone.now().date()
        near = Absence.objects.within(day - timedelta(days=1), day + timedelta(days=1))
        return {
            row.person_id: row
            for row in near.filter(person__in=people)
            if row.first <= today_in(zone_of(people[row.person_id].zone)) <= row.last
        }

    def _busy(self) -> Counter:
        """Open leads of those among whom the least busy is asked for."""
        teams = [r.team_id for r in self.rules if r.how == r.How.LEAST]
        people = [person.pk for team in teams for person in self.teams.get(team, ())]
        if not people:
            return Counter()
        rows = Lead.objects.alive().open().filter(owner__in=people).order_by()
        return Counter(dict(rows.values_list("owner").annotate(n=Count("pk"))))

    def can_take(self, person: User) -> bool:
        return person.is_active and person.is_seller and person.pk not in self.away

    def choose(self, lead: Lead, *, but: User | None = None) -> Choice | None:
        """Who should get the lead, by the first rule that fits and has somebody.

        A lead that a department has stays in it; `but` has it and does not get it again.
        """
        for rule in self.rules:
            reasons = rule.reasons(lead, self.currency)
            if reasons is None:
                continue
            people = [rule.person] if rule.person else self.teams[rule.team_id]
            fit = [
                person
                for person in people
                if self.can_take(person)
                and person != but
                and lead.department_id in (None, person.department_id)
            ]
            if fit:
                owner = self._pick(rule, fit)
                return Choice(owner, rule, self._why(rule, owner, reasons))
        return None

    def _pick(self, rule: AssignmentRule, people: list[User]) -> User:
        if rule.person:
            return people[0]
        if rule.how == rule.How.LEAST:
            return min(people, key=lambda one: (self.busy[one.pk], one.pk))
        later = [one for one in people if rule.last_id and one.pk > rule.last_id]
        return (later or people)[0]

    def _why(self, rule: AssignmentRule, owner: User, reasons: list[str]) -> str:
        if rule.person:
            how = _("it names {who}").format(who=owner)
        elif rule.how == rule.How.LEAST:
            how = _("fewest open leads in {team} ({n})")
            how = how.format(team=rule.team, n=self.busy[owner.pk])
        else:
            how = _("next in turn in {team}").format(team=rule.team)
        fits = f" ({'; '.join(reasons)})" if reasons else ""
        text = _("Rule “{rule}”{fits}: {how}.")
        return text.format(rule=rule, fits=fits, how=how)[:300]

    def place(self, lead: Lead) -> Choice | None:
        """Put the unsaved lead into somebody's care; `keep_turns` keeps whose turn it was."""
        choice = self.choose(lead)
        if choice:
            lead.owner, lead.department = choice.owner, choice.owner.department
            lead.why, lead.rule = choice.why, choice.rule
            lead.given = timezone.now()
            lead._change_reason = f"rule #{choice.rule.pk}: {choice.rule}"[:100]
            self.take(choice)
        return choice

    def take(self, choice: Choice) -> None:
        """Count the choice: the next one is made after it."""
        choice.rule.last = choice.owner
        self.busy[choice.owner.pk] += 1
        self.taken.add(choice.rule)

    def keep_turns(self) -> None:
        for rule in self.taken:
            rule.save(update_fields=["last"])
        self.taken.clear()

    def problems(self, rule: AssignmentRule, areas: set[str]) -> list[str]:
        """What keeps a rule from giving leads today, in sentences."""
        found = []
        if rule.person and not self.can_take(rule.person):
            found.append(self._out(rule.person))
        if rule.team and not any(map(self.can_take, self.teams[rule.team_id])):
            text = _("Nobody in {team} can take leads today: this rule is skipped.")
            found.append(text.format(team=rule.team))
        if rule.area and rule.area not in areas:
            text = _("No area is called “{area}” now: no lead fits.")
            found.append(text.format(area=rule.area))
        above = self.rules[: self.rules.index(rule)]
        catch = next((other for other in above if other.takes_all), None)
        if catch:
            text = _("Never reached while “{other}” takes whatever comes.")
            found.append(text.format(other=catch))
        return found

    def _out(self, person: User) -> str:
        if not person.is_active:
            text = _("{who} is blocked: this rule is skipped. Choose somebody else.")
        elif person.pk in self.away:
            text = _("{who} is away {days}: this rule is skipped until then.")
        else:
            text = _("{who} owns no leads by their role: this rule is skipped.")
        days = self.away[person.pk].days if person.pk in self.away else ""
        return text.format(who=person, days=days)
