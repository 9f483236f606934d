"""{% lucide %} of the package, but drawn once: a list of fifty rows has hundreds of icons.

The package copies and serialises a tree of XML for each, which took half of the time of
a page. Every template has this tag without loading it; loading `lucide` brings the slow one.
"""

from functools import lru_cache

from django import template
from lucide.templatetags.lucide import lucide as drawn

register = template.Library()

register.simple_tag(lru_cache(maxsize=1000)(drawn), name="lucide")
