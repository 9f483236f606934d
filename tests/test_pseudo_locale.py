"""In an invented language every text of ours changes; what does not is bare.

The language wraps each translated text in ⟦ ⟧. A page's visible words that are neither
wrapped nor values from the database were written without gettext.
"""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import trans_real

from tests.test_access_matrix import ROWS
from tests.test_architecture import BUILT

WRAPPED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[A-Za-z]{3,}")
# Names of things that stay as they are in every language.
NAMES = re.compile(
    r"(?:Africa|America|Asia|Atlantic|Australia|Europe|Pacific)/[\w/ -]+|"  # time zones
    r"Linden|https?|CSV|SMS|API|EUR|USD|XLSX|km|GET|POST|UTC|Token|Authorization|linden_\S*"
)
SHOWN = ("title", "aria-label", "placeholder", "alt")
PEOPLE = {"admin": "admin", "bd": "bd", "dev": "dev", "portal_owner": "portal_owner"}


class Pseudo:
    """A catalogue that answers every message with itself in brackets."""

    def gettext(self, message):
        message = message.rpartition("\x04")[2]  # without its context
        return f"⟦{message}⟧" if message.strip() else message

    def ngettext(self, one, many, n):
        return self.gettext(one if n == 1 else many)


@pytest.fixture
def pseudo(monkeypatch):
    """A reader whose language is "eo" sees every translated text in brackets."""
    catalogue = trans_real.DjangoTranslation("en")
    for name in ("gettext", "ngettext"):
        monkeypatch.setattr(catalogue, name, getattr(Pseudo(), name), raising=False)
    monkeypatch.setitem(trans_real._translations, "eo", catalogue)


class Visible(HTMLParser):
    """Collects what a person reads: text, titles, labels, placeholders."""

    def __init__(self):
        super().__init__()
        self.texts, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style", "code"):
            self.hidden += 1
        values = dict(attrs)
        self.texts += [values[name] for name in SHOWN if values.get(name)]

    def handle_endtag(self, tag):
        if tag in ("script", "style", "code"):
            self.hidden -= 1

    def handle_data(self, data):
        if not self.hidden and data.strip():
            self.texts.append(data)


def values_in_the_database():
    """Every text a row holds: it is data, not interface."""
    found = set()
    for app in BUILT:
        for model in apps.get_app_config(app).get_models():
            names = [
                f.attname for f in model._meta.concrete_fields
                if isinstance(f, models.CharField | models.TextField)
            ]  # fmt: skip
            for row in model.objects.values_list(*names) if names else ():
                found |= {str(value).strip() for value in row if value}
    return sorted((v for v in found if len(v) > 2), key=len, reverse=True)


def bare_words(html, data):
    page = Visible()
    page.feed(html)
    bare = set()
    for text in page.texts:
        rest = "" if text.strip() in IN_THE_FILE else text
        while WRAPPED.search(rest):  # texts may stand inside texts
            rest = WRAPPED.sub(" ", rest)
        for value in data:
            rest = rest.replace(value, " ")
        rest = NAMES.sub(" ", rest)
        if WORD.search(rest):
            bare.add(" ".join(rest.split())[:80])
    return bare


SAMPLES = {
    "pages:styleguide",
    "pages:styleguide_options",
}  # invented rows, which are data
IN_THE_FILE = {"name", "Ann"}  # what the imported file of the cast says
PAGES = [
    row
    for row in ROWS
    if row.method == "get" and not (row.api or row.public or row.route in SAMPLES)
]


@pytest.mark.django_db
@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_has_bare_text(person, pseudo, client, request):
    user = request.getfixturevalue(PEOPLE[person])
    user.language = "eo"
    user.save(update_fields=["language"])
    request.getfixturevalue("project"), request.getfixturevalue("quotation")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    bare = {}
    for row in PAGES:
        if person not in row.allow.split():
            continue
        kwargs = {
            k: getattr(thing, row.attribute, thing)
            for k, f in row.args.items()
            for thing in [request.getfixturevalue(f)]
        }
        page = client.get(reverse(row.route, kwargs=kwargs))
        if page.status_code == 200 and "html" in page["Content-Type"]:
            words = bare_words(
                page.content.decode().replace("<wbr>", ""), values_in_the_database()
            )
            if words:
                bare[row.route] = words
    assert not bare
