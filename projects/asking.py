"""How a request comes to the right people."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Client, Contact, Department, User
from projects.models import Request


def topics() -> dict[str, Department]:
    """What departments list as theirs, each line once; the first by name has it."""
    known: dict[str, Department] = {}
    seen = set()
    for department in departments():
        for line in department.request_types:
            if line.casefold() not in seen:
                seen.add(line.casefold())
                known[line] = department
    return known


def departments() -> QuerySet[Department]:
    """Where a request can go; their names are no secret among colleagues."""
    return Department.objects.order_by("name")


def department_for(client: Client, topic: str) -> Department | None:
    """Whose business it is: who lists the topic, else who looks after the client."""
    return topics().get(topic) or client.department


@transaction.atomic
def ask(request: Request, *, by: User) -> Request:
    """Open a request that has its words and client, and tell who has it now."""
    request.department = department_for(request.client, request.topic)
    is_client = by.role == User.Role.CLIENT
    request.origin = Request.Origin.CLIENT if is_client else Request.Origin.STAFF
    if is_client:
        request.contact = Contact.objects.filter(user=by).first()
    return _open(request, by=by)


def notice(request: Request) -> Request | None:
    """Open what a rule noticed; None when it was opened already, even just now."""
    try:
        with transaction.atomic():
            request.origin = Request.Origin.RULE
            request.client_visible = False
            return _open(request, by=None)
    except IntegrityError:
        return None


def _open(request: Request, *, by: User | None) -> Request:
    request.owner = request.owner or request.usual_owner()
    request.save(force_insert=True)
    head = {
        Request.Origin.CLIENT: _("{by} asks “{request}”:"),
        Request.Origin.STAFF: _("{by} wrote down “{request}” for {client}:"),
        Request.Origin.RULE: _("A service rule opened “{request}”:"),
    }[request.origin].format(by=by, request=request, client=request.client)
    words = request.text or request.why
    people = [*request.firm(), *request.readers()]
    text = f"{head}\n{words}" if words else head
    request.say("opened", text, by, tell=people, visible=True)
    return request
