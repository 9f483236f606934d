"""What the home page says of leads: what is due, what lies untouched, and the pies."""

from collections import Counter
from datetime import timedelta
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Client, Medium, User
from crm.lib.charts import Slice, pie
from leads.models import Interaction, Lead, Stage

SHOWN = 8
COUNTED = 100  # untouched leads; what is beyond is "100+"
MANY = 2000  # own leads, from which on their sums are kept
KEPT = 60  # seconds that the sums over a whole department or firm may be old
AN_HOUR = 3600
NEW_FOR = timedelta(days=14)
NEW = (
    *("name", "contact_name", "company", "email", "phone", "created"),
    *("medium__name", "place__area"),
)


def leads_url(**filters):
    """The list of leads with filters, or "" where there is no such page."""
    try:
        return f"{reverse('leads:list')}?{urlencode(filters)}"
    except NoReverseMatch:
        return ""


def overdue(user, sums):
    """Own leads whose next step should have been done, the oldest step first."""
    rows = Lead.objects.visible_to(user).overdue().select_related("client")
    shown = list(rows.order_by("next_step_on", "pk")[:SHOWN])
    return {"rows": shown, "count": max(totals(sums)["late"], len(shown))}


def untouched(user):
    """Own open leads with nothing said and nothing planned, the newest first.

    Those of the last days from the area where most of one's clients are come apart, as
    `near`. At most a hundred are looked at, as an index serves them.
    """
    words = Interaction.objects.filter(lead=OuterRef("pk"))
    rows = Lead.objects.visible_to(user).open().filter(~Exists(words), next_step="")
    rows = rows.select_related("medium", "place").only(*NEW)
    found = list(rows.order_by("-created", "-pk")[: COUNTED + 1])
    area, since = own_area(user), timezone.now() - NEW_FOR
    near, rest = [], []
    for row in found:
        is_near = area and row.place and row.place.area == area and row.created > since
        (near if is_near else rest).append(row)
    return {
        "area": area,
        "near": near[:SHOWN],
        "rows": rest[:SHOWN],
        "left": max(0, len(rest) - SHOWN),
        "count": len(found),
    }


def own_area(user):
    """The area in which most of one's clients are, or "" while areas have no names."""
    return cache.get_or_set(f"home-area-{user.pk}", lambda: _own_area(user), AN_HOUR)


def _own_area(user):
    rows = Client.objects.visible_to(user).exclude(place__area="")
    rows = rows.filter(place__isnull=False).order_by().values("place__area")
    most = rows.annotate(n=Count("pk")).order_by("-n", "place__area").first()
    return most["place__area"] if most else ""


def sums(user):
    """Leads and overdue steps per stage and medium: one grouped query.

    A seller's own are read each time; over a department, the firm or thousands of own
    ones they are kept for a minute, because there they are a scan.
    """
    key = f"home-sums-{user.pk}"
    known = cache.get(key)
    if known is None:
        known = _sums(user)
        many = sum(row["n"] for row in known) > MANY
        if many or user.role != User.Role.BD:
            cache.set(key, known, KEPT)
    return known


def _sums(user):
    late = Q(state=Stage.Kind.OPEN, next_step_on__lt=timezone.localdate())
    rows = Lead.objects.visible_to(user).order_by().values("stage", "medium", "state")
    return list(rows.annotate(n=Count("pk"), late=Count("pk", filter=late)))


def stages():
    """Every stage in order, from the cache for a minute."""
    return cache.get_or_set("home-stages", lambda: list(Stage.objects.all()), KEPT)


def on_the_way():
    """The stages that lead to a win, from the cache for a minute."""
    ahead = Stage.objects.on_the_way()
    return cache.get_or_set("home-on-the-way", lambda: list(ahead), KEPT)


def media():
    """Every medium in order, from the cache for a minute."""
    current = Medium.objects.current()
    return cache.get_or_set("home-media", lambda: list(current), KEPT)


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
    count = tally(rows, "stage")
    for stage in stages():
        url = leads_url(stage=stage.pk, state="all")
        if count[stage.pk]:
            yield Slice(stage.name, count[stage.pk], url, stage.tone)


def _by_medium(rows):
    count = tally(rows, "medium")
    for medium in media():
        url = leads_url(medium=medium.pk, state="all")
        if count[medium.pk]:
            yield Slice(medium.name, count[medium.pk], url, medium.tone)
    if count[None]:
        url = leads_url(no_medium="on", state="all")
        yield Slice(_("Not known"), count[None], url)


def tally(rows, column):
    """How many leads of `sums()` there are for each value of a column."""
    count = Counter()
    for row in rows:
        count[row[column]] += row["n"]
    return count


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
