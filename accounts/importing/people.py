"""Importing rows that are known by external id, e-mail, telephone or name.

The external id decides: two different ids are two rows. Without one, the newest
untrashed row with that e-mail or telephone is meant; a row that says nothing but a
name is the one that says nothing but that name.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from accounts.importing import values
from accounts.importing.base import (
    BATCH,
    CREATED,
    DUPLICATE,
    REJECTED,
    UPDATED,
    Importer,
    Rejected,
    Verdict,
)
from accounts.importing.lookups import moves, spot_of
from accounts.importing.reader import Record
from accounts.places import places_for
from crm.lib.history import keep_new
from crm.lib.own_ids import own_pk
from crm.lib.text import plain

IDENTITY = ("external_id", "name", "company", "first_name", "last_name", "contact_name")
REACH = ("email", "phone")


class PeopleImporter(Importer):
    model: type[Model]

    def __init__(self, job, columns):
        super().__init__(job, columns)
        self.seen: dict[int, int] = {}  # key → row committed earlier in this file
        self.fresh: dict[int, int] = {}  # the same for the batch at hand

    def problem(self):
        given = set(self.at) | set(self.constants)
        if given.isdisjoint((*IDENTITY, *REACH)):
            return _(
                "Nothing says who the rows are: map a column to external id, name, "
                "e-mail or telephone."
            )
        return ""

    def recall(self, record):
        verdict = self.prepared(record)
        if verdict.outcome != REJECTED:
            self.seen.update(dict.fromkeys(map(hash, verdict.keys), 0))

    def judge(self, records):
        self.fresh = {}
        verdicts = [self.prepared(record) for record in records]
        good = [v for v in verdicts if v.outcome != REJECTED]
        known = self.known(good)
        mine = self.mine({row.pk for row in known.values()})
        self.look_up(good)
        for verdict in good:
            self.decide(verdict, known, mine)
        return verdicts

    def prepared(self, record: Record) -> Verdict:
        """The record's values and keys, or its rejection."""
        verdict = Verdict(record)
        if record.fault:
            verdict.reject(record.fault)
            return verdict
        verdict.cells = cells = self.cells(record)
        try:
            verdict.values = self.values(cells)
            verdict.keys = self.keys(verdict.values)
        except Rejected as error:
            verdict.reject(str(error))
        return verdict

    def values(self, cells: dict[str, str]) -> dict[str, Any]:
        """The model's columns that the cells fill, but for what needs a look-up."""
        raise NotImplementedError

    def look_up(self, verdicts: list[Verdict]) -> None:
        """Fetch for all of a batch what `changes` and `built` need."""

    def built(self, verdict: Verdict) -> Any:
        """A new, unsaved row."""
        raise NotImplementedError

    def changes(self, row: Any, verdict: Verdict) -> dict[str, Any]:
        """What the record says otherwise than the row it matches."""
        found = {
            name: value
            for name, value in verdict.values.items()
            if not same(getattr(row, name), value)
        }
        medium = self.medium_of(verdict.cells)
        if medium is not None and row.medium_id != medium.pk:
            found["medium"] = medium
        owner = self.owner_of(verdict.cells)
        if owner is not None and row.owner_id != owner.pk and self.may_add:
            found |= {"owner": owner, "department": owner.department}
        if moves(row, spot_of(verdict.cells)):
            found["place"] = None  # found, and made if new, when it is written
        return found

    def medium_of(self, cells):
        return self.media.find(cells["medium"]) if "medium" in cells else None

    def owner_of(self, cells):
        return self.owners.find(cells["owner"]) if "owner" in cells else None

    # --- who they are ---------------------------------------------------------
    def reach(self, cells: dict[str, str], found: dict[str, Any]) -> None:
        """Read external id, e-mail and telephone; a bad telephone becomes a note."""
        external = self.read(cells, "external_id", values.identifier)
        if external and len(external) > 100:
            raise Rejected(_("the external id is longer than 100 characters"))
        country = values.country_code(cells.get("country", "")) or self.country
        mails = [
            mail
            for name in numbered("email", cells)
            for mail in self.read(cells, name, values.emails)
        ]
        phones = []
        written = [c for f in numbered("phone", cells) for c in cells[f].split(":::")]
        for text in written:
            try:
                phones.append(values.phone(text, country))
            except ValueError:
                self.notes.add("phone")
                cells.setdefault("left", "")
                cells["left"] += as_written(text.strip())
        found["external_id"] = external
        found["email"], found["phone"] = (mails or [""])[0], (phones or [""])[0]
        others = dict.fromkeys([*mails[1:], *phones[1:]])
        if others:
            text = _("Also reached at {others}").format(others=", ".join(others))
            cells["left"] = cells.get("left", "") + text + "\n"

    def keys(self, found: dict[str, Any]) -> tuple[str, ...]:
        """What tells the row apart, the deciding key first."""
        keys = []
        if found.get("external_id"):
            keys.append("i:" + found["external_id"])
        if found.get("email"):
            keys.append("e:" + found["email"])
        if found.get("phone"):
            keys.append("p:" + found["phone"])
        if not keys and not found.get("name"):
            raise Rejected(
                _("no external id, name, e-mail or complete telephone number")
            )
        return tuple(keys or [f"n:{self.called(self.model(**found))}"])

    def known(self, verdicts: list[Verdict]) -> dict[str, Any]:
        """The newest untrashed row for each key."""
        rows = self.model.objects.alive().select_related("place")
        rows = rows.annotate(mail=Lower("email"), low=Lower("name"))
        rows = rows.order_by("created", "pk")
        if not self.job.is_trial:
            rows = rows.select_for_update(of=("self",))
        ask: dict[str, list[str]] = {"i": [], "e": [], "p": [], "n": []}
        for verdict in verdicts:
            for key in self.deciding(verdict):
                ask[key[0]].append(key[2:])
        found: dict[str, Any] = {}
        reached = (
            Q(external_id__in=ask["i"]) | Q(mail__in=ask["e"]) | Q(phone__in=ask["p"])
        )
        if ask["i"] or ask["e"] or ask["p"]:
            for row in rows.filter(reached):
                found[f"i:{row.external_id}"] = found[f"e:{row.mail}"] = row
                found[f"p:{row.phone}"] = row
        ours = {pk: text for text in ask["i"] if (pk := own_pk(self.kind, text))}
        if ours:
            found |= {f"i:{ours[row.pk]}": row for row in rows.filter(pk__in=ours)}
        names = [v.values["name"] for v in verdicts if v.keys[0].startswith("n:")]
        if names:
            named = Q(name__in=names) | Q(low__in=[name.lower() for name in names])
            alone = rows.filter(named, external_id="", email="", phone="")
            found |= {f"n:{self.called(row)}": row for row in alone}
        return found

    def deciding(self, verdict: Verdict) -> tuple[str, ...]:
        """The keys that say which row is meant: the external id, else all of them."""
        keys = verdict.keys
        return keys[:1] if keys[0].startswith("i:") else keys

    def called(self, row: Any) -> str:
        """Every name a row has, comparable: it tells it apart when nothing else does."""
        return plain(row.name)

    def mine(self, pks: set[int]) -> set[int]:
        """Which of these rows the importer may change."""
        if self.job.by is None:
            return pks
        rows = self.model.objects.editable_by(self.job.by)
        return set(rows.filter(pk__in=pks).values_list("pk", flat=True))

    # --- the verdict ----------------------------------------------------------
    def decide(self, verdict: Verdict, known: dict[str, Any], mine: set[int]) -> None:
        deciding = self.deciding(verdict)
        rows = {known[key].pk: known[key] for key in deciding if key in known}
        earlier = {key: self.earlier(key) for key in deciding}
        meant = {
            earlier[key] or (known[key].pk if key in known else None)
            for key in deciding
        } - {None}
        if len(meant) > 1:
            verdict.reject(_("its e-mail and telephone belong to two different rows"))
            return
        if any(found is not None for found in earlier.values()):
            verdict.outcome, verdict.reason = DUPLICATE, _("twice in the file")
        elif rows:
            self.compare(verdict, next(iter(rows.values())), mine)
        else:
            verdict.values |= self.newly(verdict)
        self.remember(verdict, verdict.row.pk if verdict.row else -verdict.record.line)

    def newly(self, verdict: Verdict) -> dict[str, Any]:
        """What a new row has besides its own values."""
        home = self.home(self.owner_of(verdict.cells))
        return home | {"medium": self.medium_of(verdict.cells)}

    def earlier(self, key: str) -> int | None:
        found = self.fresh.get(hash(key))
        return self.seen.get(hash(key)) if found is None else found

    def remember(self, verdict: Verdict, identity: int) -> None:
        if verdict.outcome != DUPLICATE or verdict.row:
            self.fresh.update(dict.fromkeys(map(hash, verdict.keys), identity))

    def compare(self, verdict: Verdict, row: Any, mine: set[int]) -> None:
        verdict.row = row
        if row.pk not in mine:
            self.leave(verdict, row)
            return
        verdict.values = {
            k: v for k, v in verdict.values.items() if v not in ("", None)
        }
        if own_pk(self.kind, verdict.values.get("external_id", "")):
            del verdict.values["external_id"]  # our exports' name for a row without one
        if verdict.values.get("email") == row.email.lower():
            del verdict.values["email"]  # as it was written stays
        if row.phone:  # an incomplete number is no news where it is kept already
            left = verdict.cells.get("left", "")
            verdict.cells["left"] = left.replace(as_written(str(row.phone)), "")
        verdict.values = self.changes(row, verdict)
        verdict.outcome = UPDATED if verdict.values else DUPLICATE
        verdict.reason = "" if verdict.values else _("unchanged")

    def leave(self, verdict: Verdict, row: Any) -> None:
        """Leave a row alone that is not the importer's to change."""
        verdict.outcome, verdict.care = DUPLICATE, row
        verdict.reason = _("already in a colleague's care")
        self.notes.add("hidden")

    # --- writing --------------------------------------------------------------
    def write(self, verdicts):
        self.media.save_new()
        new = [v for v in verdicts if v.outcome == CREATED]
        changed = [v for v in verdicts if v.outcome == UPDATED]
        placed = [*new, *(v for v in changed if "place" in v.values)]
        places = places_for(spot_of(v.cells) for v in placed)
        for verdict in placed:
            self._place(verdict, places)
        self._create(new)
        self._update(changed)

    def keep(self) -> None:
        """The batch is committed: its keys count as seen."""
        self.seen.update(self.fresh)

    def _place(self, verdict, places):
        place = places.get(spot_of(verdict.cells))
        verdict.values["place"] = place
        if place is not None and not place.is_placed:
            what = "place-near" if place.suggestion else "place"
            self.notes.add(what, str(place), place.suggestion)

    def _create(self, new):
        for verdict in new:
            verdict.row = self.built(verdict)
            verdict.row.search = verdict.row.found_by()
        self.model.objects.bulk_create([v.row for v in new], batch_size=BATCH)
        pks = [v.row.pk for v in new]
        keep_new(self.model, pks, by=self.job.by, reason=self.reason)
        for verdict in new:
            self.remember(verdict, verdict.row.pk)

    def _update(self, changed):
        names = set()
        for verdict in changed:
            for name, value in verdict.values.items():
                setattr(verdict.row, name, value)
            verdict.row.search = verdict.row.found_by()
            names |= verdict.values.keys()
        if not changed or not names:
            return
        bulk_update_with_history(
            [v.row for v in changed],
            self.model,
            [*names, "search"],
            batch_size=200,
            default_user=self.job.by,
            default_change_reason=self.reason,
        )


def numbered(name: str, cells: dict[str, str]) -> list[str]:
    """`email`, `email_2`, … as far as the cells have them."""
    return [n for n in (name, f"{name}_2", f"{name}_3") if n in cells]


def as_written(phone: str) -> str:
    """A line of the notes for a number that cannot be dialled."""
    return f"{_('Telephone as written')}: {phone}\n"


def person_of(cells: dict[str, str]) -> str:
    """The person a record names, in one field or in two."""
    both = f"{cells.get('first_name', '')} {cells.get('last_name', '')}".strip()
    return cells.get("contact_name") or both


def remarks(cells: dict[str, str]) -> list[str]:
    """What the record says that no column holds, for the row's notes."""
    return [*filter(None, [cells.get("notes"), *cells.get("left", "").splitlines()])]


def same(old: Any, new: Any) -> bool:
    old = getattr(old, "as_e164", old)
    return (old or "") == (new or "") if isinstance(new, str) else old == new


def fitting(model: type[Model], found: dict[str, Any]) -> dict[str, Any]:
    """The values, texts cut to what their columns hold."""
    cut: Callable = lambda name, text: text[: model._meta.get_field(name).max_length]  # noqa: E731
    return {k: cut(k, v) if isinstance(v, str) else v for k, v in found.items()}
