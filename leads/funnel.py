"""How far the leads of a quarter have come, as lying bars."""

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.lib.charts import Slice, bars
from leads.filters import midnight
from leads.home import KEPT, leads_url, on_the_way, tally
from leads.models import Lead


def quarter_began():
    """The first day of the quarter in which the reader is."""
    today = timezone.localdate()
    return today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)


def funnel(user):
    """What came in since the quarter began, by the step it has reached at least.

    A lead that was lost counts as having come in. Kept for a minute, as other sums are.
    """
    first = quarter_began()
    rows = cache.get_or_set(
        f"home-funnel-{user.pk}-{first}", lambda: _by_stage(user, first), KEPT
    )
    return bars(
        list(_steps(tally(rows, "stage"), first)),
        title=_("Funnel of the quarter"),
    )


def _by_stage(user, first):
    rows = Lead.objects.visible_to(user).filter(created__gte=midnight(first))
    return list(rows.order_by().values("stage").annotate(n=Count("pk")))


def _steps(count, first):
    since = {"state": "all", "from": first.isoformat()}
    yield Slice(_("Came in"), count.total(), leads_url(**since), "accent")
    ahead = on_the_way()
    for n, stage in enumerate(ahead):
        if n:  # being in the first stage is having come in
            reached = sum(count[later.pk] for later in ahead[n:])
            url = leads_url(**since, reached=stage.pk)
            yield Slice(stage.name, reached, url, stage.tone)
