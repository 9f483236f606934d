"""Which rows the demo world wrote, and which of them may go."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Max

from accounts.models import DemoWorld, Firm, Medium, Place, User
from leads.models import LostReason, MeetingKind, Stage
from projects.models import ProjectTemplate, TemplateMilestone, TemplateTask
from sales.models import NumberRange

Model = type[models.Model]
Keys = dict[Model, set[int]]
OURS = ("notifications", "accounts", "leads", "sales", "projects", "analytics")
BUSINESS = ("accounts", "leads", "sales", "projects")  # where people add rows
# Set-up that a firm may go on with: it names nobody.
STAYS = (
    *(Firm, Place, Medium, Stage, LostReason, MeetingKind),
    *(ProjectTemplate, TemplateMilestone, TemplateTask, NumberRange, DemoWorld),
)
CHUNK = 500


def ours() -> Iterator[Model]:
    """Every model of ours, histories among them, whose rows have numbers."""
    for model in apps.get_models(include_auto_created=True):
        number = isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
        if model._meta.app_label in OURS and number and model not in STAYS:
            yield model


def is_history(model: Model) -> bool:
    return hasattr(model, "history_id")


def newest() -> dict[str, int]:
    """The highest key of each table."""
    tops = (
        (m._meta.label_lower, m._base_manager.aggregate(top=Max("pk"))["top"])
        for m in ours()
    )
    return {label: top or 0 for label, top in tops}


def remember(before: dict[str, int]) -> None:
    """Note that everything written since `before` is the demo world's."""
    keys = {
        label: [before[label], top]
        for label, top in newest().items()
        if top > before[label]
    }
    DemoWorld.objects.create(keys=keys)


def relations() -> Iterator[tuple[Model, Any, Model]]:
    """(model, foreign key, where it leads) of every table of the site."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.remote_field and not is_history(model):
                yield model, field, field.remote_field.model


def chunks(keys: set[int]) -> Iterator[list[int]]:
    listed = sorted(keys)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


class Rows:
    """The demo world's rows: `gone` holds what goes, with all that hangs on it."""

    def __init__(self, world: DemoWorld):
        self.demo: Keys = {}
        for model in ours():
            after, top = world.keys.get(model._meta.label_lower, (0, 0))
            if top:
                rows = model._base_manager.filter(pk__gt=after, pk__lte=top)
                self.demo[model] = set(rows.values_list("pk", flat=True))
        people = User._base_manager.filter(is_demo=True)
        self.people = set(people.values_list("pk", flat=True))
        self.demo[User] = set(self.people)
        self.edges = list(relations())
        self.kept = self._needed()
        self.gone = self._closure()
        while self._keep_protected():
            self.gone = self._closure()

    def _needed(self) -> Keys:
        """Demo rows that something hangs on which people added, and what those need."""
        kept: Keys = defaultdict(set)
        fresh: Keys = {m: self._added(m) for m in ours() if self._is_business(m)}
        while any(fresh.values()):
            fresh = self._pointed_at(fresh, kept)
        return kept

    def _pointed_at(self, rows: Keys, kept: Keys) -> Keys:
        found: Keys = defaultdict(set)
        for model, field, target in self.edges:
            if target is User or not rows.get(model) or target not in self.demo:
                continue
            for some in chunks(rows[model]):
                pointing = model._base_manager.filter(pk__in=some)
                keys = set(pointing.values_list(field.attname, flat=True))
                found[target] |= (keys & self.demo[target]) - kept[target]
        for target, keys in found.items():
            kept[target] |= keys
        return found

    def _is_business(self, model: Model) -> bool:
        return model._meta.app_label in BUSINESS and not is_history(model)

    def _added(self, model: Model) -> set[int]:
        """Rows that are not the demo world's, but those its own logins wrote."""
        if model is User:
            return set()
        rows = model._base_manager.all()
        top = max(self.demo.get(model, ()), default=0)
        low = min(self.demo.get(model, ()), default=1)
        rows = rows.exclude(pk__range=(low, top)) if top else rows
        if any(field.name == "by" for field in model._meta.fields):
            rows = rows.exclude(by__in=self.people)
        elif hasattr(model, "history"):
            first = model.history.filter(history_type="+", history_user__in=self.people)  # type: ignore[attr-defined]
            rows = rows.exclude(pk__in=first.values(model._meta.pk.attname))
        return set(rows.values_list("pk", flat=True))

    def _closure(self) -> Keys:
        """What goes: the demo rows that are not kept, and all that falls with them."""
        gone: Keys = defaultdict(set)
        fresh = {m: keys - self.kept[m] for m, keys in self.demo.items()}
        while any(fresh.values()):
            for model, keys in fresh.items():
                gone[model] |= keys
            falling: Keys = defaultdict(set)
            for model, field, target in self.edges:
                if self._rule(field) is models.CASCADE and fresh.get(target):
                    hanging = self._pointing(model, field, fresh[target])
                    falling[model] |= hanging - gone[model] - self.kept[model]
            fresh = falling
        return gone

    def _keep_protected(self) -> bool:
        """Keep what a row that stays must not lose; whether there was any."""
        more = False
        for model, field, target in self.edges:
            if self._rule(field) is not models.PROTECT or not self.gone.get(target):
                continue
            staying = self._pointing(model, field, self.gone[target]) - self.gone[model]
            for some in chunks(staying):
                rows = model._base_manager.filter(pk__in=some)
                keys = set(rows.values_list(field.attname, flat=True))
                self.kept[target] |= keys & self.gone[target]
                more = True
        return more

    def _pointing(self, model: Model, field: Any, keys: set[int]) -> set[int]:
        found: set[int] = set()
        for some in chunks(keys):
            rows = model._base_manager.filter(**{f"{field.attname}__in": some})
            found |= set(rows.values_list("pk", flat=True))
        return found

    @staticmethod
    def _rule(field: Any) -> Any:
        return field.remote_field.on_delete
