"""Who may call which route of the API."""

from tests.access import PORTAL, SELLERS, STAFF, Row

TEAM = "admin manager bd"
EVERYBODY = f"{STAFF} {PORTAL}"
ON_PROJECT = f"{TEAM} dev portal_owner portal_reader"
ACTING = "admin manager dev"
READING = "bd portal_owner portal_reader"


def api(route, allow, **fields):
    return Row(f"api:{route}", allow, api=True, **{"ok": (200,), **fields})


def verb(route, row, allow, data=None, **fields):
    return api(
        route,
        allow,
        args={"pk": row},
        method="post",
        data=data,
        ok=(200, 409),
        **fields,
    )


ROWS = [
    api("lead-list", SELLERS),
    api("lead-detail", TEAM, args={"pk": "lead"}),
    verb("lead-win", "lead", TEAM),
    verb("lead-lose", "lead", TEAM, {"reason": "budget"}),
    verb("lead-reopen", "lead", TEAM),
    api("interaction-list", SELLERS),
    api("interaction-detail", TEAM, args={"pk": "interaction"}),
    api("meeting-list", SELLERS),
    api("meeting-detail", TEAM, args={"pk": "meeting"}),
    api("meeting-free", SELLERS, ok=(200, 409)),
    verb("meeting-move", "meeting", TEAM, {"starts": "2030-05-06T10:00:00Z"}),
    verb("meeting-cancel", "meeting", TEAM),
    verb("meeting-hold", "meeting", TEAM),
    verb("meeting-note", "meeting", TEAM, {"text": "Good"}),
    api("task-list", STAFF),
    api("task-detail", TEAM, args={"pk": "task"}),
    verb("task-finish", "task", TEAM),
    verb("task-reopen", "task", TEAM),
    verb("task-postpone", "task", TEAM, {"due_on": "2030-05-06"}),
    api(
        "task-delegate",
        TEAM,
        args={"pk": "task"},
        method="post",
        data={"owner": "ben.seller@firm.example"},
        ok=(200, 400, 409),  # whom one may not name is not known
    ),
    api("client-list", SELLERS),
    api("client-detail", TEAM, args={"pk": "customer"}),
    api("contact-list", SELLERS),
    api("contact-detail", TEAM, args={"pk": "contact"}),
    api("quotation-list", SELLERS),
    api("quotation-detail", TEAM, args={"pk": "quotation"}),
    api("invoice-list", SELLERS),
    api("invoice-detail", TEAM, args={"pk": "invoice"}),
    verb("invoice-send", "bill", TEAM),
    verb("invoice-pay", "invoice", TEAM, {"amount": "100", "reference": "A 1"}),
    verb("invoice-void", "invoice", TEAM, {"reason": "Wrong firm"}),
    verb("invoice-credit", "invoice", TEAM, {"reason": "Wrong firm"}),
    api("visit-list", SELLERS),
    api("visit-detail", TEAM, args={"pk": "visit"}),
    api("project-list", EVERYBODY),
    api("project-detail", ON_PROJECT, args={"pk": "project"}),
    api("document-list", EVERYBODY),
    api("document-detail", ON_PROJECT, args={"pk": "document"}),
    api("document-download", ON_PROJECT, args={"pk": "document"}),
    api("milestone-list", EVERYBODY),
    api("milestone-detail", ON_PROJECT, args={"pk": "milestone"}),
    verb("milestone-start", "milestone", ACTING, read_only=READING),
    verb("milestone-finish", "milestone", ACTING, read_only=READING),
    verb("milestone-reopen", "milestone", ACTING, read_only=READING),
    api("message-list", EVERYBODY),
    api("message-detail", ON_PROJECT, args={"pk": "post"}),
    api("request-list", EVERYBODY),
    api("request-detail", ON_PROJECT, args={"pk": "wish"}),
    *(
        verb(
            f"request-{name}",
            "wish",
            f"{TEAM} dev portal_owner",
            {"text": "Hello."},
            read_only="portal_reader",
        )
        for name in ("answer", "solve", "reopen")
    ),
    api("run-list", SELLERS),
    api("run-detail", SELLERS, args={"pk": "analysed"}, shared=True),
    api("cluster-list", SELLERS),
    api("segment-list", SELLERS),
    Row("api:schema", public=True, ok=(200,)),  # names and types, no rows
    Row("api:docs", public=True, ok=(200,)),
]
