"""Importing clients."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.importing import values
from accounts.importing.base import CREATED, Field
from accounts.importing.fields import (
    BIRTH,
    COMPANY,
    MEDIUM,
    NOTES,
    OWNER,
    PERSON,
    PLACE,
    REACH,
)
from accounts.importing.people import PeopleImporter, fitting, person_of, remarks
from accounts.models import Client, Contact
from crm.lib.history import keep_new
from crm.lib.text import plain

OF_A_PERSON = {"birth_year", "age", "gender", "spending_score"}


def birth_year(importer, cells):
    """From the year or the age; ages such as 118 stand for unknown ones."""
    this_year = timezone.localdate().year
    if "birth_year" in cells:
        if len(cells["birth_year"]) > 6:  # a whole date
            return importer.read(cells, "birth_year", importer.dates.day).year
        return importer.read(cells, "birth_year", values.whole, 1850, this_year)
    if "age" not in cells:
        return None
    try:
        return values.birth_year_of(cells["age"], timezone.localdate())
    except ValueError:
        importer.notes.add("unset", cells["age"])
        return None


class ClientImporter(PeopleImporter):
    kind = "clients"
    model = Client
    made = (Client,)
    alike = (Client, Contact)
    dates_in = ("signed_up",)
    birth_year = birth_year
    fields = (
        Field(
            "external_id",
            gettext_lazy("External id"),
            "external id, customer unique id, customer id, client id, account number, "
            "accountnumber c, seller id, contact id, record id, survey response id, "
            "user id, member id, customer number, id, oracle id c",
        ),
        Field(
            "name",
            gettext_lazy("Name"),
            "name, customer name, client name, account, account name, company name, "
            "display name, full name, customer, client, nom, nombre, nome",
        ),
        *PERSON,
        COMPANY,
        *REACH,
        *PLACE,
        MEDIUM,
        Field(
            "industry",
            gettext_lazy("Industry"),
            "industry, sector, business segment, branche, secteur, sector de actividad",
        ),
        Field(
            "signed_up",
            gettext_lazy("Signed up"),
            "signed up, signup date, sign up date, dt customer, became member on, "
            "created time, create date, created at, created, customer since, "
            "registration date, first seen, connected on",
        ),
        *BIRTH,
        Field("gender", gettext_lazy("Gender"), "gender, sex, genre, q demos gender"),
        Field(
            "spending_score",
            gettext_lazy("Spending score"),
            "spending score, spendingscore, spending score 1 100",
        ),
        OWNER,
        NOTES,
    )

    def values(self, cells):
        found = {
            "signed_up": self.read(cells, "signed_up", self.dates.day),
            "birth_year": self.birth_year(cells),
            "gender": cells.get("gender", ""),
            "industry": cells.get("industry", ""),
            "spending_score": self.read(
                cells, "spending_score", values.whole, 0, 32_000
            ),
        }
        self.reach(cells, found)
        found["name"] = cells.get("name") or cells.get("company") or person_of(cells)
        filled = {k: v for k, v in found.items() if v not in ("", None)}
        return fitting(Client, filled)

    def changes(self, row, verdict):
        # An age gives the year of birth to within one: that is no change.
        born = verdict.values.get("birth_year")
        by_age = "birth_year" not in verdict.cells
        if born and by_age and row.birth_year and abs(row.birth_year - born) <= 1:
            del verdict.values["birth_year"]
        found = super().changes(row, verdict)
        added = [text for text in remarks(verdict.cells) if text not in row.notes]
        if added:
            found["notes"] = "\n".join(filter(None, (row.notes, *added)))
        return found

    def built(self, verdict):
        cells, given = verdict.cells, verdict.values
        name = given.get("name") or given.get("email") or given.get("phone", "")
        person = OF_A_PERSON & cells.keys() or (
            person_of(cells) and not cells.get("company")
        )
        row = Client(
            kind=Client.Kind.PERSON if person else Client.Kind.FIRM,
            notes="\n".join(remarks(cells)),
            **given,
        )
        row.name = name or _("Client {id}").format(id=row.external_id)
        return row

    def write(self, verdicts):
        super().write(verdicts)
        people = [
            Contact(
                client=v.row,
                name=person_of(v.cells)[:150],
                email=v.row.email,
                phone=v.row.phone,
                is_primary=True,
            )
            for v in verdicts
            if v.outcome == CREATED
            and plain(person_of(v.cells)) not in ("", plain(v.row.name))
        ]
        Contact.objects.bulk_create(people)
        pks = [row.pk for row in people]
        keep_new(Contact, pks, by=self.job.by, reason=self.reason)
