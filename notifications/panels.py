"""Parts of other pages: the timeline of a row."""

from django.db.models import Q
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from crm.lib.paging import KeysetPage
from notifications.models import EventTopic, Message

# The whole kind, else its first word → icon, tone.
ICONS = {
    "interaction.call": ("phone", ""),
    "interaction.email": ("mail", ""),
    "interaction.sms": ("message-square", ""),
    "interaction.meeting": ("calendar", ""),
    "interaction.chat": ("messages-square", ""),
    "interaction.letter": ("mail-open", ""),
    "interaction.note": ("sticky-note", ""),
    "lead.won": ("trophy", "good"),
    "lead.lost": ("circle-x", "danger"),
    "lead.created": ("sprout", "accent"),
    "lead.moved": ("arrow-right", ""),
    "lead.assigned": ("user-check", ""),
    "lead.untouched": ("clock-alert", "warn"),
    "lead.planned": ("calendar-clock", ""),
    "lead": ("target", ""),
    "client.blocked": ("ban", "danger"),
    "client": ("building-2", ""),
    "contact": ("user", ""),
    "change": ("pencil", "accent"),
    "consent": ("megaphone", ""),
    "data": ("file-down", ""),
    "erasure": ("ban", "warn"),
    "duplicate": ("copy", ""),
    "quotation.accepted": ("circle-check", "good"),
    "quotation.declined": ("circle-x", "danger"),
    "quotation.expiring": ("clock-alert", "warn"),
    "quotation": ("file-text", ""),
    "invoice.overdue": ("clock-alert", "warn"),
    "invoice": ("receipt", ""),
    "payment.failed": ("circle-x", "danger"),
    "payment": ("banknote", "good"),
    "project": ("folder-kanban", ""),
    "milestone.done": ("circle-check", "good"),
    "milestone.approved": ("thumbs-up", "good"),
    "milestone.returned": ("undo-2", "warn"),
    "milestone": ("flag", ""),
    "meeting": ("calendar", ""),
    "message.posted": ("messages-square", "accent"),
    "message": ("mail", ""),
    "request.solved": ("circle-check", "good"),
    "request": ("life-buoy", "accent"),
    "note": ("sticky-note", ""),
    "task.done": ("circle-check", ""),
    "task.due": ("alarm-clock", "accent"),
    "task": ("list-checks", ""),
    "form": ("mail-open", "accent"),
    "document": ("paperclip", ""),
    "hours": ("timer", ""),
    "import": ("upload", ""),
}
PLAIN = ("dot", "")
# ?kind= → its name, and the kinds of event it shows: whole, or all that begin so.
KINDS = {
    "messages": (_("Messages"), ("message.posted", "request.")),
    "calls": (_("Calls"), ("interaction.call",)),
    "mails": (
        _("Mails"),
        ("interaction.email", "interaction.letter", "message.email", "form."),
    ),
    "sms": (_("SMS"), ("interaction.sms", "interaction.chat", "message.received")),
    "meetings": (_("Meetings"), ("interaction.meeting", "meeting.")),
    "papers": (_("Quotations and invoices"), ("quotation.", "invoice.")),
    "notes": (_("Notes"), ("interaction.note", "note.", "project.logged")),
}
CHANGES = "changes"  # whatever is none of these


def of_kind(kind):
    """The condition on topics for one of KINDS, or for what is none of them."""
    if kind != CHANGES:
        _name, begins = KINDS[kind]
        return Q(*[("event__kind__startswith", one) for one in begins], _connector="OR")
    condition = Q()
    for other in KINDS:
        condition &= ~of_kind(other)
    return condition


def look(kind):
    """The icon and tone of an event's kind."""
    return ICONS.get(kind) or ICONS.get(kind.partition(".")[0], PLAIN)


def entry_of(event):
    """An event as the timeline draws it: first line, rest, who, when, icon."""
    text, _line, detail = event.text.partition("\n")
    icon, tone = look(event.kind)
    return {
        "text": text,
        "detail": detail,
        "actor": event.actor,
        "created": event.created,
        "icon": icon,
        "tone": tone,
        "client_visible": event.client_visible,
        "event": event.pk,
    }


def timeline(user, row, after=None, *, size=20, kind="", words=""):
    """What happened to `row`, newest first, for a reader who may see the row.

    Clients get what is meant for them; `kind` is one of KINDS or CHANGES, anything
    else shows all. `next` continues it, as `after`.
    """
    topics = EventTopic.objects.about(row)
    staff = user.role != "client"
    if not staff:
        topics = topics.client_visible()
    if kind in KINDS or kind == CHANGES:
        topics = topics.filter(of_kind(kind))
    words = words.replace("\x00", "").strip()
    for word in words.split()[:8]:
        topics = topics.filter(event__text__icontains=word)
    page = KeysetPage(topics, after, order=("-event_id",), size=size)
    context = {
        "entries": [entry_of(topic.event) for topic in page.rows],
        "next": page.next,
        "is_first": page.is_first,
        "internal_marks": staff,
        "kinds": list(_kinds(kind)),
        "words": words,
    }
    return "notifications/_timeline.html", context


def _kinds(chosen):
    """What a timeline may be narrowed to, "" being all."""
    names = {"": _("All")} | {kind: name for kind, (name, _begins) in KINDS.items()}
    names[CHANGES] = _("Changes")
    known = chosen if chosen in names else ""
    for kind, name in names.items():
        yield {"value": kind, "label": name, "current": kind == known}


def happened(request, row, **how):
    """The timeline of `row` as the address asks for it, by ?kind= and ?after=."""
    asked = request.GET
    return timeline(
        request.user, row, asked.get("after"), kind=asked.get("kind", ""), **how
    )


def piece(request, row, **how):
    """The answer where htmx asks for the timeline of a page alone, else None."""
    if not request.htmx or request.htmx.history_restore_request:
        return None
    whole = request.htmx.target == "timeline"
    if not (whole or "after" in request.GET):
        return None
    name, context = happened(request, row, **how)
    name = name if whole else "notifications/_timeline_entries.html"
    response = render(request, name, context)
    # The page itself has the same address: going back must not show this piece.
    patch_cache_control(response, no_store=True)
    return response


def undelivered(user, row):
    """Messages about `row` that failed or may not have left, for who may send them again."""
    events = EventTopic.objects.about(row).order_by().values("event")
    theirs = Q(event__in=events)
    if row._meta.label_lower == "accounts.client":
        theirs |= Q(client=row)
    found = Message.objects.editable_by(user).undelivered().filter(theirs)
    context = {"messages": list(found.order_by("-created", "-pk")[:5]), "row": row}
    return "notifications/_undelivered.html", context
