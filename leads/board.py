"""The board: a column per stage, each with its figures and its newest cards."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.lib.dates import when
from leads.models import Stage
from leads.reports import Figures, figures

CARDS = 25
MORE = 100
CAP = 1_000  # leads counted per column, where the whole board is too much to count
SOON, LATE = 14, 30  # days in a stage after which a card shows its age


def columns(rows, filters, back):
    """The stages as columns, and the figures of them all.

    `back` is where a moved card returns to.
    """
    only = filters.given.get("stage")
    stages = [
        s for s in Stage.objects.current() if s.kind != "open" or only in (None, s)
    ]
    known = column_figures(rows.open(), stages)
    shown = [column(stage, rows, known, filters, back) for stage in stages]
    return shown, known.get("", Figures())


def column_figures(rows, stages):
    """Figures per open stage: one query, or where that is too much a short look at each."""
    known = figures(rows, by="stage_id")
    if "" in known and known[""].is_capped:
        for stage in stages:
            if stage.kind == Stage.Kind.OPEN:
                inside = figures(rows.filter(stage=stage), by="stage_id", cap=CAP)
                known[stage.pk] = inside.get("", Figures())
    return known


def column(stage, rows, known, filters, back):
    """One stage with its cards; a closed one takes cards and links to its list."""
    is_open = stage.kind == Stage.Kind.OPEN
    total = known.get(stage.pk, Figures())
    cap = MORE if filters.data.get("more") == str(stage.pk) else CARDS
    newest = rows.filter(stage=stage).for_list().order_by("-created", "-pk")[:cap]
    return {
        "key": stage.pk,
        "title": stage.name,
        "count": total.count_text if is_open else "",
        "sum": total.worth_text,
        "cards": [card(lead, filters, back) for lead in newest] if is_open else [],
        "more_url": more_url(stage, total.count, cap, filters),
    }


def more_url(stage, count, cap, filters):
    """Further cards of the column; past a hundred, and for closed ones, the list."""
    if stage.kind != Stage.Kind.OPEN:
        return filters.at("leads:list", state=stage.kind, stage=None)
    if count <= cap:
        return ""
    if cap == CARDS:
        return filters.at("leads:board", more=stage.pk)
    return filters.at("leads:list", stage=stage.pk, more=None)


def card(lead, filters, back):
    """A lead as a card: what it is worth, who has it, what is due, how old it is."""
    days = lead.days_in_stage
    age = "late" if days >= LATE or lead.is_overdue else "soon" if days >= SOON else ""
    return {
        "pk": lead.pk,
        "title": lead.name,
        "url": lead.get_absolute_url(),
        "text": lead.who,
        "value": lead.money,
        "owner": lead.owner if "owner" in filters.fields else None,
        "note": note(lead, days),
        "age": age,
        "move_url": f"{reverse('leads:move', args=[lead.pk])}?{urlencode({'next': back})}",
    }


def note(lead, days):
    """What makes the card stand out, in words."""
    if lead.is_overdue:
        return _("overdue: {day}").format(day=when(lead.next_step_on))
    if days >= SOON:
        return _("{n} days here").format(n=days)
    return when(lead.next_step_on)
