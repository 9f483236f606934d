"""vCards, versions 2.1 to 4.0, as a table: one record per card, its parts as columns.

Pictures, sounds and keys are passed over. A card that is broken or never closed is a
record with a fault; the others come in.
"""

import quopri
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.importing.encoding import encoding_of
from accounts.importing.table import Record, Table

PROPERTY = re.compile(
    r"(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<params>(?:;(?:\"[^\"]*\"|[^\";:])*)*):(?P<value>.*)",
    re.DOTALL,
)
PART = re.compile(r"(?<!\\);")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
WHOLE_DAY = re.compile(
    r"\d{4}-?\d\d-?\d\d"
)  # some birthdays keep the year to themselves
# Named so that the guessing of columns knows every one of them.
COLUMNS = (
    *("Display Name", "First Name", "Last Name", "Company", "Job Title"),
    *("E-mail", "E-mail 2", "E-mail 3", "Phone", "Phone 2", "Phone 3"),
    *("City", "State", "Country", "Birthday", "Gender", "Categories", "Notes"),
)
SKIPPED = {"FAX", "PAGER", "MODEM", "TEXTPHONE"}  # telephones one cannot speak on
LONGEST = 100_000  # characters of one property; longer ones are pictures


class Property(NamedTuple):
    name: str
    marks: set[str]  # TYPE and other parameters, in capitals
    value: str

    @property
    def parts(self) -> list[str]:
        """The components of a structured value such as a name or an address."""
        return [plain_value(part) for part in PART.split(self.value)]


class CardTable(Table):
    """The cards of a file; the columns are always the same."""

    names_columns = False

    def prepare(self) -> None:
        self.encoding = encoding_of(self.path)
        with self.path.open(
            encoding=self.encoding, errors="replace", newline=""
        ) as file:
            head = file.read(4096)
        self.newline = "\n" if "\n" in head else "\r"

    def _named(self, head: list[tuple[int, list[str]]]) -> list[str]:
        return list(COLUMNS)

    def raw(self) -> Iterator[tuple[int, list[str]]]:
        for record in self:
            yield record.line, record.cells

    def __iter__(self) -> Iterator[Record]:
        start, lines = 0, []
        for number, line in self._lines():
            mark = line.strip().upper()
            if mark == "BEGIN:VCARD":
                if start:
                    yield broken(start)
                start, lines = number, []
            elif mark == "END:VCARD" and start:
                yield card(start, lines)
                start = 0
            elif start:
                lines.append((number, line))
        if start:
            yield broken(start)

    def _lines(self) -> Iterator[tuple[int, str]]:
        with self.path.open(
            encoding=self.encoding, errors="replace", newline=self.newline
        ) as file:
            for number, line in enumerate(file, 1):
                yield number, line.rstrip("\r\n").replace("\0", "")


def broken(line: int) -> Record:
    text = _("the card that begins here has no END:VCARD")
    return Record(line, [""] * len(COLUMNS), text)


def card(start: int, lines: list[tuple[int, str]]) -> Record:
    """One card as a record; its fault names the first line that is no property."""
    found, fault = [], ""
    for number, text in unfolded(lines):
        match = PROPERTY.fullmatch(text)
        if match:
            found.append(property_of(match))
        else:
            fault = fault or _("line {n} is no line of a vCard").format(n=number)
    return Record(start, cells_of(found), fault)


def unfolded(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Whole properties: folded lines joined, and quoted-printable ones with soft ends."""
    whole: list[tuple[int, list[str]]] = []
    soft = False
    for number, line in lines:
        if whole and (soft or line[:1] in (" ", "\t")):
            whole[-1][1].append(line if soft else line[1:])
        elif line.strip():
            whole.append((number, [line]))
        quoted = whole and "QUOTED-PRINTABLE" in whole[-1][1][0].upper()
        soft = bool(quoted) and line.endswith("=")
        if soft:
            whole[-1][1][-1] = whole[-1][1][-1][:-1]
    for number, parts in whole:
        yield number, "".join(parts)[:LONGEST]


def property_of(match: re.Match[str]) -> Property:
    params = match["params"].upper().replace('"', "")
    marks = {mark for part in params.split(";") for mark in re.split("[=,]", part)}
    value = match["value"]
    if "QUOTED-PRINTABLE" in marks:
        value = decoded(quopri.decodestring(value.encode("utf-8")), match["params"])
    return Property(match["name"].upper(), marks, value)


def decoded(raw: bytes, params: str) -> str:
    """Bytes as the property's charset says, else UTF-8, else as Windows writes them."""
    said = re.search(r"charset=\"?([\w-]+)", params, re.IGNORECASE)
    for charset in filter(None, (said and said[1], "utf-8")):
        try:
            return raw.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("cp1252", errors="replace")


def plain_value(text: str) -> str:
    """ "New\\, York\\n" without its escapes, line ends as spaces."""
    made = ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], text)
    return " ".join(made.split())


def cells_of(properties: list[Property]) -> list[str]:
    """The columns of a card; of several mails or numbers the preferred ones go first."""
    by_name: dict[str, list[Property]] = {}
    for row in properties:
        by_name.setdefault(row.name, []).append(row)

    def first(name: str) -> str:
        return plain_value(by_name[name][0].value) if name in by_name else ""

    def part(name: str, at: int) -> str:
        rows = sorted(by_name.get(name, ()), key=lambda row: "WORK" not in row.marks)
        found = (text for row in rows for text in row.parts[at : at + 1] if text)
        return next(found, "")

    mails = three(by_name.get("EMAIL", []))
    phones = three([r for r in by_name.get("TEL", []) if not SKIPPED & r.marks])
    born = WHOLE_DAY.match(first("BDAY"))
    return [
        first("FN") or first("NICKNAME"),
        *(part("N", 1), part("N", 0), part("ORG", 0)),
        *(first("TITLE") or first("ROLE"), *mails, *phones),
        *(part("ADR", 3), part("ADR", 4), part("ADR", 6)),
        *(born[0] if born else "", first("GENDER") or first("X-GENDER")),
        *(first("CATEGORIES"), first("NOTE")),
    ]


def three(rows: list[Property]) -> list[str]:
    ranked = sorted(rows, key=lambda row: "PREF" not in row.marks)
    said = [plain_value(row.value).removeprefix("tel:") for row in ranked]
    found = list(dict.fromkeys(text for text in said if text))[:3]
    return found + [""] * (3 - len(found))


def is_cards(head: bytes) -> bool:
    """Whether a file that begins so holds vCards, in whatever encoding."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    return text[:11].upper() == b"BEGIN:VCARD"
