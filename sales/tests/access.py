from tests.access import PORTAL, SELLERS, Row

NEAR = "admin manager bd"
QUOTATION = {"pk": "quotation"}
ANSWER = {"name": "Petra Owner"}


def verb(route, fixture="quotation", **data):
    return Row(route, NEAR, {"pk": fixture}, method="post", data=data)


ROWS: list[Row] = [
    Row("sales:products", SELLERS),
    Row("sales:product_add", "admin manager far_manager"),
    Row(
        "sales:product_edit",
        "admin manager far_manager",
        {"pk": "product"},
        read_only="bd other_bd far_bd",
        shared=True,
    ),
    verb("sales:quote", "lead"),
    Row("sales:quotation", NEAR, QUOTATION),
    Row("sales:quotation_edit", NEAR, {"pk": "unsent"}),
    verb("sales:quotation_send", "unsent"),
    verb("sales:quotation_accept", **ANSWER),
    verb("sales:quotation_decline", **ANSWER),
    verb("sales:quotation_discard", "unsent"),
    Row("sales:purchases", NEAR, {"pk": "customer"}),
    Row("portal:quotations", PORTAL),
    Row("portal:quotation", "portal_owner portal_reader", QUOTATION),
    Row(
        "portal:quotation_accept",
        "portal_owner",
        QUOTATION,
        method="post",
        data=ANSWER,
        read_only="portal_reader",
    ),
    Row(
        "portal:quotation_decline",
        "portal_owner",
        QUOTATION,
        method="post",
        data=ANSWER,
        read_only="portal_reader",
    ),
]
