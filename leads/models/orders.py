"""What a line of the list shows, and the indexes that serve its orders."""

from django.db import models

LISTED = [
    "name",
    "contact_name",
    "company",
    "email",
    "phone",
    "value",
    "currency",
    "state",
    "created",
    "stage_since",
    "next_step",
    "next_step_on",
    "stage__name",
    "stage__tone",
    "medium__name",
    "place__key",
    "place__city",
    "place__state",
    "place__country",
    "owner__first_name",
    "owner__last_name",
    "owner__username",
]


def in_order(name, fields, condition):
    """An index of a list's order for each gate: own, the department's, everybody's."""
    for gate in (["owner"], ["department"], []):
        yield models.Index(
            fields=[*gate, *fields],
            name="_".join(["lead", *gate, name]),
            condition=condition,
        )
