"""Which files may be kept as documents, told by name and by first bytes."""

import re
import unicodedata
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

HEAD = 4096  # bytes looked at
LONGEST = 120  # characters of a name
ZIP, OLD_ZIP = b"PK\x03\x04", b"PK\x05\x06"
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
# Extension → content type, and how such a file begins ("" means plain text).
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    "docx": (f"{OFFICE}.wordprocessingml.document", (ZIP,)),
    "xlsx": (f"{OFFICE}.spreadsheetml.sheet", (ZIP,)),
    "pptx": (f"{OFFICE}.presentationml.presentation", (ZIP,)),
    "odt": (f"{OPEN}.text", (ZIP,)),
    "ods": (f"{OPEN}.spreadsheet", (ZIP,)),
    "odp": (f"{OPEN}.presentation", (ZIP,)),
    "zip": ("application/zip", (ZIP, OLD_ZIP)),
    "txt": ("text/plain", ()),
    "md": ("text/plain", ()),
    "csv": ("text/csv", ()),
}
ACCEPT = ",".join(f".{extension}" for extension in KINDS)
ALLOWED = ", ".join(extension.upper() for extension in KINDS if extension != "jpeg")
RUNS = re.compile(rb"\s*(?:<(?:!doctype|html|script|svg|\?xml)|#!|MZ)", re.IGNORECASE)


def extension_of(name: str) -> str:
    return PurePath(name).suffix.lower().lstrip(".")


def type_of(name: str) -> str:
    """The content type we give the file: by its name, never by what a browser says."""
    return KINDS.get(extension_of(name), ("application/octet-stream", ()))[0]


def clean_name(name: str) -> str:
    """The name without folders, control or direction marks, and of bearable length.

    >>> clean_name("../a\\\\b/plan\\u202e .PDF")
    'plan.pdf'
    """
    name = unicodedata.normalize("NFC", str(name)).replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    kept = re.sub(r'[<>:"|?*]', "_", kept)
    stem, _dot, suffix = " ".join(kept.split()).rpartition(".")
    stem = stem.strip(" .")[: LONGEST - len(suffix) - 1] or "document"
    return f"{stem}.{suffix.lower()}"


def check(file: Any, *, most: int) -> None:
    """Refuse what is too long, of no known kind, or not what its name says.

    `file` is an uploaded file; `most` is in bytes. Raises ValidationError.
    """
    if file.size > most:
        text = _("The file has %(size)s; %(most)s is the most.")
        sizes = {"size": filesizeformat(file.size), "most": filesizeformat(most)}
        raise ValidationError(text, params=sizes)
    extension = extension_of(file.name)
    if extension not in KINDS:
        text = _("Files of this kind are not kept here. Allowed are %(allowed)s.")
        raise ValidationError(text, params={"allowed": ALLOWED})
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if not _is_such(head, KINDS[extension][1]):
        text = _("This is no %(kind)s file, though its name says so.")
        raise ValidationError(text, params={"kind": extension.upper()})


def _is_such(head: bytes, beginnings: tuple[bytes, ...]) -> bool:
    if beginnings:
        return head.startswith(beginnings)
    return b"\0" not in head and not RUNS.match(head)


def digest(file: Any) -> str:
    """The SHA-256 of an uploaded file, read in pieces."""
    found = sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()
