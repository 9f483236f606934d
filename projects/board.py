"""The board of a project: its tasks in three columns."""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.lib.dates import when
from projects.models import TaskOfProject

Column = TaskOfProject.Column
OPEN_SHOWN, DONE_SHOWN, MORE_SHOWN = 200, 25, 200
SOON = timedelta(days=3)


def columns(links, *, back, can_edit, more=False):
    """To do, doing and done, each with its count and cards; `back` is the board.

    Of what is done the last 25 are shown, with `more` the last 200.
    """
    shown = links.with_names()
    cards = {column: [] for column in Column}
    for link in shown.open().order_by("position", "task__due", "pk")[:OPEN_SHOWN]:
        cards[link.column].append(card(link, back, can_edit=can_edit))
    done = links.done().count()
    most = MORE_SHOWN if more else DONE_SHOWN
    for link in shown.done().order_by("-task__done", "-pk")[:most]:
        cards[Column.DONE].append(card(link, back, can_edit=can_edit))
    return [
        {
            "key": column.value,
            "title": column.label,
            "count": done if column == Column.DONE else len(cards[column]),
            "cards": cards[column],
            "more_url": more_url(back) if column == Column.DONE and done > most else "",
        }
        for column in Column
    ]


def more_url(back):
    """The same board with more of what is done; past that, tasks are found by search."""
    path, _mark, query = back.partition("?")
    wish = QueryDict(query, mutable=True)
    if wish.get("done") == "more":
        return ""
    wish["done"] = "more"
    return f"{path}?{wish.urlencode()}"


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
