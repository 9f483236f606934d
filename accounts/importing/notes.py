"""What a reader should know about an import besides its counts, kept as data."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LIMIT = 100  # kinds of remarks kept per import; more help nobody


class Notes:
    """Counts remarks such as ("stage", "Proposal"); `sentences()` words them."""

    def __init__(self, stored: Iterable[list] = ()):
        self.counts = {(what, value): (n, hint) for what, value, n, hint in stored}

    def add(self, what: str, value: str = "", hint: str = "") -> None:
        key = (what, value[:80])
        if key in self.counts or len(self.counts) < LIMIT:
            n, _old = self.counts.get(key, (0, ""))
            self.counts[key] = (n + 1, hint)

    def stored(self) -> list[list]:
        return [[*key, n, hint] for key, (n, hint) in self.counts.items()]


def sentences(stored: Iterable[list]) -> Iterator[str]:
    """The remarks in words, the most frequent first; true before the import and after."""
    for what, value, n, hint in sorted(stored, key=lambda note: -note[2]):
        text = _about_file(what) or _about_rows(what, n) or _about_others(what, n)
        yield (text or "{value}").format(value=value, n=n, hint=hint)


def _about_file(what: str) -> str:
    if what != "dates":
        return ""
    return _("Dates such as “{value}” can be read two ways; they are read {hint}.")


def _about_rows(what: str, n: int) -> str:
    """What a number of rows have in common."""
    texts = {
        "stage": ngettext(
            "Stage “{value}” is not known: {n} row goes to “{hint}”.",
            "Stage “{value}” is not known: {n} rows go to “{hint}”.",
            n,
        ),
        "medium-made": ngettext(
            "Medium “{value}” is not known and is added: {n} row.",
            "Medium “{value}” is not known and is added: {n} rows.",
            n,
        ),
        "medium": ngettext(
            "Medium “{value}” is not known: {n} row counts as “{hint}”.",
            "Medium “{value}” is not known: {n} rows count as “{hint}”.",
            n,
        ),
        "owner": ngettext(
            "Nobody called “{value}” can own rows here: {n} row.",
            "Nobody called “{value}” can own rows here: {n} rows.",
            n,
        ),
        "product": ngettext(
            "Product “{value}” is unmatched: {n} row.",
            "Product “{value}” is unmatched: {n} rows.",
            n,
        ),
        "product-near": ngettext(
            "Product “{value}” is unmatched: {n} row. The nearest is “{hint}”.",
            "Product “{value}” is unmatched: {n} rows. The nearest is “{hint}”.",
            n,
        ),
        "product-made": ngettext(
            "Product “{value}” is not known and is added: {n} row.",
            "Product “{value}” is not known and is added: {n} rows.",
            n,
        ),
        "place": ngettext(
            "Place “{value}” was not found on the map: {n} row.",
            "Place “{value}” was not found on the map: {n} rows.",
            n,
        ),
        "place-near": ngettext(
            "Place “{value}” was not found on the map: {n} row. Nearest: “{hint}”.",
            "Place “{value}” was not found on the map: {n} rows. Nearest: “{hint}”.",
            n,
        ),
        "unset": ngettext(
            "“{value}” is not a likely value and is left blank: {n} row.",
            "“{value}” is not a likely value and is left blank: {n} rows.",
            n,
        ),
        "stays": ngettext(
            "Not undone: {n} row, {value} (such as “{hint}”).",
            "Not undone: {n} rows, {value} (such as “{hint}”).",
            n,
        ),
    }
    return texts.get(what, "")


def _about_others(what: str, n: int) -> str:
    """What a number of rows, numbers or people are."""
    texts = {
        "phone": ngettext(
            "{n} telephone number is incomplete, or no country is known for it; "
            "it is kept as a note.",
            "{n} telephone numbers are incomplete, or no country is known for them; "
            "they are kept as a note.",
            n,
        ),
        "closed": ngettext(
            "{n} row names an open stage, but its lead is closed and stays.",
            "{n} rows name an open stage, but their lead is closed and stays.",
            n,
        ),
        "remarks": ngettext(
            "What the file remarked on {n} known row stays as its note.",
            "What the file remarked on {n} known rows stays as their note.",
            n,
        ),
        "elsewhere": ngettext(
            "{n} person is a contact of another client already and stays there.",
            "{n} people are contacts of another client already and stay there.",
            n,
        ),
        "client-made": ngettext(
            "{n} client is not known and is added.",
            "{n} clients are not known and are added.",
            n,
        ),
        "hidden": ngettext(
            "{n} row is already in a colleague's care and is left alone.",
            "{n} rows are already in a colleague's care and are left alone.",
            n,
        ),
    }
    return texts.get(what, "")
