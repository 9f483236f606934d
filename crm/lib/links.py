"""Signed links: whoever holds one may open the page, and nothing can be guessed."""

from django.core.signing import BadSignature, Signer


def _signer(kind: str) -> Signer:
    return Signer(salt=f"{kind}.link", sep=".")


def signed(pk: int, kind: str) -> str:
    """The text of a link to this row; a link to a quotation opens no invoice."""
    return _signer(kind).sign(str(pk))


def key_in(text: str, kind: str) -> int:
    """The key in a link; BadSignature when any character of it was altered."""
    value = _signer(kind).unsign(text)
    if not value.isdecimal():
        raise BadSignature(text)
    return int(value)
