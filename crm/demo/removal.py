"""Take the demo world out of the database, and nothing that people added."""

from typing import Any

from django.core.cache import cache
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Client, DemoWorld, Firm, Medium, Place, User
from analytics.models import Run
from crm.demo import words
from crm.demo.rows import Model, Rows, chunks, is_history
from crm.lib.errors import NotAllowedNow
from leads.models import Lead
from notifications.actions import record
from notifications.models import Event, EventTopic
from projects.models import Project
from sales.models import Invoice, NumberRange, Purchase, Quotation

LETTERHEAD = {
    "name": words.FIRM,
    "postal_address": words.ADDRESS,
    "tax_id": words.TAX_ID,
    "bank": words.BANK,
}
COUNTED = (Client, Lead, Project, Quotation, Purchase, User)


class NoDemoWorld(NotAllowedNow):
    def __init__(self) -> None:
        super().__init__(_("There is no demo world here any more."))


class NobodyElse(NotAllowedNow):
    def __init__(self) -> None:
        text = _(
            "Make an admin of your own first: the demo's admin goes with its world."
        )
        super().__init__(text)


def counts(rows: Rows) -> list[dict[str, Any]]:
    """How many rows of each kind go and stay, for whoever is asked to confirm.

    What stays is all that will be there afterwards: what people added, and the invented
    rows that must stay for it.
    """
    return [
        {
            "label": model._meta.verbose_name_plural,
            "gone": len(rows.gone[model]),
            "stays": model._base_manager.count() - len(rows.gone[model]),
        }
        for model in COUNTED
    ]


def found() -> Rows:
    """The rows of the demo world; refused where there is none."""
    world = DemoWorld.objects.order_by("pk").last()
    if world is None:
        raise NoDemoWorld
    return Rows(world)


@transaction.atomic
def remove(*, by: User) -> int:
    """Delete the demo's rows and logins; says how many rows went."""
    if not User.objects.admins().exists():
        raise NobodyElse
    list(DemoWorld.objects.select_for_update())  # two at once: the second finds none
    rows = found()
    Run.objects.all().delete()  # what was computed from it; the next night does it anew
    number = sum(map(len, rows.gone.values()))
    for model, field, target in rows.edges:
        if field.remote_field.on_delete is models.SET_NULL and rows.gone.get(target):
            _let_go(model, field, rows.gone[target])
    for model, keys in rows.gone.items():
        _delete(model, keys)
    _block(rows.kept[User])
    _clean_up()
    if User.objects.filter(pk=by.pk).exists():
        text = _("{by} took the demo world out.").format(by=by)
        record("demo.removed", Firm.get(), by=by, text=text)
    transaction.on_commit(cache.clear)
    return number


def _let_go(model: Model, field: Any, keys: set[int]) -> None:
    for some in chunks(keys):
        pointing = model._base_manager.filter(**{f"{field.attname}__in": some})
        pointing.update(**{field.attname: None})


def _delete(model: Model, keys: set[int]) -> None:
    """Delete rows as they are: what hangs on them is in the plan itself."""
    for some in chunks(keys):
        rows = model._base_manager.filter(pk__in=some)
        rows._raw_delete(using=rows.db)
        if hasattr(model, "history") and not is_history(model):
            own = model.history.filter(**{f"{model._meta.pk.attname}__in": some})
            own._raw_delete(using=own.db)
        topics = EventTopic.objects.filter(
            topic=model._meta.label_lower, object_id__in=some
        )
        told = set(topics.values_list("event", flat=True))
        topics.delete()
        Event.objects.filter(pk__in=told, topics__isnull=True).delete()


def _block(people: set[int]) -> None:
    """Demo logins on which something hangs stay as names, and never sign in."""
    User.objects.filter(pk__in=people).update(
        is_active=False, is_demo=False, blocked=timezone.now()
    )


def _clean_up() -> None:
    DemoWorld.objects.all().delete()
    if not (Quotation.objects.exists() or Invoice.objects.exists()):
        NumberRange.objects.all().delete()  # else numbers go on, without a repetition
    Place.objects.update(area="")
    Medium.objects.update(group="", group_rank=None)
    for column, invented in LETTERHEAD.items():  # what was written over it stays
        usual = Firm._meta.get_field(column).get_default()
        Firm.objects.filter(**{column: invented}).update(**{column: usual})
    connection.check_constraints()
