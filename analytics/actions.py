"""Asking for runs, and pushing what they found down to the rows lists read."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import Client, Medium, Place, User
from analytics.models import Membership, Run
from crm.lib.errors import NotAllowedNow
from crm.lib.jobs import Job, nudge
from leads.models import Lead

KEPT_RUNS = 10  # of each kind: enough to compare, and a run holds much
CHUNK = 900  # ids in one statement


@transaction.atomic
def request_run(
    kind: str,
    *,
    by: User | None,
    params: dict[str, Any] | None = None,
    origin: str = "page",
) -> Run:
    """Queue a run, or return the one of this kind that is under way already."""
    waiting = Run.objects.under_way(kind)
    if waiting:
        return waiting
    phase = _("Waiting for a worker")
    run = Run.objects.create(
        kind=kind, by=by, params=params or {}, origin=origin, phase=phase
    )
    transaction.on_commit(partial(nudge, "analytics.run", run.pk))
    return run


def request_all() -> None:
    """Queue every analysis, with the parameters of its current run (nightly)."""
    for kind in Run.Kind.values:
        current = Run.objects.current(kind)
        params = current.params if current else {}
        request_run(kind, by=None, params=params, origin="nightly")


def prune_runs() -> int:
    """Delete all but the ten newest of each kind, finished or failed; says how many."""
    gone = 0
    for kind in Run.Kind.values:
        for states in ((Job.State.DONE,), (Job.State.FAILED, Job.State.CANCELLED)):
            over = Run.objects.filter(kind=kind, state__in=states)
            newest = over.order_by("-finished", "-pk").values_list("pk", flat=True)
            old = over.exclude(pk__in=list(newest[:KEPT_RUNS])).defer("arrays")
            gone += old.count()
            old.delete()
    return gone


def cancel_run(run: Run) -> None:
    """Stop a run that waits or works; the current figures stay."""
    if run.is_over:
        raise NotAllowedNow(_("This analysis is over already."), run)
    run.cancel()


def publish(run: Run) -> None:
    """Write the labels of a finished run to places, media, clients and leads."""
    PUBLISHERS[run.kind](run)


def publish_locations(run: Run) -> None:
    """Every place gets the name of its area; those outside of all get none."""
    arrays, names = run.load(), run.result.get("names", [])
    members: dict[str, list[int]] = {name: [] for name in names}
    if names:
        labels = arrays["labels"].tolist()
        for pk, label in zip(arrays["place"].tolist(), labels, strict=True):
            members[names[label]].append(pk)
    relabel(Place, "area", members, "")


def publish_media(run: Run) -> None:
    """Media get their group and rank; clients and leads that of their medium."""
    Medium.objects.exclude(group="").update(group="", group_rank=None)
    for group in run.groups.all():
        media = group.facts["media"]
        Medium.objects.filter(pk__in=media).update(
            group=group.name, group_rank=group.number
        )
    group_of = Medium.objects.filter(pk=OuterRef("medium_id")).values("group")[:1]
    label = Coalesce(Subquery(group_of), Value(""))
    for model in (Client, Lead):
        model.objects.exclude(media_group=label).update(media_group=label)
    arrays, default = run.load(), run.result.get("default")
    best: dict[int, list[int]] = {}
    if arrays:
        pairs = zip(arrays["client"].tolist(), arrays["best"].tolist(), strict=True)
        for client, medium in pairs:
            best.setdefault(medium, []).append(client)
    relabel(Client, "best_medium_id", best, default)


def publish_segments(run: Run) -> None:
    """Every client gets the class and the reason of the run, in one statement."""
    mine = Membership.objects.filter(run=run, client=OuterRef("pk"))
    Client.objects.update(
        value_class=Coalesce(Subquery(mine.values("value_class")[:1]), Value("")),
        value_reason=Coalesce(Subquery(mine.values("reason")[:1]), Value("")),
    )


PUBLISHERS = {
    Run.Kind.LOCATIONS: publish_locations,
    Run.Kind.MEDIA: publish_media,
    Run.Kind.SEGMENTS: publish_segments,
}


def relabel(
    model: Any, column: str, members: dict[Any, list[int]], default: Any
) -> None:
    """Set the column of the members of each value, and of all others to the default.

    Only rows that change are written.
    """
    now = dict(model.objects.values_list("pk", column))
    wanted = {pk: value for value, pks in members.items() for pk in pks}
    changes: dict[Any, list[int]] = {}
    for pk, value in now.items():
        target = wanted.get(pk, default)
        if value != target:
            changes.setdefault(target, []).append(pk)
    for value, pks in changes.items():
        for part in chunks(pks):
            model.objects.filter(pk__in=part).update(**{column: value})


def chunks(pks: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(pks)
    while part := list(islice(rest, CHUNK)):
        yield part
