"""Tasks as a day shows them: what is overdue, of today, of this week, later."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.lib.paging import Counted
from leads.models import Task

CAP = 1000  # tasks; who has more needs no exact number


def evening(day):
    """The last moment of a day where the reader is."""
    return timezone.make_aware(datetime.combine(day, time.max))


def horizons():
    """The ends of today and of this week."""
    today = timezone.localdate()
    return evening(today), evening(today + timedelta(days=6 - today.weekday()))


def grouped(tasks):
    """The tasks, which come by their day, under the words of their group."""
    now, (today, week) = timezone.now(), horizons()
    groups = [
        (_("Overdue"), "danger", lambda due: due < now),
        (_("Today"), "accent", lambda due: due <= today),
        (_("This week"), "", lambda due: due <= week),
        (_("Later"), "", lambda due: True),
    ]
    shown = [{"title": title, "tone": tone, "tasks": []} for title, tone, _is in groups]
    for task in tasks:
        place = next(n for n, (*_words, fits) in enumerate(groups) if fits(task.due))
        shown[place]["tasks"].append(task)
    return [group for group in shown if group["tasks"]]


def figures(rows):
    """How many of these are open, overdue and of today, in one query.

    No more than `CAP` and one are looked at; beyond, only `open` says anything.
    """
    today, _week = horizons()
    some = rows.open().order_by()[: CAP + 1]
    return some.aggregate(
        open=Count("pk"),
        late=Count("pk", filter=Q(due__lt=timezone.now())),
        today=Count("pk", filter=Q(due__gte=timezone.now(), due__lte=today)),
    )


def sentence(known):
    """ "12 open tasks: 3 overdue, 2 today." """
    n = known["open"]
    if n > CAP:
        return _("{n} open tasks.").format(n=Counted(n, CAP).text)
    head = ngettext("{n} open task", "{n} open tasks", n).format(n=n)
    late = _("{n} overdue").format(n=known["late"])
    today = _("{n} today").format(n=known["today"])
    return f"{head}: {late}, {today}."


def due_today(user, shown=8):
    """One's own open tasks until tonight, the oldest first; for the home page."""
    today, _week = horizons()
    rows = Task.objects.visible_to(user).filter(owner=user).until(today)
    return list(rows.with_names().order_by("due", "pk")[:shown])
