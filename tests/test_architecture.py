"""Rules of the house that a machine can check."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
LAYERS = [
    "notifications",
    "accounts",
    "leads",
    "sales",
    "projects",
    "analytics",
    "campaigns",
]
BUILT = [app for app in LAYERS if (ROOT / app).is_dir()]
TOP = {"pages", "reactions", "management", "urls", "api", "views", "admin"}


def sources(app):
    files = (ROOT / app).rglob("*.py")
    return [
        p for p in files if not {"tests", "migrations"} & set(p.relative_to(ROOT).parts)
    ]


def imported(path):
    """Dotted names of everything a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_there_are_sources_to_check():
    assert all(len(sources(app)) >= 2 for app in BUILT)


@pytest.mark.parametrize("app", BUILT)
def test_apps_import_only_downwards(app):
    above = set(LAYERS[LAYERS.index(app) + 1 :])
    wrong = {
        (p.name, name)
        for p in sources(app)
        for name in imported(p)
        if name.split(".")[0] in above
    }
    assert not wrong


@pytest.mark.parametrize("app", [*BUILT, "crm/lib"])
def test_nothing_imports_the_composed_pages(app):
    wrong = {
        (p.name, name)
        for p in sources(app)
        for name in imported(p)
        if name.startswith("crm.") and name.split(".")[1] in TOP
    }
    assert not wrong


# Folders of templates that do not carry the name of their app.
FOLDERS = {"requests": "projects", "messages": "projects", "meetings": "leads"}


def homes(resolver, space=""):
    """The name of every address, and the app whose code answers it."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from homes(pattern, inner)
        else:
            yield f"{space}{pattern.name}", pattern.callback.__module__.split(".")[0]


@pytest.mark.parametrize("app", BUILT)
def test_templates_link_only_downwards(app):
    """A page of several apps is composed in `crm/pages`; it may stand in their space."""
    home, above = dict(homes(get_resolver())), set(LAYERS[LAYERS.index(app) + 1 :])
    folders = [app, *(name for name, own in FOLDERS.items() if own == app)]
    pages = [p for f in folders for p in (ROOT / "templates" / f).rglob("*.html")]
    links = {
        (p.name, name)
        for p in pages
        for name in re.findall(r"""{% url ["']([\w:]+)""", p.read_text())
    }
    assert links
    assert not {
        (page, name)
        for page, name in links
        if home[name] in above or name.startswith("pages:")
    }


def test_the_library_imports_no_app():
    wrong = {
        (p.name, n)
        for p in sources("crm/lib")
        for n in imported(p)
        if n.split(".")[0] in LAYERS
    }
    assert not wrong


def test_mining_knows_nothing_of_django():
    wrong = {
        (p.name, name)
        for p in sources("analytics/mining")
        for name in imported(p)
        if name.split(".")[0] in {"django", "crm", *LAYERS}
        and not name.startswith("analytics.mining")
    }
    assert not wrong


@pytest.mark.parametrize("app", [*BUILT, "crm"])
def test_views_query_only_through_the_gate(app):
    ungated = re.compile(
        r"\.objects\.(?!visible_to|editable_by|led_by|viewable_by|signed|public|current|none\()"
    )
    web = [
        p
        for p in sources(app)
        if p.name in {"views.py", "api.py", "portal.py", "forms.py"}
        or "views" in p.parts
        or "pages" in p.parts
    ]
    exempt = {"context.py"}
    assert not [
        p for p in web if p.name not in exempt and ungated.search(p.read_text())
    ]


@pytest.mark.parametrize("app", [*BUILT, "crm"])
def test_there_are_no_signals_and_no_save_overrides(app):
    # A column's own `def pre_save`, as of auto_now, is no signal: it touches no other row.
    bad = re.compile(
        r"def save\(self|@receiver|post_save|(?<!def )pre_save|post_delete"
    )
    models = [p for p in sources(app) if not p.name.startswith(("form", "serial"))]
    assert not [p for p in models if bad.search(p.read_text())]


@pytest.mark.parametrize("app", [*BUILT, "crm"])
def test_imports_stand_at_the_top(app):
    """But `analytics.runs`, which brings scikit-learn, in tasks and commands."""
    wrong = []
    for path in sources(app):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    names = ast.unparse(inner)
                    allowed = "analytics" in names and "runs" in names
                    if not (
                        allowed and ("tasks" in path.name or "commands" in path.parts)
                    ):
                        wrong.append((path.name, names))
    assert not wrong


@pytest.mark.parametrize("app", [*BUILT, "crm"])
def test_files_stay_small(app):
    assert not [
        (p.name, n)
        for p in sources(app)
        if (n := len(p.read_text().splitlines())) > 400
    ]
