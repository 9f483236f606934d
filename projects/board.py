"""The board of a project: its tasks in three columns."""

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.lib.dates import when
from projects.models import TaskOfProject

Column = TaskOfProject.Column
OPEN_SHOWN, DONE_SHOWN = 200, 25
SOON = timedelta(days=3)


def columns(links, *, back, can_edit):
    """To do, doing and done, each with its count and cards; `back` is the board."""
    shown = links.with_names()
    cards = {column: [] for column in Column}
    for link in shown.open().order_by("position", "task__due", "pk")[:OPEN_SHOWN]:
        cards[link.column].append(card(link, back, can_edit=can_edit))
    done = links.done().count()
    for link in shown.done().order_by("-task__done", "-pk")[:DONE_SHOWN]:
        cards[Column.DONE].append(card(link, back, can_edit=can_edit))
    return [
        {
            "key": column.value,
            "title": column.label,
            "count": done if column == Column.DONE else len(cards[column]),
            "cards": cards[column],
        }
        for column in Column
    ]


def card(link, back, *, can_edit):
    """A task as a card: for which milestone, who does it, by when."""
    task = link.task
    onward = f"?{urlencode({'next': back})}"
    who = task.owner or _("nobody yet")
    move = reverse("projects:task_move", args=[link.pk]) + onward
    return {
        "pk": link.pk,
        "title": task.title,
        "url": task.get_absolute_url() + onward,
        "text": f"{link.milestone} · {who}" if link.milestone else str(who),
        "owner": task.owner,
        "note": note(task),
        "age": age(task),
        "move_url": move if can_edit else "",
        "links": list(links_of(link, onward)) if can_edit else [],
    }


def links_of(link, onward):
    """What else can be done with a card."""
    if link.task.is_open:
        url = reverse("tasks:delegate", args=[link.task_id])
        yield {"label": _("Give to somebody"), "url": url + onward}
    url = reverse("projects:task_place", args=[link.pk])
    yield {"label": _("Change the milestone"), "url": url + onward}


def note(task):
    if task.done:
        return _("done {day}").format(day=when(task.done))
    if task.is_overdue:
        return _("was due {day}").format(day=when(task.due_on))
    return _("due {day}").format(day=when(task.due_on))


def age(task):
    if not task.is_open:
        return ""
    if task.is_overdue:
        return "late"
    return "soon" if task.due < timezone.now() + SOON else ""
