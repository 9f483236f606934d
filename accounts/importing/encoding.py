"""Which encoding and delimiter a text file has, told by its bytes."""

import codecs
import csv
from collections import Counter
from pathlib import Path

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = ",;\t|"
CHUNK = 2**20


def encoding_of(path: Path) -> str:
    """The file's encoding: its mark, else UTF-16 by its zero bytes, UTF-8, cp1252."""
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    if len(head) >= 4:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if odd > len(head) * 0.3 and even < odd / 10:
            return "utf-16-le"
        if even > len(head) * 0.3 and odd < even / 10:
            return "utf-16-be"
    return "utf-8" if is_utf8(path) else "cp1252"


def is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(lines: list[str]) -> str:
    """The delimiter that splits most records into the same number of cells."""

    def evidence(mark: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=mark) if row]
        except csv.Error:
            return (0, 0)
        many = Counter(width for width in widths if width > 1)
        if not many:
            return (0, 0)
        width, rows = many.most_common(1)[0]
        return (rows / len(widths), width)

    return max(DELIMITERS, key=evidence)
