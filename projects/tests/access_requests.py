"""Who may open which page of requests."""

from tests.access import PORTAL, STAFF, Row

WISH = {"pk": "wish"}
HOLDERS = "admin manager bd dev"
WORDS = {"text": "Hello."}
ASKED = {"kind": "question", "subject": "A key", "text": "Who has it?"}


def verb(name, **fields):
    values = {"method": "post", "ok": (302,), **fields}
    return Row(f"requests:{name}", HOLDERS, WISH, **values)


def own(name, **fields):
    """What the client's owners do; readers read it."""
    values = {"method": "post", "ok": (302,), "read_only": "portal_reader", **fields}
    return Row(f"portal:{name}", "portal_owner", WISH, **values)


ROWS: list[Row] = [
    Row("requests:list", STAFF, ok=(200,)),
    Row("requests:list", STAFF, method="post", data={"export": "csv"}, ok=(200,)),
    Row("requests:create", "admin manager bd", {"pk": "customer"}, ok=(200,)),
    Row(
        "requests:create",
        "admin manager bd",
        {"pk": "customer"},
        method="post",
        data=ASKED,
        ok=(302,),
    ),
    Row("requests:detail", HOLDERS, WISH, ok=(200,)),
    verb("answer", data=WORDS),
    verb("note", data=WORDS),
    verb("take"),
    verb("assign", ok=(422,)),
    verb("move", ok=(422,)),
    verb("wait"),
    verb("solve"),
    verb("reopen"),
    Row("portal:requests", PORTAL, ok=(200,)),
    Row(
        "portal:request_new",
        "portal_owner foreign_portal",
        read_only="portal_reader",
        ok=(200,),
    ),
    Row(
        "portal:request_new",
        "portal_owner foreign_portal",
        method="post",
        data=ASKED,
        read_only="portal_reader",
        ok=(302,),
    ),
    Row("portal:request", "portal_owner portal_reader", WISH, ok=(200,)),
    own("request", data=WORDS),
    own("request_solve"),
    own("request_reopen"),
]
SETTERS = "admin manager far_manager"
RULE = {"pk": "service_rule"}
FILLED = {"cause": "silence", "days": "30", "subject": "How are you?"}


def firm_wide(name, **fields):
    """Admins set the rules for everybody's clients; managers read them."""
    readers = "manager far_manager"
    values = {"read_only": readers, "shared": True, "ok": (302,), **fields}
    return Row(f"service:{name}", "admin", {"pk": "firm_rule"}, **values)


ROWS += [
    Row("service:rules", SETTERS, ok=(200,)),
    Row("service:create", SETTERS, ok=(200,)),
    Row("service:create", SETTERS, method="post", data=FILLED, ok=(302,)),
    Row("service:edit", "admin manager", RULE, ok=(200,)),
    Row("service:edit", "admin manager", RULE, method="post", data=FILLED, ok=(302,)),
    Row("service:remove", "admin manager", RULE, method="post", ok=(302,)),
    firm_wide("edit", ok=(200,)),
    firm_wide("edit", method="post", data=FILLED),
    firm_wide("remove", method="post"),
]
