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
    """Those still to come, the nearest first, and the last ones; read in one query."""
    rows = Meeting.objects.visible_to(user).filter(**about).select_related("host")
    newest = list(rows.order_by("-starts", "-pk")[: 4 * SHOWN])
    ahead = [row for row in reversed(newest) if row.is_booked and not row.is_over]
    return "meetings/_panel.html", {
        "upcoming": ahead[:SHOWN],
        "past": [row for row in newest if row.is_over][:SHOWN],
        "book_url": f"{reverse('meetings:book')}?{query}",
    }
