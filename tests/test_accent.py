"""Whatever colour an admin chooses, what stands on it and what it writes is readable."""

import math
import re
from itertools import product

import pytest
from django.conf import settings

from crm.pages.theme import ink_on
from tests.colours import BLACK, WHITE, contrast, from_oklch, oklch, rgb

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
CLAMP = re.compile(r"oklch\(from var\(--brand\) ([\d.]+) min\(c, ([\d.]+)\) h\)")
PLAIN = r"--{}: light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)"
CHOSEN = ["#10203f", "#ffd400", "#c8102e", "#f7f7f5"]
STEPS = [f"{n:02x}" for n in (0, 64, 128, 192, 255)]
EVERY = ["#" + "".join(three) for three in product(STEPS, repeat=3)]


def accents(colour, dark):
    """What the browser makes of the chosen colour, by the rule in tokens.css."""
    light, most = (float(n) for n in CLAMP.findall(TOKENS)[dark])
    _light, chroma, hue = oklch(rgb(colour))
    return from_oklch(light, min(chroma, most), hue)


def token(name, dark):
    light, chroma, hue = re.search(PLAIN.format(name), TOKENS)[1 + dark].split()
    return from_oklch(float(light), float(chroma), math.radians(float(hue)))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", ["on-accent", "surface", "canvas", "canvas-warm"])
def test_the_accent_can_be_read_whatever_was_chosen(name, dark):
    other = token(name, dark)
    assert min(contrast(accents(c, dark), other) for c in EVERY + CHOSEN) >= 4.5


def test_the_mark_can_be_read_on_the_colour_itself():
    inks = {"white": WHITE, "black": BLACK}
    worst = min(contrast(inks[ink_on(c[1:])], rgb(c)) for c in EVERY + CHOSEN)
    assert worst >= 4.5


def test_the_sum_is_right():
    assert contrast(WHITE, BLACK) == pytest.approx(21)
    assert contrast(rgb("#777777"), WHITE) == pytest.approx(4.48, abs=0.01)
    assert from_oklch(*oklch(rgb("#c8102e"))) == pytest.approx(rgb("#c8102e"), abs=1e-3)
