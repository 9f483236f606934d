"""Parts of other pages: what clients asked for and allowed."""

from accounts.consents import reaches_of, standing
from accounts.models import ChangeRequest

SHOWN = 5


def changes(user, client):
    """What the client's people want changed and nobody has settled."""
    rows = ChangeRequest.objects.editable_by(user).waiting().filter(client=client)
    context = {"changes": list(rows.with_names()), "user": user}
    return "accounts/_changes.html", context


def consents(user, client):
    """Where marketing may go: what the client and its people said last."""
    return "accounts/_consents.html", {
        "client": client,
        "rows": standing(reaches_of(client)),
    }


def waiting_changes(user):
    """The oldest wishes of clients that wait for this user, for the home page."""
    rows = ChangeRequest.objects.editable_by(user).waiting().with_names()
    return list(rows.order_by("created", "pk")[:SHOWN])
