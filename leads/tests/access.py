from tests.access import PORTAL, SELLERS, STAFF, Row

OWN = "admin manager bd"
LEAD = {"pk": "lead"}
TASK = {"pk": "task"}
RULE = {"pk": "rule"}
FORM = {"slug": "web_form"}

BOSSES = "admin manager"
BOSSES_ALL = "admin manager far_manager"
MEETING = {"pk": "meeting"}
PERSON = {"pk": "colleague"}
SHARED_POST = {"method": "post", "shared": True}

OWNERS = "portal_owner foreign_portal"
PAGE, LINK = {"slug": "booking_page"}, {"text": "meeting_link"}
CLIENT_MEETING = {"pk": "client_meeting"}
BOTH = "portal_owner portal_reader"


def of_owner(route, args=None, *, allow="portal_owner", **more):
    """A client's owner may, a reader may look on."""
    return Row(route, allow, args or {}, read_only="portal_reader", **more)


ROWS: list[Row] = [
    Row("portal:meetings", PORTAL, ok=(200,)),
    of_owner("portal:meeting_book", allow=OWNERS, ok=(200,)),
    Row("portal:meeting", BOTH, args=CLIENT_MEETING, ok=(200,)),
    Row("portal:meeting_ics", BOTH, args=CLIENT_MEETING, ok=(200,)),
    of_owner("portal:meeting_move", CLIENT_MEETING, ok=(200,)),
    of_owner("portal:meeting_cancel", CLIENT_MEETING, method="post", ok=(302,)),
    Row("book:page", args=PAGE, attribute="slug", public=True, ok=(200,)),
    Row("book:meeting", args=LINK, public=True, ok=(200,)),
    Row("book:move", args=LINK, public=True, ok=(200,)),
    Row("book:cancel", args=LINK, method="post", public=True, ok=(302,)),
    Row("book:ics", args=LINK, public=True, ok=(200,)),
    Row(
        "meetings:booking_page",
        BOSSES,
        args=PERSON,
        method="post",
        data={"slug": "somebody"},
        ok=(302,),
    ),
    Row("meetings:week", SELLERS, ok=(200,)),
    Row("meetings:month", SELLERS, ok=(200,)),
    Row("meetings:book", SELLERS, ok=(200,)),
    Row("meetings:free", SELLERS, ok=(422,)),  # nobody is named
    Row("meetings:detail", OWN, args=MEETING, ok=(200,)),
    Row("meetings:move", OWN, args=MEETING, ok=(200,)),
    Row("meetings:cancel", OWN, args=MEETING, ok=(200,)),
    Row("meetings:hold", OWN, args=MEETING, method="post"),
    Row("meetings:note", OWN, args=MEETING, method="post", data={"text": "Good"}),
    Row("meetings:hours", SELLERS, ok=(302,)),
    Row("meetings:hours_of", BOSSES, args=PERSON, ok=(200,)),
    Row(
        "meetings:absence_enter",
        BOSSES,
        args=PERSON,
        method="post",
        data={"kind": "sick", "first": "2030-05-06", "last": "2030-05-07"},
        ok=(302,),
    ),
    Row(
        "meetings:absence_withdraw",
        BOSSES,
        args={"pk": "absence"},
        method="post",
        read_only="bd other_bd",
        ok=(302,),
    ),
    Row("meetings:kinds", "admin", ok=(200,)),
    Row("meetings:kind_create", "admin", ok=(200,)),
    Row("meetings:kind_edit", "admin", args={"pk": "meeting_kind"}, shared=True),
    Row("meetings:firm_hours", "admin", ok=(200,)),
    Row("leads:spend", BOSSES_ALL, ok=(200,)),
    Row("leads:spend", BOSSES_ALL, method="post", data={"export": "csv"}, ok=(200,)),
    Row("leads:spend_enter", BOSSES_ALL, ok=(200,)),
    Row("leads:spend_edit", BOSSES, args={"pk": "spend"}, ok=(200,)),
    Row("leads:spend_remove", BOSSES, args={"pk": "spend"}, method="post", ok=(302,)),
    Row("leads:stages", "admin", ok=(200,)),
    Row("leads:stage_create", "admin", ok=(200,)),
    Row("leads:stage_edit", "admin", args={"pk": "stage"}, shared=True),
    Row("leads:stage_remove", "admin", args={"pk": "stage"}, **SHARED_POST),
    Row("leads:reasons", "admin", ok=(200,)),
    Row("leads:reason_create", "admin", ok=(200,)),
    Row("leads:reason_edit", "admin", args={"pk": "lost_reason"}, shared=True),
    Row("leads:reason_remove", "admin", args={"pk": "lost_reason"}, **SHARED_POST),
    Row("leads:list", SELLERS, ok=(200,)),
    Row("leads:list", SELLERS, method="post", data={"export": "csv"}, ok=(200,)),
    Row("leads:board", SELLERS, ok=(200,)),
    Row("leads:options", SELLERS, ok=(200,)),
    Row("leads:twins", SELLERS, ok=(200,)),
    Row("leads:create", SELLERS, ok=(200,)),
    Row("leads:detail", OWN, args=LEAD, ok=(200,)),
    Row("leads:edit", OWN, args=LEAD, ok=(200,)),
    Row("leads:move", OWN, args=LEAD, method="post", data={"stage": "0"}, ok=(422,)),
    Row("leads:win", OWN, args=LEAD, method="post"),
    Row(
        "leads:lose",
        OWN,
        args=LEAD,
        method="post",
        data={"reason": "budget"},
        ok=(302,),
    ),
    Row("leads:reopen", OWN, args=LEAD, method="post"),
    Row("leads:assign", "admin manager", args=LEAD, ok=(200,)),
    Row("leads:plan", OWN, args=LEAD, method="post", data={"step": "Call"}),
    Row(
        "leads:log",
        OWN,
        args=LEAD,
        method="post",
        data={"kind": "call", "direction": "out", "text": "Hello"},
    ),
    Row("leads:note", OWN, args=LEAD, method="post", data={"text": "Hello"}),
    Row("leads:client_note", OWN, args={"pk": "customer"}, ok=(200,)),
    Row(
        "leads:note_edit",
        "bd",
        args={"pk": "note"},
        ok=(200,),
        read_only="admin manager",
    ),
    Row("leads:rules", "admin", ok=(200,)),
    Row("leads:rule_create", "admin", ok=(200,)),
    Row("leads:rule_edit", "admin", args=RULE, ok=(200,), shared=True),
    Row(
        "leads:rule_move",
        "admin",
        args=RULE,
        method="post",
        data={"to": "up"},
        ok=(302,),
        shared=True,
    ),
    Row("leads:rule_remove", "admin", args=RULE, method="post", shared=True),
    Row("leads:web_forms", "admin manager far_manager", ok=(200,)),
    Row("leads:web_form_create", "admin manager far_manager", ok=(200,)),
    Row(
        "leads:web_form_preview",
        "admin manager far_manager",
        method="post",
        data={"name": "Contact"},
        ok=(200,),
    ),
    Row("leads:web_form_edit", "admin manager", args={"pk": "web_form"}, ok=(200,)),
    Row("forms:form", args=FORM, attribute="slug", public=True, ok=(200,)),
    Row("forms:thanks", args=FORM, attribute="slug", public=True, ok=(200,)),
    Row("leads:trash", OWN, args=LEAD, method="post", ok=(302,)),
    Row("leads:restore", "", args=LEAD, method="post"),  # it is not in the trash
    Row("tasks:list", STAFF, ok=(200,)),
    Row("tasks:list", STAFF, method="post", data={"export": "csv"}, ok=(200,)),
    Row("tasks:create", STAFF, ok=(200,)),
    Row("tasks:edit", OWN, args=TASK, ok=(200,)),
    Row("tasks:finish", OWN, args=TASK, method="post", ok=(302,)),
    Row("tasks:reopen", OWN, args=TASK, method="post", ok=(302,)),
    Row("tasks:postpone", OWN, args=TASK, method="post", data={"to": "tomorrow"}),
    Row("tasks:delegate", OWN, args=TASK, ok=(200,)),
    Row("tasks:trash", OWN, args=TASK, method="post", ok=(302,)),
    Row("tasks:restore", "", args=TASK, method="post"),  # it is not in the trash
]
