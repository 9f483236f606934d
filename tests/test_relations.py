"""Every relation to a client or contact, and every personal field, is declared.

Merge, export and erasure walk these declarations: `MERGE` says what happens to a row when
its client or contact is merged into another, `PERSONAL` names the columns to erase,
`EXPORT` what a person may take away of it.
"""

import pytest
from django.apps import apps
from django.db import models
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import Client, Contact
from tests.test_architecture import BUILT

RULES = {"move", "drop", "keep"}
OURS = [
    model
    for app in BUILT
    for model in apps.get_app_config(app).get_models()
    if not model.__name__.startswith("Historical")
]
RELATED = [
    (model, field)
    for model in OURS
    for field in model._meta.concrete_fields
    if field.related_model in (Client, Contact)
]
REACHABLE = [
    (model, field)
    for model in OURS
    for field in model._meta.concrete_fields
    if isinstance(field, models.EmailField | PhoneNumberField)
    or field.name in ("address", "contact_name", "birth_year", "gender")
]


@pytest.mark.parametrize(
    ("model", "field"), RELATED, ids=lambda x: str(getattr(x, "__name__", x))
)
def test_a_relation_says_what_a_merge_does(model, field):
    assert getattr(model, "MERGE", {}).get(field.name) in RULES


@pytest.mark.parametrize(
    ("model", "field"), REACHABLE, ids=lambda x: str(getattr(x, "__name__", x))
)
def test_a_personal_field_is_declared(model, field):
    assert field.name in getattr(model, "PERSONAL", ())


@pytest.mark.parametrize(
    "model", sorted({model for model, _ in RELATED}, key=str), ids=str
)
def test_a_relation_says_what_a_person_may_take_away(model):
    assert isinstance(getattr(model, "EXPORT", None), tuple)


def test_nothing_internal_may_be_taken_away():
    internal = {"segment", "score", "value_class", "value_reason", "credit_limit"}
    internal |= {"notes", "hash", "password", "secret", "media_group", "best_medium"}
    internal |= {"spending_score", "owner", "department", "why", "rule", "persona"}
    assert not [
        (model, internal & set(names))
        for model in OURS
        if (names := getattr(model, "EXPORT", ())) and internal & set(names)
    ]


def test_what_is_declared_exists():
    for model in OURS:
        names = {f.name for f in model._meta.concrete_fields}
        assert (
            set(getattr(model, "PERSONAL", ()))
            | set(getattr(model, "MERGE", {}))
            | set(getattr(model, "EXPORT", ()))
            <= names
        )


def test_there_is_something_to_check():
    assert len(RELATED) >= 9
    assert len(REACHABLE) >= 9
