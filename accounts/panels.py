"""Parts of other pages: what clients asked for and allowed."""

from django.db.models import Exists, OuterRef

from accounts.models import ChangeRequest


def with_changes(clients):
    """Annotate clients with whether they wait for a change of their details."""
    waiting = ChangeRequest.objects.waiting().filter(client=OuterRef("pk"))
    return clients.annotate(has_changes=Exists(waiting))


def changes(user, client):
    """What the people of a client `with_changes` want changed and nobody has settled."""
    if not client.has_changes:
        return "accounts/_changes.html", {"changes": [], "user": user}
    rows = ChangeRequest.objects.editable_by(user).waiting().filter(client=client)
    context = {"changes": list(rows.with_names()), "user": user}
    return "accounts/_changes.html", context


def consents(user, client):
    """The place of the card about marketing, which comes when it is looked at."""
    return "accounts/_consents_panel.html", {"client": client}
