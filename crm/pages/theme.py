"""The firm's colour as a stylesheet, since the strict policy allows no inline style."""

import re

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

DEFAULT = "0f766e"
COLOUR = re.compile(r"[0-9a-fA-F]{6}")


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def theme(request):
    """`?accent=0f766e`; the address changes with the colour, so it is kept for ever."""
    accent = request.GET.get("accent", "").lstrip("#")
    if not COLOUR.fullmatch(accent):
        accent = DEFAULT
    return HttpResponse(f":root{{--brand:#{accent.lower()}}}", content_type="text/css")
