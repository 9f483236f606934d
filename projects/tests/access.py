from projects.tests.access_requests import ROWS as REQUEST_ROWS
from tests.access import PORTAL, SELLERS, STAFF, Row

PROJECT = {"pk": "project"}
CUSTOMER = {"pk": "customer"}
MILESTONE = {"pk": "milestone"}
DOCUMENT = {"pk": "document"}
VERSION = {"pk": "version"}
TEMPLATE = {"pk": "project_template"}
SETTERS = "admin manager far_manager"
TEAM = "admin manager dev"
STEPS = {
    "name": "Care",
    "milestones-TOTAL_FORMS": "0",
    "milestones-INITIAL_FORMS": "0",
}


def page(route, args):
    """A page for who leads a project; the account manager only reads."""
    return Row(route, TEAM, args, read_only="bd")


def verb(route, args, *, ok=(200, 302), **data):
    return Row(route, TEAM, args, method="post", data=data, read_only="bd", ok=ok)


def own(route, args):
    """What a client's owner adds; a reader reads, and nobody else knows of it."""
    may, reads = "portal_owner", "portal_reader"
    return Row(route, may, args, method="post", read_only=reads, ok=(422,))


ROWS: list[Row] = [
    *REQUEST_ROWS,
    Row("projects:list", STAFF),
    Row("projects:list", STAFF, method="post", data={"export": "csv"}, ok=(200,)),
    Row("projects:overview", SELLERS, ok=(200,)),
    Row("projects:detail", "admin manager bd dev", PROJECT),
    Row("projects:start", "admin manager bd", {"pk": "lead"}),
    Row(
        "projects:start",
        "admin manager bd",
        {"pk": "lead"},
        method="post",
        data={"name": "Mill website"},
    ),
    Row("projects:undo", "admin manager bd", PROJECT, method="post", read_only="dev"),
    Row("projects:trash", "admin manager", PROJECT, method="post", ok=(302,)),
    Row("projects:restore", "", PROJECT, method="post"),  # it is not in the trash
    Row("projects:messages", "admin manager bd dev", PROJECT, ok=(200,)),
    Row(
        "projects:messages",
        "admin manager bd dev",
        PROJECT,
        method="post",
        data={"text": "Hello."},
    ),
    Row("projects:client_messages", "admin manager bd", CUSTOMER, ok=(200,)),
    Row(
        "projects:client_messages",
        "admin manager bd",
        CUSTOMER,
        method="post",
        data={"text": "Hello."},
    ),
    Row("projects:board", f"{TEAM} bd", PROJECT, ok=(200,)),
    verb("projects:task_add", PROJECT, ok=(422,)),
    verb("projects:task_move", {"pk": "project_task"}, state="doing"),
    page("projects:task_place", {"pk": "project_task"}),
    page("projects:edit", PROJECT),
    verb("projects:state", PROJECT, state="active"),
    page("projects:log", PROJECT),
    verb("projects:log", PROJECT, kind="note", text="We met."),
    Row("projects:milestone_log", f"{TEAM} bd", MILESTONE, ok=(200,)),
    Row(
        "projects:milestone_log_file",
        f"{TEAM} bd",
        MILESTONE,
        method="post",
        data={"export": "csv"},
        ok=(200,),
    ),
    verb("projects:member_add", PROJECT),
    verb("projects:member_remove", PROJECT),
    page("projects:milestone_add", PROJECT),
    verb("projects:milestone_start", MILESTONE),
    verb("projects:milestone_finish", MILESTONE),
    verb("projects:milestone_reopen", MILESTONE),
    verb("projects:milestone_progress", MILESTONE, percent="10"),
    verb("projects:milestone_cancel", MILESTONE),
    page("projects:milestone_replan", MILESTONE),
    page("projects:milestone_edit", MILESTONE),
    Row("projects:milestone_bill", "admin manager bd", MILESTONE),
    Row("projects:hours", f"{TEAM} bd", PROJECT),
    Row(
        "projects:hours",
        f"{TEAM} bd",
        PROJECT,
        method="post",
        data={"export": "csv"},
        ok=(200,),
    ),
    verb("projects:hours_log", PROJECT, ok=(422,)),
    verb("projects:hours_remove", {"pk": "time_entry"}),
    page("projects:budget", PROJECT),
    page("projects:texts", PROJECT),
    Row(
        "projects:log_file",
        f"{TEAM} bd",
        PROJECT,
        method="post",
        data={"export": "csv"},
        ok=(200,),
    ),
    Row("projects:documents", f"{TEAM} bd", PROJECT),
    verb("projects:documents", PROJECT, ok=(422,)),
    verb("projects:version_add", DOCUMENT, ok=(422,)),
    verb("projects:document_share", DOCUMENT),
    verb("projects:document_unshare", DOCUMENT),
    verb("projects:document_trash", DOCUMENT),
    Row("projects:document_restore", "", DOCUMENT, method="post"),  # not in the trash
    Row("projects:version", f"{TEAM} bd", VERSION, ok=(200,)),
    Row("portal:documents", "portal_owner portal_reader", PROJECT),
    own("portal:documents", PROJECT),
    own("portal:version_add", DOCUMENT),
    Row("portal:version", "portal_owner portal_reader", VERSION, ok=(200,)),
    Row("portal:projects", PORTAL),
    Row("portal:project", "portal_owner portal_reader", PROJECT),
    Row(
        "portal:milestone_approve",
        "portal_owner",
        MILESTONE,
        method="post",
        read_only="portal_reader",
    ),
    Row(
        "portal:milestone_return",
        "portal_owner",
        MILESTONE,
        method="post",
        data={},
        ok=(422,),
        read_only="portal_reader",
    ),
    Row("portal:project_messages", "portal_owner portal_reader", PROJECT, ok=(200,)),
    Row(
        "portal:project_messages",
        "portal_owner",
        PROJECT,
        method="post",
        data={"text": "Hello."},
        read_only="portal_reader",
    ),
    Row("projects:templates", SETTERS),
    Row("projects:template_add", SETTERS),
    Row("projects:template_edit", SETTERS, TEMPLATE, shared=True),
    Row("projects:template_remove", SETTERS, TEMPLATE, method="post", shared=True),
]
