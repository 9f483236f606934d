"""Media groups: which media of contact people answer through (ANALYTICS §1)."""

from collections.abc import Mapping

import numpy as np
from django.utils.translation import gettext as _

from accounts.models import Client, Medium
from analytics.features import (
    Tally,
    add_contacts,
    add_wins,
    contacts_of_each,
    main_currency,
    sums_of,
)
from analytics.mining.choose import STRUCTURE, TOO_FEW
from analytics.mining.media import Media, MediaGroups, best_medium, group_media
from analytics.models import Group, Run
from analytics.outcome import LEAST_ROWS, Outcome, figures_of, plain
from analytics.runs_locations import quality
from analytics.words import GROUP_NAMES

CHUNK = 20_000  # clients whose contacts are weighed at once


def find(run: Run) -> Outcome:
    """Group the media by their response and find everybody's best one."""
    run.advance(5, _("Gathering leads and purchases by medium"))
    day, outcome = run.reference_date, Outcome()
    outcome.currency, others = main_currency(day)
    outcome.quality = {"currencies": others}
    tally = sums_of(day, places=False)
    run.advance(25, _("Gathering contacts and their answers"))
    answers, days_to_win = add_contacts(tally, day), add_wins(tally, day)
    outcome.figures = figures_of(tally, answers.buckets)
    seen = tally.per("medium", "leads", "sent")
    outcome.rows_read = sum(seen.values())
    outcome.leave_out(_("no medium is given"), seen.pop(None, 0))
    if sum(seen.values()) < LEAST_ROWS:
        return outcome.lacks("media", sum(seen.values()), LEAST_ROWS)
    run.advance(50, _("Grouping {n} media").format(n=len(seen)))
    ids = list(Medium.objects.order_by("name").values_list("pk", flat=True))
    response = response_of(tally, ids, answers.hours, days_to_win, outcome.currency)
    groups = grouped(response, run)
    run.advance(70, _("Finding the best medium of every client"))
    clients, leads, default = best_of_each(run, groups, ids)
    describe(outcome, run, groups, ids)
    outcome.result["default"] = ids[default]
    outcome.arrays = {
        "medium": np.array(ids, dtype=np.int64),
        "labels": groups.labels,
        "tree": groups.tree,
        "client": np.array(list(clients), dtype=np.int64),
        "best": np.array(list(clients.values()), dtype=np.int64),
        "lead": np.array(list(leads), dtype=np.int64),
        "lead_best": np.array(list(leads.values()), dtype=np.int64),
    }
    return outcome


def grouped(response: Media, run: Run) -> MediaGroups:
    """Group by quality. Media that shade into one another are cut where it fits best.

    A dozen media seldom fall into clear clusters, and a ranking is wanted even so;
    the page says which of the two it is.
    """
    groups = group_media(response, k=run.params.get("k"), seed=run.seed)
    if "k" in run.params or groups.choice.reason in (STRUCTURE, TOO_FEW):
        return groups
    return group_media(response, k=groups.choice.best_k, seed=run.seed)


def response_of(
    tally: Tally,
    ids: list[int],
    hours: Mapping[int, list[float]],
    days_to_win: Mapping[int, list[float]],
    currency: str,
) -> Media:
    """What is known of each medium, in the order of `ids`.

    Revenue is what clients bought; a firm without purchases has its won leads' values.
    """

    def column(name: str) -> np.ndarray:
        per = tally.per("medium", name)
        return np.array([per[pk] for pk in ids], dtype=float)

    def median(values: Mapping[int, list[float]]) -> np.ndarray:
        return np.array(
            [np.median(values[pk]) if values.get(pk) else np.nan for pk in ids]
        )

    money = "cents" if tally.total("purchases") else "won_cents"
    revenue: dict[int | None, int] = {}
    for cell, sums in tally.cells.items():
        if cell.currency == currency:
            revenue[cell.medium] = revenue.get(cell.medium, 0) + sums[money]
    return Media(
        sent=column("sent"),
        answered=column("answered"),
        answer_hours=median(hours),
        leads=column("leads"),
        wins=column("won"),
        days_to_win=median(days_to_win),
        revenue=np.array([revenue.get(pk, 0) / 100 for pk in ids]),
        repeats=column("repeats"),
    )


def best_of_each(
    run: Run, groups: MediaGroups, ids: list[int]
) -> tuple[dict[int, int], dict[int, int], int]:
    """Best medium of every client, and of every lead without one, that was written to.

    The third answer is the position of the medium that is best for everybody else.
    """
    overall = groups.answer_share if groups.by_answers else groups.conversion
    overall = np.where(groups.labels >= 0, overall, 0)
    column = {pk: i for i, pk in enumerate(ids)}
    counts: dict[tuple[str, int], dict[int, tuple[int, int]]] = {}
    for who, lead, medium, sent, heard in contacts_of_each(run.reference_date):
        mine = counts.setdefault(("client", who) if who else ("lead", lead), {})
        before = mine.get(column[medium], (0, 0))
        mine[column[medium]] = (before[0] + sent, before[1] + heard)
    best: dict[str, dict[int, int]] = {"client": {}, "lead": {}}
    everybody = sorted(counts)
    for start in range(0, len(everybody), CHUNK):
        part = everybody[start : start + CHUNK]
        sent, heard = np.zeros((2, len(part), len(ids)))
        for row, who in enumerate(part):
            for at, (n_sent, n_heard) in counts[who].items():
                sent[row, at], heard[row, at] = n_sent, n_heard
        for (kind, pk), at in zip(
            part, best_medium(sent, heard, overall).tolist(), strict=True
        ):
            best[kind][pk] = ids[at]
    known = set(Client.objects.alive().values_list("pk", flat=True))
    clients = {pk: medium for pk, medium in best["client"].items() if pk in known}
    return clients, best["lead"], int(overall.argmax())


def describe(outcome: Outcome, run: Run, groups: MediaGroups, ids: list[int]) -> None:
    """Put the groups into rows, the best first, and the quality beside them."""
    outcome.quality |= quality(groups.choice) | {"by_answers": groups.by_answers}
    names = [str(GROUP_NAMES[code]) for code in groups.names]
    outcome.result = {
        "k": len(names),
        "chosen": "k" not in run.params,
        "reason": groups.choice.reason,
        "names": names,
    }
    for number, (code, name) in enumerate(zip(groups.names, names, strict=True)):
        members = np.flatnonzero(groups.labels == number)
        outcome.groups.append(
            Group(
                number=number,
                name=name,
                tone=str(number + 1),
                facts={
                    "code": code,
                    "media": [ids[i] for i in members],
                    "response": plain(groups.response[number]),
                },
            )
        )
