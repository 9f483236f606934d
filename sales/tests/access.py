from django.utils import timezone

from tests.access import PORTAL, SELLERS, Row

NEAR = "admin manager bd"
WRITERS = "portal_owner foreign_portal"
QUOTATION = {"pk": "quotation"}
ANSWER = {"name": "Petra Owner"}
INVOICE = {"pk": "invoice"}
PAID = {
    "kind": "payment",
    "amount": "100",
    "method": "transfer",
    "day": str(timezone.localdate()),
    "reference": "A 1",
}


def verb(route, fixture="quotation", **data):
    return Row(route, NEAR, {"pk": fixture}, method="post", data=data)


def answer_by_link(route):
    """Whoever holds the link may answer."""
    return Row(
        route,
        args={"text": "quotation_link"},
        method="post",
        data=ANSWER,
        public=True,
        ok=(302,),
    )


ROWS: list[Row] = [
    Row("sales:products", SELLERS),
    Row("sales:products", SELLERS, method="post", data={"export": "csv"}, ok=(200,)),
    Row("sales:product_add", "admin manager far_manager"),
    Row(
        "sales:product_edit",
        "admin manager far_manager",
        {"pk": "product"},
        read_only="bd other_bd far_bd",
        shared=True,
    ),
    Row("sales:product_options", SELLERS),
    Row("sales:tax_rates", "admin"),
    Row("sales:tax_rate_add", "admin"),
    Row("sales:tax_rate_edit", "admin", {"pk": "tax_rate"}, shared=True),
    Row(
        "sales:tax_rate_remove",
        "admin",
        {"pk": "tax_rate"},
        method="post",
        shared=True,
    ),
    verb("sales:quote", "lead"),
    Row("sales:quotations", SELLERS),
    Row("sales:quotations", SELLERS, method="post", data={"export": "csv"}, ok=(200,)),
    Row("sales:quotation_paper", NEAR, QUOTATION),
    verb("sales:quotation_revise"),
    Row("signed:quotation", args={"text": "quotation_link"}, public=True, ok=(200,)),
    answer_by_link("signed:quotation_accept"),
    answer_by_link("signed:quotation_decline"),
    Row("sales:quotation", NEAR, QUOTATION),
    Row("sales:quotation_edit", NEAR, {"pk": "unsent"}),
    verb("sales:quotation_send", "unsent"),
    verb("sales:quotation_accept", **ANSWER),
    verb("sales:quotation_decline", **ANSWER),
    verb("sales:quotation_discard", "unsent"),
    Row("sales:purchases", NEAR, {"pk": "customer"}),
    Row("sales:looks", NEAR, {"pk": "customer"}),
    Row("sales:orders", SELLERS),
    Row("sales:orders", SELLERS, method="post", data={"export": "csv"}, ok=(200,)),
    verb("sales:quotation_bill"),
    Row("sales:invoices", SELLERS),
    Row("sales:overdue", SELLERS),
    Row("sales:invoices", SELLERS, method="post", data={"export": "csv"}, ok=(200,)),
    Row("sales:overdue", SELLERS, method="post", data={"export": "csv"}, ok=(200,)),
    Row("sales:invoice", NEAR, INVOICE),
    Row("sales:invoice_paper", NEAR, INVOICE),
    Row("sales:invoice_edit", NEAR, {"pk": "bill"}),
    verb("sales:invoice_send", "bill"),
    verb("sales:invoice_discard", "bill"),
    verb("sales:invoice_void", "invoice", reason="Wrong firm"),
    verb("sales:invoice_credit", "invoice", reason="Wrong firm"),
    verb("sales:invoice_pay", "invoice", **PAID),
    Row(
        "sales:purchases",
        NEAR,
        {"pk": "customer"},
        method="post",
        data={"export": "csv"},
        ok=(200,),
    ),
    Row("signed:invoice", args={"text": "invoice_link"}, public=True, ok=(200,)),
    Row("portal:catalogue", PORTAL),
    Row("portal:product", PORTAL, {"pk": "product"}, shared=True),
    Row("portal:basket", PORTAL),
    Row(
        "portal:basket_put",
        WRITERS,
        {"pk": "product"},
        method="post",
        data={"quantity": "3"},
        read_only="portal_reader",
        shared=True,
    ),
    Row(
        "portal:basket_change",
        "portal_owner",
        {"pk": "basket_line"},
        method="post",
        data={"quantity": "3"},
    ),
    Row("portal:basket_remove", "portal_owner", {"pk": "basket_line"}, method="post"),
    Row("portal:basket_ask", WRITERS, method="post", read_only="portal_reader"),
    Row("portal:invoices", PORTAL),
    Row("portal:invoice", "portal_owner portal_reader", INVOICE),
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
