"""What the home page says of leads: what is due, what lies untouched, and the pies."""

from collections import Counter
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, Window
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Medium, User
from crm.lib.charts import Slice, pie
from leads.models import Interaction, Lead, Stage

SHOWN = 8
KEPT = 60  # seconds that the sums over a whole department or firm may be old


def leads_url(**filters):
    """The list of leads with filters, or "" where there is no such page."""
    try:
        return f"{reverse('leads:list')}?{urlencode(filters)}"
    except NoReverseMatch:
        return ""


def counted(rows):
    """The first rows, and how many there are, in one query."""
    found = list(rows.annotate(in_all=Window(Count("pk")))[:SHOWN])
    return {"rows": found, "count": found[0].in_all if found else 0}


def overdue(user):
    """Own leads whose next step should have been done, the oldest step first."""
    rows = Lead.objects.visible_to(user).overdue().select_related("client")
    return counted(rows.order_by("next_step_on", "pk"))


def untouched(user):
    """Own open leads with nothing said and nothing planned, the newest first."""
    words = Interaction.objects.filter(lead=OuterRef("pk"))
    rows = Lead.objects.visible_to(user).open().filter(~Exists(words), next_step="")
    return counted(rows.select_related("medium").order_by("-created", "-pk"))


def sums(user):
    """Leads and overdue steps per stage and medium: one grouped query.

    A seller's own are read each time; over a department or the firm they are kept
    for a minute, because there they are a scan of the table.
    """
    if user.role == User.Role.BD:
        return _sums(user)
    return cache.get_or_set(f"home-sums-{user.pk}", lambda: _sums(user), KEPT)


def _sums(user):
    late = Q(state=Stage.Kind.OPEN, next_step_on__lt=timezone.localdate())
    rows = Lead.objects.visible_to(user).order_by().values("stage", "medium", "state")
    return list(rows.annotate(n=Count("pk"), late=Count("pk", filter=late)))


def totals(rows):
    """Open and overdue leads in all, out of `sums()`."""
    opened = [row for row in rows if row["state"] == Stage.Kind.OPEN]
    return {
        "open": sum(row["n"] for row in opened),
        "late": sum(row["late"] for row in opened),
    }


def pies(rows):
    """The leads of `sums()` by stage and by medium; each slice opens its list."""
    return [
        pie(list(_by_stage(rows)), title=_("Leads by stage")),
        pie(list(_by_medium(rows)), title=_("Leads by medium")),
    ]


def _by_stage(rows):
    tally = _tally(rows, "stage")
    for stage in Stage.objects.all():
        url = leads_url(stage=stage.pk, state="all")
        if tally[stage.pk]:
            yield Slice(stage.name, tally[stage.pk], url, stage.tone)


def _by_medium(rows):
    tally = _tally(rows, "medium")
    for medium in Medium.objects.current():
        url = leads_url(medium=medium.pk, state="all")
        if tally[medium.pk]:
            yield Slice(medium.name, tally[medium.pk], url, medium.tone)
    if tally[None]:
        yield Slice(_("Not known"), tally[None])


def _tally(rows, column):
    tally = Counter()
    for row in rows:
        tally[row[column]] += row["n"]
    return tally


def per_person(user):
    """Open leads and overdue steps of everybody in sight, the most overdue first.

    Kept for a minute, as `sums` of a department are.
    """
    known = cache.get_or_set(f"home-people-{user.pk}", lambda: _people(user), KEPT)
    rows = {row["owner"]: row for row in known}
    people = User.objects.filter(pk__in=[pk for pk in rows if pk])
    named = [
        rows[person.pk] | {"name": str(person), "url": _of(person)} for person in people
    ]
    if None in rows:
        named.append(rows[None] | {"name": _("Nobody"), "url": leads_url(unowned="on")})
    return sorted(named, key=lambda row: (-row["late"], -row["open"]))


def _people(user):
    late = Q(next_step_on__lt=timezone.localdate())
    rows = Lead.objects.visible_to(user).open().order_by().values("owner")
    return list(rows.annotate(open=Count("pk"), late=Count("pk", filter=late)))


def _of(person):
    return leads_url(owner=person.pk)
