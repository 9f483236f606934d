"""History of many new rows, written by the database."""

import pytest

from crm.lib.history import keep_new
from leads.models import Lead, Stage


@pytest.fixture
def rows(lead):
    stage = Stage.first_of(Stage.Kind.OPEN)
    made = [
        Lead(name=f"Lead {n}", value=n, stage=stage, owner=lead.owner) for n in "12"
    ]
    return Lead.objects.bulk_create(made)


def test_it_is_what_saving_each_would_have_written(rows, bd):
    keep_new(Lead, [row.pk for row in rows], by=bd, reason="import #1")
    [first] = rows[0].history.all()
    assert (first.history_type, first.history_user) == ("+", bd)
    assert first.history_change_reason == "import #1"
    tracked = [f.attname for f in Lead.history.model.tracked_fields]
    fresh = Lead.objects.get(pk=rows[0].pk)
    assert [getattr(first, n) for n in tracked] == [getattr(fresh, n) for n in tracked]


def test_one_statement_for_all_and_none_for_none(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        keep_new(Lead, [row.pk for row in rows], by=None, reason="")
    with django_assert_num_queries(0):
        keep_new(Lead, [], by=None, reason="")
    assert Lead.history.filter(id__in=[row.pk for row in rows]).count() == 2
