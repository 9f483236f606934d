"""Importing contacts: people at clients, known by e-mail, else by name at their client.

A firm that is not known is added; one in a colleague's care is left alone.
"""

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_update_with_history

from accounts.importing import values
from accounts.importing.base import CREATED, UPDATED, Field, Rejected
from accounts.importing.fields import NOTES, PERSON, PLACE, REACH
from accounts.importing.lookups import spot_of
from accounts.importing.people import PeopleImporter, fitting, person_of, remarks, same
from accounts.models import Client, Contact
from accounts.places import places_for
from crm.lib.history import keep_new
from crm.lib.own_ids import own_pk
from crm.lib.text import plain


class ContactImporter(PeopleImporter):
    kind = "contacts"
    model = Contact
    made = (Contact, Client)
    alike = (Contact,)
    fields = (
        Field(
            "client",
            gettext_lazy("Client (external id, e-mail or name)"),
            "client, client id, customer id, company id, account id, account number, "
            "associated company ids, associated company i ds, customer number",
        ),
        Field(
            "company",
            gettext_lazy("Company"),
            "company, company name, organization, organisation, organization name, "
            "organization 1 name, account, account name, firm, related company, employer, "
            "client name, customer name, associated company, entreprise, societe, firma, "
            "unternehmen, empresa",
        ),
        Field(
            "contact_name",
            gettext_lazy("Name"),
            "contact name, contact, name, full name, display name, person, nom, nombre, "
            "ansprechpartner",
        ),
        *PERSON,
        *REACH,
        Field(
            "position",
            gettext_lazy("Position"),
            "position, job title, title, role, designation, occupation, funktion, fonction, "
            "cargo",
        ),
        *PLACE,
        NOTES,
    )

    def __init__(self, job, columns):
        super().__init__(job, columns)
        self.clients: dict[str, Client] = {}
        self.editable: set[int] = set()
        self.met: set[int] = set()  # new firms that have their main contact

    def problem(self):
        if {"client", "company"}.isdisjoint((*self.at, *self.constants)):
            return _("Map a column to the client or the company the people belong to.")
        return super().problem()

    def values(self, cells):
        if {"client", "company"}.isdisjoint(cells):
            raise Rejected(_("neither a client nor a company"))
        found = {"name": person_of(cells), "position": cells.get("position", "")}
        self.reach(cells, found)
        del found["external_id"]
        found["name"] = found["name"] or found["email"] or found["phone"]
        filled = {k: v for k, v in found.items() if v}
        return fitting(Contact, filled) | {"firm": firm_of(cells)}

    def keys(self, found):
        """The e-mail, else the name at the client: a telephone is often the firm's."""
        firm = found.pop("firm")
        if found.get("email"):
            return ("e:" + found["email"],)
        if not found.get("name"):
            raise Rejected(_("no name, e-mail or complete telephone number"))
        return (f"n:{firm}:{plain(found['name'])}",)

    # --- who is known -----------------------------------------------------------
    def known(self, verdicts):
        self.find_clients(verdicts)
        mails = [v.values["email"] for v in verdicts if "email" in v.values]
        firms = {client.pk for v in verdicts if (client := self.client_of(v.cells))}
        rows = Contact.objects.remembered().select_related("client")
        rows = rows.order_by("created", "pk").filter(client__trashed__isnull=True)
        rows = rows.annotate(mail=Lower("email"))
        if not self.job.is_trial:
            rows = rows.select_for_update(of=("self",))
        by_mail = {f"e:{row.mail}": row for row in rows.filter(mail__in=mails)}
        by_name = {
            (row.client_id, plain(row.name)): row
            for row in rows.filter(client__in=firms)
        }
        for verdict in verdicts:
            client, name = self.client_of(verdict.cells), plain(verdict.values["name"])
            row = by_name.get((client.pk, name)) if client else None
            if row and verdict.keys[0].startswith("n:"):
                by_mail[verdict.keys[0]] = row
        return by_mail

    def find_clients(self, verdicts):
        """The clients the records name, by external id, e-mail and name."""
        said = {text for v in verdicts for text in spoken(v.cells)}
        low = [text.lower() for text in said]
        rows = Client.objects.alive().annotate(low=Lower("name"), mail=Lower("email"))
        ours = {pk: text for text in said if (pk := own_pk("clients", text))}
        named = Q(external_id__in=said) | Q(low__in=low) | Q(mail__in=low)
        named |= Q(pk__in=ours)
        self.clients = {}
        for row in rows.filter(named).select_related("owner").order_by("-pk"):
            keys = {f"i:{row.external_id}", f"t:{row.mail}", f"t:{row.low}"}
            keys.add(f"i:{ours.get(row.pk, row.external_id)}")
            self.clients |= dict.fromkeys(keys, row)
        pks = {row.pk for row in self.clients.values()}
        mine = (
            Client.objects.editable_by(self.job.by) if self.job.by else Client.objects
        )
        self.editable = set(mine.filter(pk__in=pks).values_list("pk", flat=True))

    def client_of(self, cells):
        """The client a record names; None if there is none of that id or name."""
        for text in ids_of(cells.get("client", "")):
            found = self.clients.get(f"i:{text}") or self.clients.get(
                f"t:{text.lower()}"
            )
            if found:
                return found
        return self.clients.get(f"t:{cells.get('company', '').lower()}")

    # --- rows -------------------------------------------------------------------
    def decide(self, verdict, known, mine):
        client = self.client_of(verdict.cells)
        if client is None and "company" not in verdict.cells:
            text = _("there is no client “{client}”")
            verdict.reject(text.format(client=verdict.cells["client"]))
        elif client and client.pk not in self.editable and verdict.keys[0] not in known:
            self.leave(verdict, client)
        else:
            super().decide(verdict, known, mine)

    def newly(self, verdict):
        return {"client": self.client_of(verdict.cells)}

    def compare(self, verdict, row, mine):
        client = self.client_of(verdict.cells)
        if row.pk in mine and client and client.pk != row.client_id:
            self.notes.add("elsewhere")
        super().compare(verdict, row, mine)

    def changes(self, row, verdict):
        said = verdict.values.items()
        return {name: new for name, new in said if not same(getattr(row, name), new)}

    def built(self, verdict):
        return Contact(**verdict.values)

    def write(self, verdicts):
        new = [v for v in verdicts if v.outcome == CREATED]
        firms = self.founded([v for v in new if v.values["client"] is None])
        for verdict in new:
            if verdict.values["client"] is None:
                firm = firms[plain(verdict.cells["company"])]
                verdict.values |= {
                    "client": firm,
                    "is_primary": firm.pk not in self.met,
                }
                self.met.add(firm.pk)
        self._create(new)
        self._update([v for v in verdicts if v.outcome == UPDATED])
        self.remark(new)

    def founded(self, verdicts: list) -> dict[str, Client]:
        """New clients by the comparable names of the firms that are not known."""
        first = {plain(v.cells["company"]): v.cells for v in reversed(verdicts)}
        places = places_for(spot_of(cells) for cells in first.values())
        firms = {}
        for key, cells in first.items():
            row = Client(name=cells["company"][:200], **self.home(None))
            row.place, row.search = places.get(spot_of(cells)), row.found_by()
            firms[key] = row
            self.notes.add("client-made")
        Client.objects.bulk_create(firms.values())
        pks = [row.pk for row in firms.values()]
        keep_new(Client, pks, by=self.job.by, reason=self.reason)
        return firms

    def remark(self, verdicts: list) -> None:
        """Keep what no column of a contact holds in the notes of its client."""
        changed = {}
        for verdict in verdicts:
            client = verdict.values["client"]
            client = changed.get(client.pk, client)
            said = [f"{verdict.row}: {text}" for text in remarks(verdict.cells)]
            if added := [text for text in said if text not in client.notes]:
                client.notes = "\n".join(filter(None, (client.notes, *added)))
                changed[client.pk] = client
        bulk_update_with_history(
            list(changed.values()),
            Client,
            ["notes"],
            batch_size=200,
            default_user=self.job.by,
            default_change_reason=self.reason,
        )


def firm_of(cells) -> str:
    return plain(cells.get("client") or cells.get("company", ""))


def ids_of(text: str) -> list[str]:
    """ "9001;9002" as the ids it names, and as a whole: a name may hold a semicolon."""
    parts = [values.identifier(part) for part in text.split(";")]
    return list(dict.fromkeys(filter(None, (text.strip(), *parts))))


def spoken(cells) -> list[str]:
    return [*ids_of(cells.get("client", "")), *filter(None, [cells.get("company")])]
