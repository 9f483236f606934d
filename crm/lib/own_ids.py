"""Names for rows without an external id: a file we wrote is known again when it returns.

The number alone would also be what other programs call their rows (“#1001”); the seal
shows that it is ours.
"""

import re

from django.utils.crypto import constant_time_compare, salted_hmac

OWN = re.compile(r"^#([1-9]\d{0,17})-([0-9a-f]{8})$")


def own_id(kind: str, pk: int) -> str:
    """What an exported row of a kind ("leads") is called, e.g. "#12-9f3c21ab"."""
    return f"#{pk}-{_seal(kind, pk)}"


def own_pk(kind: str, text: str) -> int | None:
    """The primary key that `own_id` was made of; None for any other text."""
    found = OWN.match(text)
    if not found or not constant_time_compare(_seal(kind, int(found[1])), found[2]):
        return None
    return int(found[1])


def _seal(kind: str, pk: int) -> str:
    return salted_hmac("crm.own_ids", f"{kind}:{pk}").hexdigest()[:8]
