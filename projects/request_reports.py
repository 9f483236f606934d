"""How long clients wait: the figures above the list of requests, and its pie."""

from statistics import median

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.lib.charts import Slice, pie
from projects.models import Request

DAYS = 90
MOST = 1000  # the newest that are looked at


def figures(rows):
    """The usual time to a first answer and to the solution of the last 90 days."""
    lately = rows.of_lately(DAYS).order_by("-created")
    times = list(lately.values_list("created", "answered", "solved")[:MOST])
    first = [answered - created for created, answered, _solved in times if answered]
    whole = [solved - created for created, _answered, solved in times if solved]
    return {
        "first": median(first) if first else None,
        "solved": median(whole) if whole else None,
    }


def sentence(counts, known):
    """ "5 open requests, 2 unanswered, 1 late. Half are answered within 2 hours …" """
    n = counts["unsolved"]
    head = ngettext("{n} request is not solved", "{n} requests are not solved", n)
    parts = [
        head.format(n=n),
        _("{n} unanswered").format(n=counts["unanswered"]),
        _("{n} late").format(n=counts["late"]),
    ]
    text = f"{', '.join(parts)}."
    if known["first"] is None:
        return text
    first = _("Half of those of the last {n} days were answered within {time}")
    text = f"{text} {first.format(n=DAYS, time=lasting(known['first']))}"
    if known["solved"] is None:
        return f"{text}."
    solved = _("and half of the solved ones solved within {time}.")
    return f"{text} {solved.format(time=lasting(known['solved']))}"


def lasting(span):
    """A span of time in the one unit that says enough: "3 hours", "2 days"."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        n = max(1, minutes)
        return ngettext("{n} minute", "{n} minutes", n).format(n=n)
    if minutes < 36 * 60:
        n = round(minutes / 60)
        return ngettext("{n} hour", "{n} hours", n).format(n=n)
    n = round(minutes / 60 / 24)
    return ngettext("{n} day", "{n} days", n).format(n=n)


def kinds_pie(rows):
    """What is not solved yet by kind; each slice opens its list."""
    tally = rows.unsolved().order_by().values_list("kind").annotate(n=Count("pk"))
    tally = dict(tally)
    url = reverse("requests:list")
    tones = dict(zip(Request.Kind.values, ("1", "2", "3", "4"), strict=True))
    slices = [
        Slice(
            str(label),
            tally[kind],
            f"{url}?state=unsolved&kind={kind}",
            tone=tones[kind],
        )
        for kind, label in Request.Kind.choices
        if tally.get(kind)
    ]
    return pie(slices, title=_("What is not solved, by kind"))
