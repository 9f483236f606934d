"""How a place name is made comparable: one key for every way to write it."""

import re
import unicodedata

# letters that Unicode does not take apart into a base letter and a mark
PLAIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "ħ": "h",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ə": "e",
        "&": " and ",
    }
)
SHORT = {
    "sao": "s",  # 'S. José do Rio Preto'
    "saint": "st",
    "sainte": "ste",
    "santa": "sta",
    "santo": "sto",
    "fort": "ft",
    "mount": "mt",
}
GENERIC = {"state", "province", "region", "of", "the"}


def words(text: str) -> list[str]:
    """Split a name into lower-case words without accents or punctuation."""
    text = unicodedata.normalize("NFKD", text).casefold().translate(PLAIN)
    bare = "".join(ch for ch in text if not unicodedata.combining(ch))
    return re.findall(r"[^\W_]+", bare)


def key(text: str) -> str:
    """Write a name so that accents, case, blanks and 'St.'/'Saint' do not matter."""
    return "".join(SHORT.get(word, word) for word in words(text))


def division_key(text: str) -> str:
    """Like `key`, but 'State of São Paulo', 'Ogun State' and 'The Gambia' lose the frills."""
    kept = [word for word in words(text) if word not in GENERIC]
    return key(" ".join(kept) if kept else text)
