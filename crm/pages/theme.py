"""The firm's colour as a stylesheet, since the strict policy allows no inline style."""

import re

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

DEFAULT = "0f766e"
EQUAL = 0.179  # the luminance on which black and white stand out alike
COLOUR = re.compile(r"[0-9a-fA-F]{6}")


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def theme(request):
    """`?accent=0f766e`; the address changes with the colour, so it is kept for ever."""
    accent = request.GET.get("accent", "").lstrip("#")
    if not COLOUR.fullmatch(accent):
        accent = DEFAULT
    accent = accent.lower()
    sheet = f":root{{--brand:#{accent};--on-brand:{ink_on(accent)}}}"
    return HttpResponse(sheet, content_type="text/css")


def ink_on(colour):
    """White or black, whichever stands out more: never less than 4.5 to 1.

    >>> ink_on("ffd400"), ink_on("10203f")
    ('black', 'white')
    """
    red, green, blue = (_linear(int(colour[i : i + 2], 16)) for i in (0, 2, 4))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "black" if luminance > EQUAL else "white"


def _linear(value):
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
