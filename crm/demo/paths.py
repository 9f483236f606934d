"""Which stages the leads of the demo world went through, and when, as their history."""

import random
from datetime import timedelta

from leads.models import Lead

SHARES = (6, 5, 5, 4, 4)  # of the lost leads, by how many stages they came


def make_history(world):
    """Write a row of history for every stage a lead was in, and one for its end."""
    rng = random.Random(world.seed)  # noqa: S311 - a story; its own, so others stay
    stages = [stage for stage in world.stages if stage.kind == "open"]
    rows = []
    for lead in world.leads:
        lead.path = list(zip(passed(lead, stages, rng), times(lead, rng), strict=False))
        if not lead.closed:
            lead.path[-1] = (lead.stage, lead.stage_since)
        steps = [(stage, at, "open", None) for stage, at in lead.path]
        if lead.closed:
            steps.append((lead.stage, lead.closed, lead.state, lead.closed))
        rows += [row_of(lead, *step, first=not n) for n, step in enumerate(steps)]
    Lead.history.model.objects.bulk_create(rows, batch_size=500)


def passed(lead, stages, rng):
    """The open stages it was in: all before its own, or before it was won or lost."""
    if lead.state == "open":
        return stages[: stages.index(lead.stage) + 1]
    depth = rng.choices(range(1, len(SHARES) + 1), SHARES)[0]
    return stages if lead.state == "won" else stages[:depth]


def times(lead, rng):
    """Ever later moments from when it came in; the last of an open lead is as noted."""
    end = lead.closed or lead.stage_since
    span = max((end - lead.created).total_seconds(), 60)
    parts = sorted(rng.random() for _ in range(9))
    yield lead.created
    for part in parts:
        yield lead.created + timedelta(seconds=span * part)


def row_of(lead, stage, at, state, closed, *, first):
    """A copy of the lead as it was then."""
    history = Lead.history.model
    columns = {f.attname: getattr(lead, f.attname) for f in history.tracked_fields}
    columns |= {
        "stage_id": stage.pk,
        "state": state,
        "stage_since": at,
        "closed": closed,
    }
    columns["lost_reason"] = lead.lost_reason if closed else ""
    return history(
        **columns,
        history_date=at,
        history_type="+" if first else "~",
        history_user=lead.owner,
    )
