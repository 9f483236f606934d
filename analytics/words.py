"""What the codes of the analyses are called, and the sentences made of them."""

from datetime import date, timedelta
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from analytics.mining.classes import Reason
from analytics.models import Run
from crm.lib.money import show, to_decimal

GROUP_NAMES = {
    "all_alike": gettext_lazy("All alike"),
    "most_responsive": gettext_lazy("Most responsive"),
    "often_answers": gettext_lazy("Often answers"),
    "sometimes_answers": gettext_lazy("Sometimes answers"),
    "seldom_answers": gettext_lazy("Seldom answers"),
    "rarely_answers": gettext_lazy("Rarely answers"),
    "least_responsive": gettext_lazy("Least responsive"),
}
CLUSTER_NAMES = {
    "high": gettext_lazy("High"),
    "average": gettext_lazy("Average"),
    "low": gettext_lazy("Low"),
}
LEFT_OUT_REASONS = {
    "no_dates": gettext_lazy("neither a sign-up date nor a purchase"),
    "not_yet_signed_up": gettext_lazy("signed up on or after the reference date"),
}
STRUCTURE = {
    "structure": gettext_lazy("The clusters are clear and come out again in samples."),
    "too_few": gettext_lazy(
        "Fewer than six different points: there is nothing to choose between."
    ),
    "no_structure": gettext_lazy(
        "No natural clusters: the points are spread as evenly as chance would. "
        "Any cut is yours to choose."
    ),
    "unstable": gettext_lazy(
        "No lasting clusters: samples of the same data fall apart differently. "
        "Any cut is yours to choose."
    ),
}
SHADING = gettext_lazy(
    "The media shade into one another: no clear gap divides the groups. "
    "They are cut where neighbours differ most."
)
MEDIA_STRUCTURE = STRUCTURE | {"no_structure": SHADING, "unstable": SHADING}
WARNINGS = {
    "high_too_small": gettext_lazy(
        "The High cluster holds under 5% of the fitted clients: too few to act on. "
        "Scale the amounts by their logarithm."
    ),
    "high_too_large": gettext_lazy(
        "The High cluster holds over 40% of the fitted clients: it does not single "
        "anybody out. Fit only clients that reach the cluster rule, or use raw amounts."
    ),
    "high_earns_little": gettext_lazy(
        "The High cluster brings under half of the fitted clients' revenue: many small "
        "purchases weigh as much as large amounts. Compare with raw amounts."
    ),
    "fewer_groups": gettext_lazy(
        "Fewer than three different clients were fitted: not all three clusters exist."
    ),
}
SCALES = {
    ("log", "reached"): gettext_lazy("logarithms, clients of the cluster rule"),
    ("log", "all"): gettext_lazy("logarithms, all clients"),
    ("raw", "reached"): gettext_lazy("raw amounts, clients of the cluster rule"),
    ("raw", "all"): gettext_lazy("raw amounts, all clients"),
}
LACKS = {
    "places": lambda n: ngettext(
        "{n} lead or client has a place", "{n} leads and clients have a place", n
    ),
    "media": lambda n: ngettext(
        "{n} lead or contact has a medium", "{n} leads and contacts have a medium", n
    ),
    "segments": lambda n: ngettext(
        "{n} client has a sign-up date or a purchase",
        "{n} clients have a sign-up date or a purchase",
        n,
    ),
}


def structure_of(run: Run) -> str:
    """Whether there were clusters to be found, in words."""
    words = MEDIA_STRUCTURE if run.kind == Run.Kind.MEDIA else STRUCTURE
    return str(words.get(run.result.get("reason", ""), ""))


def count(number: int) -> str:
    return str(number_format(number, force_grouping=True))


def money(cents: int, currency: str) -> str:
    """An amount for reading: whole units from 100 on, cents below."""
    amount = to_decimal(int(cents), currency)
    return show(round(amount, 0) if abs(amount) >= 100 else amount, currency)


def lack(found: dict) -> str:
    """Why there is no result: "12 clients have …: at least 30 are needed"."""
    number = found["found"]
    have = LACKS[found["code"]](number).format(n=count(number))
    return _("{have}: at least {needed} are needed.").format(
        have=have, needed=found["needed"]
    )


WHY = {
    "new_without_purchase": gettext_lazy(
        "Signed up on {signed_up}, within 90 days, and has not bought yet."
    ),
    "new_with_purchase": gettext_lazy(
        "Signed up on {signed_up}, within 90 days; {purchases} for {amount} so far."
    ),
    "never_bought": gettext_lazy("Has never bought since signing up on {signed_up}."),
    "first_bought_lately": gettext_lazy(
        "Bought nothing before {first}, and {purchases} for {amount} since: "
        "all within the last 90 days."
    ),
    "dormant": gettext_lazy("Last bought on {last}, more than a year ago."),
    "high_cluster": gettext_lazy(
        "{purchases} for {amount} in the last year: in the High cluster."
    ),
    "average_cluster": gettext_lazy(
        "{purchases} for {amount} in the last year: in the Average cluster."
    ),
    "low_cluster": gettext_lazy(
        "{purchases} for {amount} in the last year: in the Low cluster."
    ),
}


def why(reason: Reason, day: date, currency: str) -> str:
    """Why a client is in a class, with the numbers."""
    language = get_language()
    text = str(WHY[reason.code]).format(
        signed_up=ago(day, reason.days_since_sign_up, language),
        first=ago(day, reason.days_since_first, language),
        last=ago(day, reason.days_since_last, language),
        purchases=purchases(reason.purchases, language),
        amount=money(reason.amount, currency),
    )
    if reason.sign_up_estimated:
        text += " " + _("The sign-up date is estimated from the first purchase.")
    return text


@lru_cache(maxsize=10_000)
def purchases(number: int, language: str | None) -> str:
    """ "3 purchases"; kept, since a run writes the same few a hundred thousand times."""
    words = ngettext("{n} purchase", "{n} purchases", number)
    return words.format(n=count(number))


@lru_cache(maxsize=10_000)
def ago(day: date, days: int | None, language: str | None) -> str:
    """The day so long before; kept like `purchases`."""
    return "–" if days is None else date_format(day - timedelta(days=days), "j M Y")
