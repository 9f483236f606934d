"""The trash: what was put away, by whom, for how long yet, and the way back."""

from django.db.models import Count, F
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from accounts.models import Client
from crm.lib.access import SELLERS, role_required
from crm.lib.paging import KeysetPage
from leads.models import Lead
from projects.models import Document, Project

# ?kind= → name, model, URL name of its restore verb, the roles that may restore.
KINDS = {
    "leads": (gettext_lazy("Leads"), Lead, "leads:restore", SELLERS),
    "clients": (
        gettext_lazy("Clients"),
        Client,
        "accounts:client_restore",
        SELLERS,
    ),
    "projects": (
        gettext_lazy("Projects"),
        Project,
        "projects:restore",
        ("admin", "manager"),
    ),
    "documents": (
        gettext_lazy("Documents"),
        Document,
        "projects:document_restore",
        ("admin", "manager"),
    ),
}

# What a row went to the trash with, if it did not go alone.
PARENTS = {Lead: "client", Project: "client", Document: "project"}


@role_required(*SELLERS)
@require_safe
def trash(request):
    """One kind of row at a time; what went along with its client stands with the client."""
    chosen = request.GET.get("kind", "")
    chosen = chosen if chosen in KINDS else "leads"
    _name, model, restore, roles = KINDS[chosen]
    rows = {kind: _rows(kind, request.user) for kind in KINDS}
    page = KeysetPage(
        rows[chosen].select_related("trashed_by"),
        request.GET.get("after"),
        order=("-trashed", "-pk"),
    )
    along = _along(page.rows, request.user) if model is Client else {}
    context = {
        "page": page,
        "tabs": list(_tabs(chosen, {**rows, chosen: page})),
        "lines": [
            {
                "row": row,
                "along": along.get(row.pk, ""),
                "restore": reverse(restore, args=[row.pk]),
            }
            for row in page.rows
        ],
        "can_restore": request.user.role in roles,
    }
    return render(request, "pages/trash.html", context)


def _rows(kind, user):
    model = KINDS[kind][1]
    rows = model.objects.visible_to(user, trashed=True)
    parent = PARENTS.get(model)
    return rows.put_away_alone(parent) if parent else rows


def _tabs(chosen, rows):
    for kind, (name, *_rest) in KINDS.items():
        known = rows[kind]
        count = known if isinstance(known, KeysetPage) else KeysetPage(known)
        yield {
            "label": name,
            "url": f"?kind={kind}",
            "current": kind == chosen,
            "count": count.count_text if count.count else "",
        }


def _along(clients, user):
    """Client → "with 2 leads and 1 project", of what its restore brings back."""
    leads, projects = (
        _counted(model.objects.visible_to(user, trashed=True), clients)
        for model in (Lead, Project)
    )
    return {
        row.pk: _in_words(leads.get(row.pk, 0), projects.get(row.pk, 0))
        for row in clients
    }


def _counted(rows, clients):
    same = rows.filter(client__in=clients, trashed=F("client__trashed"))
    grouped = same.order_by().values("client").annotate(n=Count("pk"))
    return {row["client"]: row["n"] for row in grouped}


def _in_words(leads, projects):
    parts = []
    if leads:
        parts.append(ngettext("{n} lead", "{n} leads", leads).format(n=leads))
    if projects:
        text = ngettext("{n} project", "{n} projects", projects)
        parts.append(text.format(n=projects))
    return _("with {rows}").format(rows=_(" and ").join(parts)) if parts else ""
