"""Indexes that serve the orders of the list."""

from django.db import models


def in_order(name, fields, condition):
    """An index of a list's order for each gate: own, the department's, everybody's."""
    for gate in (["owner"], ["department"], []):
        yield models.Index(
            fields=[*gate, *fields],
            name="_".join(["lead", *gate, name]),
            condition=condition,
        )
