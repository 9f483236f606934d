"""From what a cell says to the medium, the owner or the place it means."""

from django.utils.translation import gettext as _

from accounts.importing import values
from accounts.models import Medium, User
from accounts.models.setup import look_of
from accounts.places import Spot, located
from crm.lib.text import plain

NEW_MEDIA = 30  # more unknown media than this are a wrongly mapped column


class Media:
    """Media by any of their spellings; an unknown one is added or counts as Other."""

    def __init__(self, notes, *, may_add):
        self.notes, self.may_add = notes, may_add
        rows = list(Medium.objects.all())
        self.known = {spelling: row for row in rows for spelling in row.spellings}
        self.last = max((row.position for row in rows), default=0)
        self.new: list[Medium] = []
        self.added: set[str] = set()

    def find(self, text):
        """The medium; a new one is not saved before `save_new()`."""
        key = plain(text).replace("_", " ").replace("-", " ")
        if key in self.known:
            if key in self.added:
                self.notes.add("medium-made", self.known[key].name)
            return self.known[key]
        other = self.known.get("other")
        if not self.may_add or text.isdigit() or len(self.added) >= NEW_MEDIA:
            self.notes.add("medium", text, other.name if other else _("unknown"))
            return other
        name = " ".join(text.replace("_", " ").split())[:60]
        self.last += 1
        row = Medium(
            name=name[:1].upper() + name[1:],
            position=self.last,
            tone=look_of(self.last),
        )
        self.known[key] = row
        self.new.append(row)
        self.added.add(key)
        self.notes.add("medium-made", row.name)
        return row

    def save_new(self):
        for row in self.new:
            found, _made = Medium.objects.get_or_create(
                name=row.name, defaults={"position": row.position, "tone": row.tone}
            )
            row.pk, row._state.adding = found.pk, False
        self.new.clear()


class Owners:
    """Colleagues who can own rows, by e-mail, user name or full name."""

    def __init__(self, notes, by):
        self.notes = notes
        people = User.objects.sellers().select_related("department")
        if by is not None:
            people = people & User.objects.visible_to(by)
        self.known: dict[str, User | None] = {}
        for person in people:
            for name in (person.email, person.username, person.get_full_name()):
                key = plain(name)
                if key and key in self.known and self.known[key] != person:
                    self.known[key] = None  # two of that name: nobody is meant
                elif key:
                    self.known[key] = person

    def find(self, text):
        """The colleague, or None with a remark."""
        person = self.known.get(plain(text))
        if person is None:
            self.notes.add("owner", text)
        return person


def spot_of(cells):
    """Where a row says it is."""
    return Spot(
        cells.get("city", ""),
        cells.get("state", ""),
        cells.get("country", ""),
        values.coordinate(cells.get("latitude", "")),
        values.coordinate(cells.get("longitude", "")),
    )


def moves(row, spot):
    """Whether `spot` says something else than the row's place already does."""
    if spot.is_blank:
        return False
    if row.place is None:
        return True
    said = located(spot)
    if "@" in said.key:
        return said.key != row.place.key
    parts = [(said.city, row.place.city), (said.state, row.place.state)]
    parts.append((said.country, row.place.country))
    return any(new and plain(new) != plain(old) for new, old in parts)
