"""Parts of other pages: the timeline of a row."""

from crm.lib.paging import KeysetPage
from notifications.models import EventTopic

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
    "lead.planned": ("calendar-clock", ""),
    "lead": ("target", ""),
    "client.blocked": ("ban", "danger"),
    "client": ("building-2", ""),
    "contact": ("user", ""),
    "quotation.accepted": ("circle-check", "good"),
    "quotation.declined": ("circle-x", "danger"),
    "quotation.expiring": ("clock-alert", "warn"),
    "quotation": ("file-text", ""),
    "invoice": ("receipt", ""),
    "project": ("folder-kanban", ""),
    "milestone.done": ("circle-check", "good"),
    "milestone": ("flag", ""),
    "meeting": ("calendar", ""),
    "message": ("mail", ""),
    "document": ("paperclip", ""),
    "import": ("upload", ""),
}
PLAIN = ("dot", "")


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
    }


def timeline(user, row, after=None, *, size=20):
    """What happened to `row`, newest first, for a reader who may see the row.

    Clients get what is meant for them. `next` continues it, as `after`.
    """
    topics = EventTopic.objects.about(row)
    staff = user.role != "client"
    if not staff:
        topics = topics.client_visible()
    page = KeysetPage(topics, after, order=("-event_id",), size=size)
    context = {
        "entries": [entry_of(topic.event) for topic in page.rows],
        "next": page.next,
        "is_first": page.is_first,
        "internal_marks": staff,
    }
    return "notifications/_timeline.html", context
