"""The bell: what happened, with a link where the reader may follow it."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from accounts.models import Client, Import, User
from analytics.models import Run
from crm.lib.paging import KeysetPage
from leads.models import Lead, Task
from notifications.models import Notification
from notifications.panels import entry_of
from projects.models import Milestone, Project, Request
from sales.models import Quotation

# What an event may be about and still have a page; people only for who manages them.
ROWS = {
    model._meta.label_lower: model
    for model in (
        *(Task, Lead, Client, Quotation, Project, Milestone),
        *(Import, Run, User, Request),
    )
}
# The customer area's own pages of the same rows.
PORTAL = {
    "projects.project": "portal:project",
    "projects.request": "portal:request",
    "sales.quotation": "portal:quotation",
    "accounts.client": "portal:messages",
}


@require_safe
@login_required
def bell(request):
    rows = Notification.objects.visible_to(request.user)
    rows = rows.select_related("event__actor").prefetch_related("event__topics")
    page = KeysetPage(rows, request.GET.get("after"), order=("-event_id",))
    found = links(request.user, [row.event for row in page.rows])
    entries = [_entry(row, found) for row in page.rows]
    client = request.user.role == User.Role.CLIENT
    context = {
        "page": page,
        "fresh": [entry for entry in entries if not entry["read"]],
        "known": [entry for entry in entries if entry["read"]],
        "base": "base_portal.html" if client else "base_app.html",
    }
    return render(request, "notifications/bell.html", context)


def _entry(row, found):
    """A line of the bell: to which record what happened, and where that is."""
    url, name = found.get(row.event_id, ("", ""))
    entry = entry_of(row.event) | {"url": url, "read": row.read}
    if not row.read:
        entry["read_url"] = reverse("notifications:read_one", args=[row.pk])
    if name and name not in row.event.text:
        entry["text"] = f"{name}: {entry['text']}"
    return entry


def links(user, events):
    """Event id → address and name of the first row it is about that this user may see."""
    topics = [topic for event in events for topic in event.topics.all()]
    wanted = {}
    for topic in topics:
        if topic.topic in ROWS:
            wanted.setdefault(topic.topic, set()).add(topic.object_id)
    pages = {
        (label, row.pk): (_page_of(user, label, row), str(row))
        for label, pks in wanted.items()
        for row in _seen(user, label, pks)
    }
    found = {}
    for topic in sorted(topics, key=lambda topic: topic.pk):
        url, name = pages.get((topic.topic, topic.object_id), ("", ""))
        if url:
            found.setdefault(topic.event_id, (url, name))
    return found


def _seen(user, label, pks):
    if label == "accounts.user" and user.role not in ("admin", "manager"):
        return []
    return ROWS[label].objects.visible_to(user).filter(pk__in=pks)


def _page_of(user, label, row):
    try:
        if user.role != User.Role.CLIENT:
            return row.get_absolute_url()
        name = PORTAL.get(label)
        if name is None:
            return ""
        return reverse(name, args=[] if name == "portal:messages" else [row.pk])
    except (NoReverseMatch, AttributeError):  # no page of its own
        return ""
