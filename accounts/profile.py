"""What somebody of a client may change of their details, and what they see only."""

from copy import copy
from functools import cached_property

from django.utils.text import capfirst

from accounts.forms import ClientDetailsForm, ContactDetailsForm
from accounts.models import Client, Contact, Firm
from accounts.models.setup import ASKABLE


class Details:
    """The details of a contact and its firm, as the firm has locked them."""

    def __init__(self, contact: Contact):
        self.contact, self.client = contact, contact.client

    @cached_property
    def _firm(self) -> Firm:
        return Firm.get()

    def locked(self, about: str) -> list[str]:
        """Columns that one asks to have changed; a reader changes no more than the e-mail."""
        kept = self._firm.locks(about)
        if self.contact.is_owner:
            return kept
        return [name for name in ASKABLE[about] if name != "email" or name in kept]

    def open(self, about: str) -> list[str]:
        """Columns that one changes alone."""
        locked = self.locked(about)
        return [name for name in ASKABLE[about] if name not in locked]

    def facts(self, about: str) -> list[dict]:
        """Label and value of what is locked."""
        row: Contact | Client = self.client if about == "client" else self.contact
        return [
            {
                "label": capfirst(row._meta.get_field(name).verbose_name),
                "value": _shown(getattr(row, name)),
            }
            for name in self.locked(about)
        ]

    def context(self, *, details=None, firm_form=None) -> dict:
        """Forms for what is open and facts for what is locked."""
        own, firm = self.open("contact"), self.open("client")
        if details is None and set(own) - {"email"}:
            details = ContactDetailsForm(instance=copy(self.contact), only=own)
        if firm_form is None and firm and self.contact.is_owner:
            firm_form = ClientDetailsForm(instance=copy(self.client), only=firm)
        return {
            "details": details,
            "facts": self.facts("contact"),
            "firm_form": firm_form,
            "firm_facts": self.facts("client"),
            "may_ask_firm": self.contact.is_owner and bool(self.locked("client")),
        }


def _shown(value) -> str:
    return getattr(value, "as_international", None) or str(value or "")
