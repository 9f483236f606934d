"""Make tasks, and hand them over with the lead or client they are about."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Client, User
from leads.models import Lead, Task
from leads.models.tasks import NotTheirs, attachments
from notifications.actions import record


def subjects() -> dict[str, Any]:
    """The models that a task can be about, by the word that stands in addresses."""
    higher = {model._meta.model_name: model for _a, _n, model in attachments()}
    return {"lead": Lead, "client": Client, **higher}


def named_subject(text: str, user: User) -> Any:
    """The row that "lead-5" names, of those this user may see; None where there is none."""
    word, _dash, pk = text.partition("-")
    model = subjects().get(word)
    if model is None or not (pk.isdecimal() and len(pk) < 19):
        return None
    return model.objects.visible_to(user).filter(pk=pk).first()


def name_of_subject(task: Task) -> str | None:
    """ "lead-5" of a task about that lead; None for one about nothing."""
    row = task.subject
    return row and f"{row._meta.model_name}-{row.pk}"


@transaction.atomic
def add_task(task: Task, *, by: User, subject: Any = None) -> Task:
    """Save a new task about `subject`, in the care of its owner or of who makes it."""
    task.by = by
    task.owner = task.owner or by
    if subject is not None and not subject.seen_by().filter(pk=task.owner_id).exists():
        raise NotTheirs(task.owner, subject)
    if isinstance(subject, Lead):
        task.lead = subject
    elif isinstance(subject, Client):
        task.client = subject
    task.schedule()
    task.save()
    if subject is not None and task.subject is None:
        _attach(task, subject)
    text = _("{by} noted a task for {owner}: {task} (by {day})")
    text = text.format(by=by, owner=task.owner, task=task, day=task.due_text)
    record("task.created", task, by=by, text=text, about=[subject], tell=[task.owner])
    return task


def _attach(task: Task, subject: Any) -> None:
    """Write the row by which a higher app says what the task is about."""
    for accessor, name, model in attachments():
        if isinstance(subject, model):
            link = Task._meta.get_field(accessor).related_model
            link.objects.create(task=task, **{name: subject})


def hand_over(tasks: Any, owner: User | None) -> None:
    """Give the open ones of these tasks to `owner`, but those of who still sees them."""
    if owner is None:
        return
    staying = Q(owner__role=User.Role.ADMIN) | Q(owner=owner)
    staying |= Q(owner__role=User.Role.MANAGER, owner__department=owner.department_id)
    for task in tasks.alive().open().exclude(staying):
        task.owner = owner
        task.schedule()
        task.save(update_fields=["owner", "department", *Task.PLAN])
