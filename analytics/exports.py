"""A run as a CSV file, one row per record (DESIGN §6)."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from accounts.models import Medium
from analytics.features import before, known_clients
from analytics.models import Run
from crm.lib.money import to_decimal
from crm.lib.text import safe_cell
from leads.models import Lead

HEADS = {
    Run.Kind.SEGMENTS: "client,class,cluster,amount,purchases,signed_up,reason",
    Run.Kind.LOCATIONS: "kind,external_id,cluster,cluster_name",
    Run.Kind.MEDIA: "kind,external_id,medium,group,group_name,best_medium",
}


def write(run: Run, file: TextIO) -> int:
    """Write the run's rows and return how many there are."""
    writer, count = csv.writer(file), 0
    writer.writerow(HEADS[run.kind].split(","))
    for row in ROWS[run.kind](run):
        writer.writerow([safe_cell(value) for value in row])
        count += 1
    return count


def name_of(external_id: str, pk: int) -> str:
    return external_id or f"#{pk}"


def segments(run: Run) -> Iterator[list[Any]]:
    rows = run.memberships.order_by("client_id").values_list(
        "client__external_id",
        "client_id",
        "value_class",
        "cluster",
        "cents",
        "currency",
        "purchases",
        "signed_up",
        "reason",
    )
    for external, pk, label, cluster, cents, currency, *rest in rows.iterator():
        amount = str(to_decimal(cents, currency))
        yield [name_of(external, pk), label, cluster, amount, *rest]


def locations(run: Run) -> Iterator[list[Any]]:
    arrays, names = run.load(), run.result.get("names", [])
    label_of: dict[int, int] = {}
    if arrays:
        pairs = zip(arrays["place"].tolist(), arrays["labels"].tolist(), strict=True)
        label_of = dict(pairs)
    for kind, external, pk, place in records(run, "place_id"):
        label = label_of.get(place)
        cluster = ["", ""] if label is None else [label, names[label]]
        yield [kind, name_of(external, pk), *cluster]


def media(run: Run) -> Iterator[list[Any]]:
    arrays = run.load()
    names = dict(Medium.objects.values_list("pk", "name"))
    groups = {
        medium: [group.number, group.name]
        for group in run.groups.all()
        for medium in group.facts["media"]
    }
    best: dict[str, dict[int, int]] = {"client": {}, "lead": {}}
    if arrays:
        for kind, column in (("client", "best"), ("lead", "lead_best")):
            pairs = zip(arrays[kind].tolist(), arrays[column].tolist(), strict=True)
            best[kind] = dict(pairs)
    default = run.result.get("default")
    for kind, external, pk, medium, client in records(run, "medium_id", "client_id"):
        who = client if kind == "lead" else pk
        own = best["client"].get(who) if who else best["lead"].get(pk)
        group = groups.get(medium, ["", ""])
        row = [kind, name_of(external, pk), names.get(medium, ""), *group]
        yield [*row, names.get(own or default, "")]


def records(run: Run, *columns: str) -> Iterator[tuple]:
    """Every client and lead the run saw: kind, external id, key, then the columns."""
    day = run.reference_date
    leads = Lead.objects.alive().filter(created__lt=before(day))
    yield from tagged("client", known_clients(day), columns)
    yield from tagged("lead", leads, columns)


def tagged(kind: str, rows: Any, columns: Iterable[str]) -> Iterator[tuple]:
    """The rows' columns; a client's own client_id is not asked for."""
    names = [c for c in columns if kind == "lead" or c != "client_id"]
    found = rows.order_by("pk").values_list("external_id", "pk", *names)
    blank = (None,) * (len(tuple(columns)) - len(names))
    for row in found.iterator(chunk_size=10_000):
        yield (kind, *row, *blank)


ROWS = {
    Run.Kind.SEGMENTS: segments,
    Run.Kind.LOCATIONS: locations,
    Run.Kind.MEDIA: media,
}
