"""Finished runs and what they found."""

import io

import numpy as np
import pytest
from django.utils import timezone

from accounts.models import Client
from accounts.places import place_for
from analytics.models import Run


def finished(kind, **fields):
    return Run.objects.create(
        kind=kind, state="done", percent=100, finished=timezone.now(), **fields
    )


@pytest.fixture
def analysed(customer):
    """A finished run of the value classes, with `customer` in it."""
    result = {
        "scale": "log", "fit": "reached", "counts": {"new": 1}, "mean": [9.0, 1.0],
        "sd": [1.0, 1.0], "centers": [[1.0, 1.0], [0.0, 0.0], [-1.0, -1.0]],
    }  # fmt: skip
    row = finished("segments", currency="EUR", result=result)
    row.memberships.create(client=customer, value_class="new", currency="EUR")
    return row


@pytest.fixture
def value_class(analysed):
    return "new"


@pytest.fixture
def cluster_number(customer):
    """The number of the only cluster of a finished run over two places."""
    places = [place_for("London"), place_for("Reading", "", "United Kingdom")]
    Client.objects.filter(pk=customer.pk).update(place=places[0])
    row = finished("locations", currency="EUR")
    row.result = {"k": 1, "chosen": True, "reason": "too_few", "names": ["London"]}
    row.result["tones"] = ["1"]
    buffer = io.BytesIO()
    np.savez(
        buffer,
        place=[place.pk for place in places],
        latitude=[place.latitude for place in places],
        longitude=[place.longitude for place in places],
        weight=[2.0, 1.0],
        town=[0, 1],
        region=[0, 0],
        tree=[[0.0, 1.0, 0.01, 2.0]],
        radii=[0.0, 0.0, 40.0],
        labels=[0, 0],
    )
    row.arrays = buffer.getvalue()
    row.save(update_fields=["result", "arrays"])
    row.figures.create(place=places[0], owner=customer.owner, clients=1, leads=1)
    return 0
