from tests.access import SELLERS, Row

OWN = "admin manager bd"
LEAD = {"pk": "lead"}

ROWS: list[Row] = [
    Row("leads:list", SELLERS, ok=(200,)),
    Row("leads:board", SELLERS, ok=(200,)),
    Row("leads:options", SELLERS, ok=(200,)),
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
    Row("leads:trash", OWN, args=LEAD, method="post", ok=(302,)),
    Row("leads:restore", "", args=LEAD, method="post"),  # it is not in the trash
]
