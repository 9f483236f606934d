"""The rows of daily work for `bench.fill`: tasks, meetings, papers, payments, purchases."""

from leads.models import Meeting, Task
from sales.models import (
    Invoice,
    InvoiceLine,
    Payment,
    Purchase,
    Quotation,
    QuotationLine,
)

MODELS = (
    Task, Meeting, Quotation, QuotationLine, Invoice, InvoiceLine, Payment, Purchase,
)  # fmt: skip
LINE = {
    "text": "'Work'", "quantity": "1", "price": "1000", "discount": "0",
    "tax_rate": "20", "position": "0",
}  # fmt: skip


def work(size, clients, owner_of, department_of):
    """(model, how many, columns) for `size` leads; `owner_of` makes SQL of a lead's number.

    Every fifth lead has a task and a quotation, every tenth a meeting; a client has an
    invoice, paid but for one in five, and five purchases.
    """
    day = "current_date - 40 + mod(n * 13, 60)"
    open_every = "CASE WHEN mod(n, 3) = 0 THEN NULL ELSE"
    yield Task, size // 5, {
        "title": "'Call number ' || n", "lead_id": "n * 5", "due_on": day,
        "due": f"({day})::timestamp + interval '17 hours'", "zone": "'UTC'",
        "done": f"{open_every} ({day})::timestamp END",
        "owner_id": owner_of("n * 5"), "department_id": department_of("n * 5"),
    }  # fmt: skip
    starts = (
        "date_trunc('day', now()) - mod(n * 7, 730) * interval '1 day' "
        "+ interval '20 days 9 hours' + mod(n, 28) * interval '15 minutes'"
    )
    yield Meeting, size // 10, {
        "host_id": owner_of("n * 10"), "lead_id": "n * 10", "title": "'First talk'",
        "starts": starts, "ends": f"{starts} + interval '30 minutes'",
        "state": f"CASE WHEN {starts} < now() THEN 'held' ELSE 'booked' END",
        "uid": "gen_random_uuid()", "created": f"{starts} - interval '5 days'",
    }  # fmt: skip
    made = "now() - mod(n * 11, 730) * interval '1 day'"
    state = (
        "(ARRAY['sent', 'accepted', 'accepted', 'declined', 'draft'])[1 + mod(n, 5)]"
    )
    yield Quotation, size // 5, {
        "lead_id": "n * 5", "number": "'Q-' || n", "state": state, "currency": "'EUR'",
        "total": "1200", "created": made, "search": "'q-' || n",
        "sent": f"CASE WHEN {state} <> 'draft' THEN {made} END",
        "billed_to": f"CASE WHEN {state} <> 'draft' THEN 'Firm ' || n ELSE '' END",
        "valid_until": f"({made})::date + 30", "by_id": owner_of("n * 5"),
    }  # fmt: skip
    yield QuotationLine, size // 5, LINE | {"quotation_id": "n"}
    paid = "mod(n, 5) > 0"
    yield Invoice, clients, {
        "client_id": "n", "number": "'R-' || n", "currency": "'EUR'", "total": "1200",
        "subject": "'Work'", "created": made, "search": "'r-' || n",
        "billed_to": "'Firm ' || n",
        "state": f"CASE WHEN {paid} THEN 'paid' ELSE 'sent' END",
        "paid": f"CASE WHEN {paid} THEN 1200 ELSE 0 END",
        "paid_on": f"CASE WHEN {paid} THEN ({made})::date + 12 END",
        "issued_on": f"({made})::date", "due_on": f"({made})::date + 14", "sent": made,
    }  # fmt: skip
    yield InvoiceLine, clients, LINE | {"invoice_id": "n"}
    yield Payment, clients * 4 // 5, {
        "invoice_id": "n + (n - 1) / 4", "amount": "1200", "day": f"({made})::date",
        "reference": "'bank ' || n", "created": made,
    }  # fmt: skip
    yield Purchase, clients * 5, {
        "client_id": f"1 + mod(n, {clients})", "order": "'bench-' || n",
        "day": "current_date - mod(n * 17, 1500)", "cents": "5000 + mod(n * 37, 90000)",
        "currency": "'EUR'", "created": "now()",
    }  # fmt: skip
