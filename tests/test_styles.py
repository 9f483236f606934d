"""What a stylesheet and a script may be: small, in layers, without colours of its own."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

STATIC = settings.BASE_DIR / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab)a?\(")
PAGE = (settings.BASE_DIR / "templates/_styles.html").read_text()
EVERY = (settings.BASE_DIR / "templates/_scripts.html").read_text()


def code(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)


def packed(paths):
    return sum(len(gzip.compress(Path(p).read_bytes())) for p in paths)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_a_sheet_has_no_ids_no_shouting_and_no_colours(sheet):
    text = code(sheet)
    assert "!important" not in text
    assert not re.search(r"(^|[\s,}>])#[a-z][\w-]*", text)
    if sheet.name != "tokens.css":
        assert not COLOUR.search(text)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_a_sheet_is_short_and_in_a_layer(sheet):
    assert len(sheet.read_text().splitlines()) <= 200
    assert "@layer" in sheet.read_text()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.name)
def test_a_script_has_at_most_sixty_lines(script):
    assert len(script.read_text().splitlines()) <= 60


def test_what_a_page_loads_stays_in_its_budget():
    sheets = [STATIC / path for path in re.findall(r'"(css/[^"]+)"', PAGE)]
    scripts = [STATIC / path for path in re.findall(r'"(js/[^"]+)"', EVERY)]
    htmx = finders.find("django_htmx/htmx-2.min.js")
    assert packed(sheets) <= 40_000
    assert packed([*scripts, htmx]) <= 50_000


def test_every_sheet_and_script_is_linked():
    admin = (settings.BASE_DIR / "templates/admin/_styles.html").read_text()
    assert all(f"css/{p.name}" in PAGE + admin + "css/admin_base.css" for p in SHEETS)
    ours = [p.name for p in SCRIPTS if p.name != "embed.js"]  # other sites link that
    assert all(f"js/{name}" in EVERY for name in ours)


def test_the_theme_carries_the_colour_and_nothing_else(client):
    reply = client.get("/theme.css?accent=AB12cd")
    assert reply.content == b":root{--brand:#ab12cd;--on-brand:white}"
    assert "max-age=31536000" in reply["Cache-Control"]
    bad = client.get("/theme.css?accent=red;}body{display:none")
    assert bad.content == b":root{--brand:#0f766e;--on-brand:white}"
