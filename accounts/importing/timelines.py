"""Saying in the timelines of the rows that an import, or its undo, changed them.

It is one event with many topics, apart from the one of the bell, which reads all topics.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db.models import Count, Q

from crm.lib.trash import Trashable
from notifications.actions import record
from notifications.models import EventTopic

TOPICS = 2000  # written at once
Made = Iterable[type[Any]]


def written_by(model: Any, job: Any) -> Any:
    """What the import wrote into the history of this kind of rows."""
    return model.history.filter(
        history_change_reason=job.reason, history_date__gte=job.created
    )


def changed_by(model: Any, job: Any) -> Any:
    """The numbers of the rows that were there before and that the import changed."""
    mine = written_by(model, job)
    made = Count("pk", filter=Q(history_type="+"))
    changed = mine.order_by("id").values("id").annotate(made=made).filter(made=0)
    return changed.values_list("id", flat=True)


def tell_timelines(
    kind: str, job: Any, text: str, made: Made, only: Any = None
) -> None:
    """Record that `job` changed rows, in their timelines: one event, topics in bulk.

    `only` narrows it to rows that this other import had changed. Kinds of rows without
    a timeline of their own are passed over.
    """
    event = None
    for model in made:
        if not issubclass(model, Trashable):
            continue
        rows = changed_by(model, job)
        if only is not None:
            rows = rows.filter(id__in=changed_by(model, only).order_by())
        pks = rows.iterator(chunk_size=TOPICS)
        while some := list(islice(pks, TOPICS)):
            event = event or record(kind, job, by=job.by, text=text)
            label = model._meta.label_lower
            EventTopic.objects.bulk_create(
                EventTopic(event=event, topic=label, object_id=pk) for pk in some
            )
