"""Signed links: whoever holds one may open the page, and nothing can be guessed."""

from django.core.signing import BadSignature, Signer


def _signer(kind):
    return Signer(salt=f"sales.{kind}.link", sep=".")


def signed(pk, kind):
    """The text of a link to this row; a link to a quotation opens no invoice."""
    return _signer(kind).sign(pk)


def key_in(text, kind):
    """The key in a link; BadSignature when any character of it was altered."""
    value = _signer(kind).unsign(text)
    if not value.isdecimal():
        raise BadSignature(text)
    return int(value)
