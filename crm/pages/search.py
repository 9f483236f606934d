"""Search from every page: rows of every app by words, each through its own gate."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from accounts.models import Client, Contact
from crm.lib.access import SELLERS, STAFF, role_required
from crm.lib.marks import marked
from crm.lib.search import words_of
from leads.models import Lead, Task
from projects.models import Project
from sales.models import Invoice, Quotation

SHORT, FULL = 5, 20
LEAST = 2  # letters; one letter is in everything


@dataclass(frozen=True)
class Kind:
    """What is searched, how a hit is named, and the list that shows them all."""

    label: Any
    icon: str
    roles: tuple
    rows: Any  # user -> queryset
    hint: Any  # row -> what stands beside its name
    title: Any = str
    list_name: str = ""


KINDS = [
    Kind(
        gettext_lazy("Leads"),
        "target",
        SELLERS,
        lambda user: Lead.objects.visible_to(user).for_list(),
        lambda row: [row.who, row.email, row.phone],
        list_name="leads:list",
    ),
    Kind(
        gettext_lazy("Clients"),
        "building-2",
        SELLERS,
        lambda user: Client.objects.visible_to(user).select_related("place"),
        lambda row: [row.place, row.email, row.phone],
        list_name="accounts:clients",
    ),
    Kind(
        gettext_lazy("Contacts"),
        "user",
        SELLERS,
        lambda user: Contact.objects.visible_to(user).select_related("client"),
        lambda row: [row.client, row.position, row.email, row.phone],
    ),
    Kind(
        gettext_lazy("Projects"),
        "folder-kanban",
        STAFF,
        lambda user: Project.objects.visible_to(user).select_related("client"),
        lambda row: [row.client, row.get_state_display()],
    ),
    Kind(
        gettext_lazy("Quotations"),
        "file-text",
        SELLERS,
        lambda user: Quotation.objects.visible_to(user).select_related("lead"),
        lambda row: [row.lead, row.get_state_display(), row.money],
        title=lambda row: row.number,
    ),
    Kind(
        gettext_lazy("Invoices"),
        "receipt",
        SELLERS,
        lambda user: Invoice.objects.visible_to(user).select_related("client"),
        lambda row: [row.client, row.get_state_display(), row.money],
        list_name="sales:invoices",
    ),
    Kind(
        gettext_lazy("Tasks"),
        "list-checks",
        STAFF,
        lambda user: Task.objects.visible_to(user).open().with_names(),
        lambda row: [row.subject, row.due_text],
    ),
]


@role_required(*STAFF)
@require_safe
def search(request):
    """A few of each kind while one types, more of them on the page of its own."""
    text = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    typing = bool(request.htmx)
    groups = _groups(request.user, text, SHORT if typing else FULL)
    context = {
        "text": text,
        "groups": groups,
        "lede": _lede(text, groups),
        "all_url": f"{reverse('pages:search')}?{urlencode({'q': text})}",
        "too_short": len(text) < LEAST,
    }
    name = "pages/_found.html" if typing else "pages/search.html"
    return render(request, name, context)


def _groups(user, text, shown):
    words = words_of(text) if len(text) >= LEAST else []
    if not words:
        return []
    groups = [_group(kind, user, text, words, shown) for kind in KINDS]
    return [group for group in groups if group and group["hits"]]


def _group(kind, user, text, words, shown):
    """The newest hits of one kind, one more than is shown to know whether there are more."""
    if user.role not in kind.roles:
        return None
    rows = list(kind.rows(user).found(text).order_by("-pk")[: shown + 1])
    query = urlencode({"q": text, "state": "all"})
    return {
        "label": kind.label,
        "icon": kind.icon,
        "hits": [_hit(kind, row, words) for row in rows[:shown]],
        "more": len(rows) > shown,
        "url": f"{reverse(kind.list_name)}?{query}" if kind.list_name else "",
    }


def _hit(kind, row, words):
    hints = [marked(hint, words) for hint in kind.hint(row) if hint]
    return {
        "url": row.get_absolute_url(),
        "title": marked(kind.title(row), words),
        "hints": hints,
    }


def _lede(text, groups):
    """ "7 found for “mill”." """
    n = sum(len(group["hits"]) for group in groups)
    more = any(group["more"] for group in groups)
    if more:
        return _("The newest {n} found for “{text}”.").format(n=n, text=text)
    found = ngettext("{n} found for “{text}”.", "{n} found for “{text}”.", n)
    return found.format(n=n, text=text)
