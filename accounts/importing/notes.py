"""What a reader should know about an import besides its counts, kept as data."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

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
    """The remarks in words, the most frequent first."""
    texts = {
        "file": _("{value}"),
        "dates": _(
            "Dates such as “{value}” can be read two ways; they were read {hint}."
        ),
        "stage": _("Stage “{value}” is not known: {n} rows went to “{hint}”."),
        "medium-made": _("Medium “{value}” was not known and was added: {n} rows."),
        "medium": _("Medium “{value}” is not known: {n} rows count as “{hint}”."),
        "owner": _("Nobody called “{value}” can own rows here: {n} rows."),
        "product": _("Product “{value}” is unmatched: {n} rows."),
        "product-near": _(
            "Product “{value}” is unmatched: {n} rows. The nearest is “{hint}”."
        ),
        "product-made": _("Product “{value}” was not known and was added: {n} rows."),
        "phone": _(
            "{n} telephone numbers are incomplete, or no country is known for them; "
            "they were kept as a note."
        ),
        "place": _("Place “{value}” was not found on the map: {n} rows."),
        "place-near": _(
            "Place “{value}” was not found on the map: {n} rows. Nearest: “{hint}”."
        ),
        "unset": _("“{value}” is not a likely value and was left blank: {n} rows."),
        "closed": _("{n} rows name an open stage, but their lead is closed and stays."),
        "stays": _("Not undone: {n} rows, {value} (such as “{hint}”)."),
        "remarks": _("What the file remarked on {n} known rows stays as their note."),
        "elsewhere": _(
            "{n} people are contacts of another client already and stay there."
        ),
        "client-made": _("{n} clients were not known and were added."),
        "hidden": _("{n} rows are already in a colleague's care and were left alone."),
    }
    for what, value, n, hint in sorted(stored, key=lambda note: -note[2]):
        yield texts.get(what, "{value}").format(value=value, n=n, hint=hint)
