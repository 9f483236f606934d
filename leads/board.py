"""The board: a column per stage, each with its figures and its newest cards."""

from collections import defaultdict
from urllib.parse import urlencode

from django.db.models import Q, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.lib.dates import when
from crm.lib.paging import CAP
from crm.lib.slices import union_all
from leads.models import Lead, Stage
from leads.reports import Figures, figures, figures_of_each

CARDS = 25
MORE = 100
SOON, LATE = 14, 30  # days in a stage after which a card shows its age


def columns(rows, filters, back, cap=CAP):
    """The stages as columns, and the figures of them all.

    `back` is where a moved card returns to. The queries are the same for any number
    of stages: the figures, once more where there are more than `cap` leads, and the cards.
    """
    only = filters.given.get("stage")
    stages = [s for s in filters.stages if s.kind != "open" or only in (None, s)]
    parts = {
        stage.pk: rows.open().filter(stage=stage)
        for stage in stages
        if stage.kind == Stage.Kind.OPEN
    }
    known = figures(rows.open(), "stage_id", cap)
    is_large = bool(parts) and "" in known and known[""].is_capped
    if is_large:
        known = figures_of_each(
            parts, "stage_id", max(cap // len(parts) // 100 * 100, MORE)
        )
    more = filters.data.get("more")
    caps = {pk: MORE if more == str(pk) else CARDS for pk in parts}
    ids = sliced(parts, caps) if is_large else ranked(rows.open(), caps)
    cards = defaultdict(list)
    for lead in Lead.objects.filter(pk__in=ids).for_list().order_by("-created", "-pk"):
        cards[lead.stage_id].append(lead)
    shown = [
        column(stage, known, cards[stage.pk], filters, back)
        | {"more_url": more_url(stage, known, caps, filters)}
        for stage in stages
    ]
    return shown, known.get("", Figures())


def ranked(rows, caps):
    """The newest of each stage among leads few enough to be put in order."""
    newest = Window(RowNumber(), partition_by="stage", order_by=["-created", "-pk"])
    wider = Q(stage__in=[pk for pk, cap in caps.items() if cap == MORE])
    near = Q(rank__lte=CARDS) | wider & Q(rank__lte=MORE)
    return rows.order_by().annotate(rank=newest).filter(near).values("pk")


def sliced(parts, caps):
    """The newest of each stage, each a short walk along an index."""
    sql, params = union_all(
        part.order_by("-created", "-pk").values("pk")[: caps[pk]]
        for pk, part in parts.items()
    )
    # The ORM's own SQL; it cannot join slices on SQLite.
    return RawSQL(sql, params) if sql else []  # noqa: S611


def column(stage, known, leads, filters, back):
    """One stage with its cards; a closed one takes cards and links to its list."""
    total = known.get(stage.pk, Figures())
    return {
        "key": stage.pk,
        "title": stage.name,
        "count": total.count_text if stage.kind == Stage.Kind.OPEN else "",
        "sum": total.worth_text,
        "cards": [card(lead, filters, back) for lead in leads],
    }


def more_url(stage, known, caps, filters):
    """Further cards of the column; past a hundred, and for closed ones, the list."""
    if stage.kind != Stage.Kind.OPEN:
        return filters.at("leads:list", state=stage.kind, stage=None)
    if stage.pk not in known or known[stage.pk].count <= caps[stage.pk]:
        return ""
    if caps[stage.pk] == CARDS:
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
        return _("due {day}").format(day=when(lead.next_step_on))
    if days >= SOON:
        return _("{n} days here").format(n=days)
    return when(lead.next_step_on)
