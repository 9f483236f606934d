"""The answer of a run in one sentence, and how far it can be trusted."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.models import Figure, Run
from analytics.reports import locations, media, segments
from analytics.words import count, lack, structure_of

REPORTS = {
    Run.Kind.LOCATIONS: locations.Report,
    Run.Kind.MEDIA: media.Report,
    Run.Kind.SEGMENTS: segments.Report,
}


def of_firm(run: Run) -> str:
    """The sentence over the whole firm: for commands and admins."""
    return sentence(run, Figure.objects.all(), whole=True)


def sentence(run: Run, figures, *, whole: bool) -> str:
    """The answer for these figures; the firm's counts only where `whole` is True."""
    if run.is_thin:
        if whole:
            return lack(run.result["lack"])
        return _("There is too little data yet for an answer.")
    return REPORTS[run.kind](run, figures).answer


def quality(run: Run) -> str:
    """Rows read and left out, and what validation found."""
    parts = [_("{n} rows read").format(n=count(run.rows_read))]
    parts += [
        _("{n} left out: {why}").format(n=count(one["rows"]), why=one["reason"])
        for one in run.left_out
    ]
    found = run.quality
    if "reason" in run.result:
        k = run.result["k"]
        parts.append(ngettext("{k} cluster", "{k} clusters", k).format(k=k))
        parts.append(structure_of(run).rstrip("."))
    if found.get("silhouette") is not None:
        parts.append(_("silhouette {s}").format(s=f"{found['silhouette']:.2f}"))
    if found.get("stability") is not None:
        parts.append(_("stability {s}").format(s=f"{found['stability']:.2f}"))
    if found.get("high_share") is not None:
        parts.append(
            _("High cluster {share} of {n} fitted, {revenue} of their revenue").format(
                share=f"{found['high_share']:.0%}",
                n=count(found["fitted"]),
                revenue=f"{found['high_revenue_share'] or 0:.0%}",
            )
        )
    parts += found.get("warnings", [])
    return "; ".join(parts)
