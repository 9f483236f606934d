"""The first steps of a new firm, on the home page of its admin until all are done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Firm

OPTIONAL = "accounts:imports"  # not every firm has files
UNNAMED = Firm._meta.get_field("name").default


def checklist(*, staff, imports, has_leads):
    """Firm, team, import, first lead: each with its page; [] once those that every firm needs are done.

    Everything it judges by is on the page already, so it asks for nothing.
    """
    steps = [
        (
            Firm.known().name != UNNAMED,
            _("Name the firm"),
            _("Its name, colour, currency, time zone and tax."),
            "accounts:firm",
        ),
        (
            staff > 1,
            _("Invite your team"),
            _("Make the departments first; then colleagues choose their passwords."),
            "accounts:people",
        ),
        (
            imports,
            _("Bring your data"),
            _("Leads, clients and purchases from the files you have."),
            "accounts:imports",
        ),
        (
            has_leads,
            _("Note the first lead"),
            _("Somebody who might want something of you."),
            "leads:create",
        ),
    ]
    if all(done for done, *_words, name in steps if name != OPTIONAL):
        return []
    return [
        {"done": done, "label": label, "text": text, "url": reverse(name)}
        for done, label, text, name in steps
    ]
