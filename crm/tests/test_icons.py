"""Icons are those of the package, drawn once."""

import re

from django.conf import settings
from django.template import engines
from lucide.templatetags.lucide import lucide

SOURCE = '{% lucide "check" size=14 aria_hidden="true" %}'


def test_an_icon_is_as_the_package_draws_it():
    shown = engines["django"].from_string(SOURCE).render()
    assert shown == lucide("check", size=14, aria_hidden="true")


def test_it_is_drawn_once(monkeypatch):
    template = engines["django"].from_string(SOURCE)
    first = template.render()
    monkeypatch.setattr("lucide._load_icon", None)  # nothing can be drawn any more
    assert template.render() == first


def test_no_template_loads_the_slow_one():
    pages = (settings.BASE_DIR / "templates").rglob("*.html")
    slow = re.compile(r"{% load [^%]*lucide")
    assert not [page.name for page in pages if slow.search(page.read_text())]
