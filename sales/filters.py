"""What narrows the lists of quotations and invoices."""

from django.utils.translation import gettext_lazy as _

from crm.lib.paging import KeysetPage
from crm.lib.text import plain

CAP = 1000  # papers; who has more needs no exact number


class StateFilter:
    """Chips by state and a search box; a value that makes no sense narrows nothing."""

    CHIPS: list = []
    order: tuple = ("-created", "-pk")

    def __init__(self, data):
        self.data = data
        states = [state for state, _label in self.CHIPS]
        asked = data.get("state", "")
        self.state = asked if asked in states else ""
        self.words = data.get("q", "")[:100].replace("\x00", "").strip()

    @property
    def is_narrowed(self):
        return bool(self.state or self.words)

    def chips(self):
        """One per state, each keeping the words."""
        for state, label in self.CHIPS:
            params = self.data.copy()
            params.pop("after", None)
            params["state"] = state
            url = f"?{params.urlencode()}"
            yield {"label": label, "url": url, "current": state == self.state}

    def apply(self, rows):
        rows = self.of_state(rows)
        for word in plain(self.words).split()[:8]:
            rows = self.holding(rows, word)
        return rows

    def page(self, rows, after):
        return KeysetPage(self.apply(rows), after, order=self.order, cap=CAP)


class QuotationFilter(StateFilter):
    CHIPS = [
        ("", _("All")),
        ("draft", _("Drafts")),
        ("sent", _("Waiting")),
        ("expired", _("Expired")),
        ("accepted", _("Accepted")),
        ("declined", _("Declined")),
        ("superseded", _("Superseded")),
    ]

    def of_state(self, rows):
        if self.state == "expired":
            return rows.expired()
        return rows.filter(state=self.state) if self.state else rows

    def holding(self, rows, word):
        """By number, or by what the lead can be found by."""
        return rows.holding(word)


class InvoiceFilter(StateFilter):
    CHIPS = [
        ("", _("All")),
        ("draft", _("Drafts")),
        ("open", _("Open")),
        ("overdue", _("Overdue")),
        ("paid", _("Paid")),
        ("credit", _("Credit notes")),
        ("back", _("Taken back")),
    ]

    def of_state(self, rows):
        narrowed = {
            "open": rows.open,
            "overdue": rows.overdue,
            "credit": rows.credit_notes,
            "back": rows.taken_back,
        }.get(self.state)
        if narrowed:
            return narrowed()
        return rows.filter(state=self.state) if self.state else rows

    def holding(self, rows, word):
        """By number, or by what the client can be found by."""
        return rows.holding(word)


class OverdueFilter(InvoiceFilter):
    """Only what is overdue, the oldest first."""

    CHIPS = []
    order = ("due_on", "pk")

    def of_state(self, rows):
        return rows.overdue()
