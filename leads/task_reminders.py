"""Remind of tasks when their time comes: in the bell and by mail, each time once."""

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Firm
from crm.lib.clock import zone_of
from leads.models import Task
from notifications.actions import record, send_template

BATCH = 500


def send_due(limit: int = BATCH) -> int:
    """Remind of every task whose moment has come; say of how many."""
    follow_zones()
    due = Task.objects.to_remind().order_by("remind_at", "pk")
    return sum(remind(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))


def follow_zones() -> None:
    """Clocks of people who moved to another zone: their tasks keep the time they named."""
    waiting = Task.objects.alive().open().filter(reminded__isnull=True)
    moved = waiting.filter(owner__isnull=False).exclude(zone=F("owner__zone"))
    for task in moved.select_related("owner__department")[:BATCH]:
        task.schedule(even_if_past=task.remind_at is not None)
        task.save(update_fields=["due", "remind_at", "zone", "department"])


@transaction.atomic
def remind(pk: int) -> bool:
    """Tell the owner of one task, if nobody else did: one update decides who does."""
    mine = Task.objects.to_remind().filter(pk=pk)
    if not mine.update(reminded=timezone.now()):
        return False
    task = Task.objects.with_names().get(pk=pk)
    owner = task.owner
    if owner is None or not owner.is_active:
        return False
    if not Task.objects.visible_to(owner).filter(pk=pk).exists():
        return False  # it is about what they may no longer see
    with timezone.override(zone_of(owner.zone)), translation.override(_language(owner)):
        _tell(task, owner)
    return True


def _language(user):
    return user.language or translation.get_language() or settings.LANGUAGE_CODE


def _tell(task, owner):
    text = _("Due {day}: {task}").format(day=task.due_text, task=task)
    if task.subject is not None:
        text = f"{text} ({task.subject})"
    event = record("task.due", task, by=None, text=text, tell=[owner])
    context = {
        "task": task,
        "firm": Firm.get(),
        "url": f"{settings.SITE_URL}{task.get_absolute_url()}",
    }
    send_template(
        "task_due",
        owner,
        context,
        key=f"task-due:{task.pk}:{task.remind_at:%Y%m%dT%H%M%S}",
        recipient=owner,
        event=event,
    )
