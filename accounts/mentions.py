"""@mentions: who is meant in a text, and the text in a form that outlives new names."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT = re.compile(r"(?<![\w.@])@(?=\w)")
KEPT = re.compile(r"@\[(\d{1,18})\]")


class NotReadable(ValueError):
    """A mention that cannot be kept, with a sentence that says why."""


def read(text: str, *, by: User, row: Any) -> tuple[str, list[User]]:
    """The text with each mention as `@[pk]`, and who is mentioned.

    A mention is a user name or a full name of a colleague whom `by` may name. Somebody
    who may not see `row`, or a name that two people have, raises NotReadable; a word
    that is nobody's name stays as it is.
    """
    if not AT.search(text):
        return text, []
    names = _names(User.objects.visible_to(by).staff().filter(is_active=True))
    found: dict[int, User] = {}
    parts, start = [], 0
    for at in AT.finditer(text):
        name = _longest(names, text[at.end() :])
        if name is None:
            continue
        people = names[name]
        if len(people) > 1:
            raise NotReadable(_several(people))
        found[people[0].pk] = people[0]
        parts += [text[start : at.start()], f"@[{people[0].pk}]"]
        start = at.end() + len(name)
    _must_see(found.values(), row)
    return "".join([*parts, text[start:]]), list(found.values())


def offered(row: Any) -> str:
    """The address of the colleagues who may be mentioned in a text about `row`."""
    about = f"{row._meta.label_lower}-{row.pk}"
    return f"{reverse('accounts:colleague_options')}?about={about}"


def mentionable(about: str, *, by: User) -> "QuerySet[User]":
    """Colleagues whom `by` may name and who may see the row that `about` names."""
    people = User.objects.visible_to(by).staff().filter(is_active=True)
    label, _dash, pk = about.rpartition("-")
    try:
        model: Any = apps.get_model(label)
    except (LookupError, ValueError):
        return people.none()
    if not (hasattr(model, "seen_by") and pk.isdecimal() and len(pk) < 19):
        return people.none()
    row = model.objects.visible_to(by).filter(pk=pk).first()
    return people.filter(pk__in=row.seen_by().values("pk")) if row else people.none()


def shown(text: str, people: Iterable[User], *, for_editing: bool = False) -> str:
    """The kept text with names: as people are called now, or as one types them."""
    names = {
        str(user.pk): user.username if for_editing else str(user) for user in people
    }
    somebody = _("somebody")
    return KEPT.sub(lambda at: f"@{names.get(at[1], somebody)}", text)


def _names(people: Iterable[User]) -> dict[str, list[User]]:
    """Lower-case user names and full names → whom they may mean."""
    names: dict[str, list[User]] = {}
    people = list(people)
    for user in people:
        names[user.username.lower()] = [user]
    for user in people:
        full = user.get_full_name().lower()
        if full and full not in (person.username.lower() for person in people):
            names.setdefault(full, []).append(user)
    return names


def _longest(names: dict[str, list[User]], rest: str) -> str | None:
    """The longest name that the text begins with, ending where a word ends."""
    low = rest[:320].lower()
    fitting = [
        n for n in names if low.startswith(n) and not low[len(n) :][:1].isalnum()
    ]
    return max(fitting, key=len, default=None)


def _several(people: list[User]) -> str:
    text = _("Several people are called {name}: write {names}.")
    ways = " / ".join(f"@{user.username}" for user in people)
    return text.format(name=people[0], names=ways)


def _must_see(people: Iterable[User], row: Any) -> None:
    seeing = set(row.seen_by().filter(pk__in=[user.pk for user in people]))
    blind = [user for user in people if user not in seeing]
    if blind:
        text = _("{who} may not see {row} and would learn of it: leave the name out.")
        raise NotReadable(text.format(who=", ".join(map(str, blind)), row=row))
