"""Everything that is known of a person, and of their firm, as far as they may see it.

Models say what leaves: `EXPORT` names the columns; one that says nothing is left out.
Rows come through the gate of the person themselves; what has no gate (lines of a paper)
comes with a row that they see. Nothing else is ever found: segments, scores and internal
notes are not declared.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Contact, Firm, User
from notifications.models import EventTopic

Kind = type[Model]
# Of libraries, which declare nothing.
THEIRS = {
    "account.EmailAddress": ("email", "verified"),
    "mfa.Authenticator": ("type", "created_at", "last_used_at"),
    "usersessions.UserSession": ("created_at", "ip", "user_agent", "last_seen_at"),
}


@dataclass
class Part:
    """The rows of one kind, with the columns that leave."""

    name: str
    label: str
    head: list[str]
    labels: list[str]
    rows: list[list[Any]]
    kind: Kind = EventTopic

    @property
    def texts(self) -> list[list[str]]:
        """The rows as the site would write them; a model may say how (`…_in_words`)."""
        ways = [getattr(self.kind, f"{name}_in_words", in_words) for name in self.head]
        return [
            [way(cell) for way, cell in zip(ways, row, strict=True)]
            for row in self.rows
        ]

    @property
    def records(self) -> list[dict[str, Any]]:
        return [dict(zip(self.head, row, strict=True)) for row in self.rows]


def in_words(cell: Any) -> str:
    """A value for reading: a date, yes or no, nothing for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("Yes") if cell else _("No")
    if isinstance(cell, datetime):
        return date_format(timezone.localtime(cell), "j M Y, H:i")
    return date_format(cell, "j M Y") if isinstance(cell, date) else str(cell)


def columns(model: Kind) -> tuple[str, ...] | None:
    """What leaves of a row; None where nobody has said so."""
    return THEIRS.get(model._meta.label) or getattr(model, "EXPORT", None)


def relations(model: Kind) -> Iterator[Any]:
    """What points at rows of this model, by relations without a name too."""
    for field in model._meta.get_fields(include_hidden=True):
        reverse = field.auto_created and not field.concrete
        if reverse and (field.one_to_many or field.one_to_one):
            yield field


def of_person(contact: Contact, viewer: User) -> list[Part]:
    """The contact, their login, and what hangs on these two."""
    me = Contact.objects.filter(pk=contact.pk)
    found = [_part(me), *_hanging(me, viewer, {Contact})]
    if contact.user_id:
        login = User.objects.filter(pk=contact.user_id)
        done = {User, Contact}
        found += [_part(login), *_hanging(login, viewer, done)]
    return _merged(found)


def of_firm(contact: Contact) -> list[Part]:
    """The firm of an owner, with all that they see of it in the customer area."""
    if contact.user is None or not contact.is_owner:
        return []
    firm = type(contact.client).objects.visible_to(contact.user)
    firm = firm.filter(pk=contact.client_id)
    found = [_part(firm), *_hanging(firm, contact.user, {firm.model})]
    return [part for part in [*found, _told(contact)] if part.rows]


def _hanging(top: "QuerySet[Any]", viewer: User, done: set[Kind]) -> Iterator[Part]:
    """What hangs on these rows, level by level; each kind once, by its nearest relation."""
    level = [(top, top)]  # what is reached, and what of it is seen
    while level:
        below: list[tuple[Any, Any]] = []
        for reached, seen in level:
            for relation in relations(reached.model):
                model = relation.related_model
                if model in done or columns(model) is None:
                    continue
                done.add(model)
                pair = _rows(relation, reached, seen, viewer)
                yield _part(pair[1])
                below.append(pair)
        level = below


def _rows(relation: Any, reached: Any, seen: Any, viewer: User) -> tuple[Any, Any]:
    """The rows behind a relation: all of them, and those the viewer may see."""
    model, name = relation.related_model, relation.field.name
    there = model._base_manager.filter(**{f"{name}__in": reached.values("pk")})
    if hasattr(model.objects, "visible_to"):
        mine = model.objects.visible_to(viewer)
        return there, mine.filter(**{f"{name}__in": reached.values("pk")})
    return there, model._base_manager.filter(**{f"{name}__in": seen.values("pk")})


def _part(rows: "QuerySet[Any]") -> Part:
    meta = rows.model._meta
    fields = [meta.get_field(name) for name in columns(rows.model) or ()]
    kept: list[Any] = []
    if fields:
        nearby = [f.name for f in fields if f.is_relation]
        rows = rows.select_related(*nearby) if nearby else rows
        kept = [
            [_cell(row, f) for f in fields] for row in rows.order_by("pk").distinct()
        ]
    return Part(
        name=meta.model_name or "",
        label=_(str(meta.verbose_name_plural)),
        head=[field.name for field in fields],
        labels=[_(str(field.verbose_name)) for field in fields],
        rows=kept,
        kind=rows.model,
    )


def _cell(row: Model, field: Field) -> Any:
    value = getattr(row, field.name)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    plain = isinstance(value, str | int | float | bool | list | dict | type(None))
    if plain or hasattr(value, "isoformat"):
        return value
    return str(value)


def _told(contact: Contact) -> Part:
    """What the client's timeline says to them."""
    topics = EventTopic.objects.about(contact.client).client_visible()
    said = [[topic.event.created, topic.event.text] for topic in topics]
    labels = [_("when"), _("what happened")]
    return Part("event", _("What happened"), ["created", "text"], labels, said)


def _merged(parts: list[Part]) -> list[Part]:
    """One part of each kind, without rows that were reached twice or are none."""
    found: dict[str, Part] = {}
    for part in parts:
        known = found.setdefault(part.name, part)
        known.rows += [row for row in part.rows if row not in known.rows]
    return [part for part in found.values() if part.rows]


def take_away(contact: Contact, viewer: User) -> tuple[bytes, int]:
    """A ZIP of all that, to read (HTML) and for programs (JSON); and its number of rows."""
    sections = {"person": of_person(contact, viewer), "firm": of_firm(contact)}
    number = sum(len(part.rows) for parts in sections.values() for part in parts)
    data = {
        name: {part.name: part.records for part in parts}
        for name, parts in sections.items()
    }
    context = {
        "contact": contact,
        "firm": Firm.known(),
        "made": in_words(timezone.now()),
        "zone": str(timezone.get_current_timezone()),
        "person": sections["person"],
        "client": sections["firm"],
    }
    page = render_to_string("accounts/my_data_file.html", context)
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("data.html", page)
        zipped.writestr("data.json", text)
    return file.getvalue(), number
