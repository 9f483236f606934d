"""Where the words one looks for stand in a text."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from crm.lib.text import plain


def _spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the plain words stand, in positions of `text` itself."""
    folded, place = "", []
    for n, letter in enumerate(text):
        small = plain(letter) or " "
        folded += small
        place += [n] * len(small)
    found = []
    for word in filter(None, words):
        at = folded.find(word)
        while at >= 0:
            found.append((place[at], place[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    return sorted(found)


def marked(text: object, words: list[str]) -> SafeString:
    """The text, escaped, with <mark> around every one of the plain words."""
    text, parts, start = str(text), [], 0
    for begin, end in _spans(text, words):
        if end <= start:
            continue
        begin = max(begin, start)
        parts += [
            escape(text[start:begin]),
            "<mark>",
            escape(text[begin:end]),
            "</mark>",
        ]
        start = end
    return mark_safe("".join([*parts, escape(text[start:])]))  # noqa: S308 - escaped
