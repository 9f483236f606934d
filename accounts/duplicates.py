"""Who may be known already: the one rule of what counts as equal or nearly equal.

Equal are the same mailbox (case, +tags and Gmail's dots apart) and the same complete
telephone number; nearly equal are addresses a slip apart, numbers with the same last
eight digits and names of nearly the same letters. Near ones are found by trigrams on
PostgreSQL and by the same plain letters elsewhere. A row that the reader may not see
says only that it is there; `ask` tells those who may decide.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core import signing
from django.db import connection, transaction
from django.db.models import Model, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from accounts.models import Client, Contact, Firm, User
from crm.lib import phones
from crm.lib.search import tolerance
from crm.lib.text import plain
from notifications.actions import record
from notifications.models import EventTopic

NEAR_MAIL, NEAR_NAME = 90, 88  # per cent of equal letters
ALIKE = 0.5  # of the trigrams, for what is compared at all
TAIL = 8  # digits that two spellings of one number share
MOST = 200  # candidates that are compared
SHOWN = 5
LIKELY, SURE = 1, 2
FIRST = (Client, Contact)  # what a row of another kind should be joined to
SALT, VALID = "accounts.ask", 24 * 3600  # seconds a question may wait to be asked
FORMS = re.compile(
    r"\b(gmbh|mbh|ag|kg|ohg|ug|se|ltd|limited|inc|llc|llp|plc|corp|co|company|sarl|sas|sa|"
    r"bv|nv|ab|oy|as|srl|spa|sl|the)\b|[^\w\s]"
)
ANYBODY = {"info", "office", "sales", "contact", "hello", "admin", "support", "mail"}


def mailbox(address: str) -> str:
    """The address as the post office sees it.

    >>> mailbox("Ann.Lee+crm@GoogleMail.com")
    'annlee@gmail.com'
    """
    local, _at, domain = address.strip().lower().rpartition("@")
    local = local.split("+")[0]
    domain = "gmail.com" if domain == "googlemail.com" else domain
    return f"{local.replace('.', '') if domain == 'gmail.com' else local}@{domain}"


def bare(name: str) -> str:
    """A name without its legal form and marks: "Mill & Sons GmbH" is "mill sons"."""
    return " ".join(FORMS.sub(" ", plain(name)).split()) or plain(name)


@dataclass(frozen=True)
class Typed:
    """What is known of somebody who may be known already."""

    email: str = ""
    phone: str = ""
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: Any, names: Sequence[str], country: str) -> "Typed":
        """From what a form was given; national numbers are read as of `country`."""
        text = {n: given.get(n, "").replace("\0", "")[:200] for n in (*names, "email")}
        raw = given.get("phone", "").replace("\0", "")[:60]
        number = phones.complete(raw, country)
        return cls(
            text["email"].strip() if "@" in text["email"] else "",
            number.as_e164 if number else re.sub(r"\D", "", raw),
            tuple(bare(text[n]) for n in names if len(bare(text[n])) > 2),
        )

    @classmethod
    def of_row(cls, given: dict[str, Any], names: Sequence[str]) -> "Typed":
        """From a row's values, which are read and checked already."""
        said = [bare(given[name]) for name in names if given.get(name)]
        return cls(given.get("email", ""), given.get("phone", ""), tuple(said))

    @property
    def tail(self) -> str:
        return self.phone[-TAIL:] if len(self.phone) >= TAIL else ""

    def near(self) -> Q:
        """Rows worth comparing, by their `search` column; none when nothing is said."""
        how = "resembles" if connection.vendor == "postgresql" else "contains"
        local = self.email.lower().partition("@")[0].split("+")[0]
        words = list(self.names)
        if len(local) > 3 and local not in ANYBODY:
            words.append(local)
        found = Q(pk__in=[])
        for word in words:
            found |= Q(**{f"search__{how}": word})
        return found | Q(search__contains=self.tail) if self.tail else found

    def reason(self, row: Any) -> tuple[str, int]:
        """Why the row may be the same, blank if it is not; and how sure that is: 0 to 2."""
        email, phone = str(row.email), str(row.phone or "")
        if self.email and email and mailbox(self.email) == mailbox(email):
            return _("the same e-mail"), SURE
        if self.phone and self.phone == phone:
            return _("the same telephone"), SURE
        if self.email and fuzz.ratio(self.email.lower(), email.lower()) >= NEAR_MAIL:
            return _("nearly the same e-mail"), LIKELY
        if self.tail and phone.endswith(self.tail):
            return _("nearly the same telephone"), LIKELY
        names = [bare(getattr(row, name)) for name in row.CALLED]
        pairs = [(mine, name) for mine in self.names for name in names if name]
        if any(mine == name for mine, name in pairs):
            return _("the same name"), LIKELY
        if any(fuzz.token_sort_ratio(*pair) >= NEAR_NAME for pair in pairs):
            return _("nearly the same name"), 0
        return "", 0


@dataclass
class Twins:
    """Rows like what was typed: those the reader may see, and whether there are others."""

    seen: list[tuple[int, str, Any]] = field(
        default_factory=list
    )  # weight, reason, row
    token: str = ""  # names the hidden ones, for `ask`
    is_sure: bool = False

    def __bool__(self) -> bool:
        return bool(self.seen or self.token)

    @property
    def clients(self) -> list[Client]:
        """The clients among them, or to whom they belong, each once."""
        rows = [row for _weight, _reason, row in self.seen]
        found = [row if isinstance(row, Client) else row.client for row in rows]
        return list(dict.fromkeys(filter(None, found)))


def like(
    given: Any, names: Sequence[str], models: Iterable[type[Model]], user: User
) -> Twins:
    """The rows like what a form was given so far; `names` are its fields with names."""
    return twins([Typed.of(given, names, Firm.get().country)], models, user)[0]


def twins(
    typed: Sequence[Typed], models: Iterable[type[Model]], user: User
) -> list[Twins]:
    """For each of what was typed the rows of `models` that may be the same."""
    found = [Twins() for _one in typed]
    hidden: list[list[Any]] = [[] for _one in typed]
    for model in models:
        rows = candidates(model, typed)
        pks = model.objects.visible_to(user).filter(pk__in=[row.pk for row in rows])  # type: ignore[attr-defined]
        visible = set(pks.values_list("pk", flat=True))
        for one, result, away in zip(typed, found, hidden, strict=True):
            for row in rows:
                reason, weight = one.reason(row)
                result.is_sure |= weight == SURE
                if reason and row.pk in visible:
                    result.seen.append((weight, reason, row))
                elif weight:  # a hidden row that is only called alike is not told of
                    away.append(row)
    for result, away in zip(found, hidden, strict=True):
        result.seen = best(result.seen)
        result.token = token_for(away[:SHOWN], user) if away else ""
    return found


def best(seen: list[tuple[int, str, Any]]) -> list[tuple[int, str, Any]]:
    """The few that are shown: of each kind in turn the surest, clients at the top.

    A client has many leads, and all of them together would hide it; what is only called
    nearly alike comes last.
    """
    taken: Counter[type] = Counter()
    turns = []
    for known in sorted(seen, key=lambda known: -known[0]):
        kind = type(known[2])
        place = FIRST.index(kind) if kind in FIRST else len(FIRST)
        turns.append((taken[kind], place, known))
        taken[kind] += 1
    shown = sorted(turns, key=lambda turn: turn[:2])[:SHOWN]
    shown.sort(key=lambda turn: (turn[2][0] == 0, turn[1], -turn[2][0]))
    return [known for _turn, _place, known in shown]


def candidates(model: Any, typed: Sequence[Typed]) -> list[Any]:
    """Rows, not in the trash, that are compared: the equal ones first."""
    trash = "client__trashed" if model is Contact else "trashed"
    rows = model.objects.filter(**{f"{trash}__isnull": True})
    rows = rows if model is Client else rows.select_related("client")
    mails = {one.email.lower() for one in typed if one.email}
    numbers = {one.phone for one in typed if one.phone.startswith("+")}
    equal, near = Q(mail__in=mails) | Q(phone__in=numbers), Q(pk__in=[])
    for one in typed:
        near |= one.near()
        for name in one.names:
            equal |= Q(search__contains=name)
    same = rows.alias(mail=Lower("email")).filter(equal)
    with tolerance(ALIKE):
        return list(dict.fromkeys([*same[:MOST], *rows.filter(near)[:MOST]]))


def _care(row: Any) -> list[Any]:
    """The row that is in somebody's care: of a contact that is the client."""
    model = Client if isinstance(row, Contact) else type(row)
    pk = row.client_id if isinstance(row, Contact) else row.pk
    return [model._meta.label_lower, pk]


def token_for(rows: Sequence[Any], user: User) -> str:
    """Names hidden rows, by number only, so that this user alone can ask about them."""
    return signing.dumps([_care(row) for row in rows], salt=f"{SALT}.{user.pk}")


@transaction.atomic
def ask(token: str, *, by: User) -> int:
    """Tell the managers of each row's department, once, that `by` met it; says how many.

    The rows are not changed. BadSignature for a token that is another's, or too old.
    """
    rows = signing.loads(token, salt=f"{SALT}.{by.pk}", max_age=VALID)
    return sum(_ask(label, pk, by) for label, pk in dict.fromkeys(map(tuple, rows)))


def _ask(label: str, pk: int, by: User) -> bool:
    rows = apps.get_model(label)._default_manager
    row = rows.select_for_update().filter(pk=pk, trashed__isnull=True).first()
    mine = {"event__kind": "duplicate.asked", "event__actor": by}
    if row is None or EventTopic.objects.about(row).filter(**mine).exists():
        return False
    bosses = User.objects.filter(is_active=True, role=User.Role.MANAGER)
    tell = bosses.filter(department=row.department_id) if row.department_id else None
    tell = tell or User.objects.filter(is_active=True, role=User.Role.ADMIN)
    text = _("{by} met {row} anew and asks who should go on with it.")
    record("duplicate.asked", row, by=by, text=text.format(by=by, row=row), tell=tell)
    return True
