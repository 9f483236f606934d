"""Parts of other pages: the meetings of a lead or client."""

from django.urls import reverse

from leads.models import Meeting

SHOWN = 5


def lead_panel(user, lead):
    """The next meetings of a lead, the last ones with their notes, and the way to book."""
    return _panel(user, {"lead": lead}, f"lead={lead.pk}")


def client_panel(user, client):
    """The same of a client, over all its leads."""
    return _panel(user, {"client": client}, f"client={client.pk}")


def _panel(user, about, query):
    rows = Meeting.objects.visible_to(user).filter(**about).select_related("host")
    return "meetings/_panel.html", {
        "upcoming": rows.upcoming()[:SHOWN],
        "past": rows.past()[:SHOWN],
        "book_url": f"{reverse('meetings:book')}?{query}",
    }
