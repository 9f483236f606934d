"""Importing leads. A lead won by import starts no project and sends nothing."""

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz, process

from accounts.importing import values
from accounts.importing.base import CREATED, UPDATED, Field, Rejected
from accounts.importing.fields import (
    COMPANY,
    CURRENCY,
    MEDIUM,
    NOTES,
    OWNER,
    PERSON,
    PLACE,
    REACH,
)
from accounts.importing.people import PeopleImporter, fitting, person_of, remarks
from accounts.models import Client, Contact
from crm.lib.text import plain
from leads.assigning import Assigner
from leads.models import Interaction, Lead, Stage

CLOSE = 80  # per cent of equal letters from which a product is suggested
FIELDS = (
    Field(
        "external_id",
        gettext_lazy("External id"),
        "external id, mql id, lead id, opportunity id, deal id, record id, contact id, id",
    ),
    Field(
        "name",
        gettext_lazy("What it is about"),
        "name, lead name, deal name, opportunity name, opportunity, subject, project, "
        "nom, nome",
    ),
    Field(
        "contact_name",
        gettext_lazy("Contact"),
        "contact name, contact, full name, display name, person, ansprechpartner",
    ),
    *PERSON,
    COMPANY,
    *REACH,
    *PLACE,
    MEDIUM,
    Field(
        "stage",
        gettext_lazy("Stage"),
        "stage, deal stage, lead stage, status, lead status, pipeline stage, phase, "
        "statut, etapa, estado del lead",
    ),
    Field(
        "value",
        gettext_lazy("Value"),
        "value, amount, deal value, close value, deal amount, expected revenue, budget, "
        "montant, wert, valor, importe",
    ),
    CURRENCY,
    Field(
        "created",
        gettext_lazy("Came in"),
        "created, created time, created at, create date, date created, "
        "first contact date, engage date, first seen, connected on, submitted at, "
        "erstellt, creado, date",
    ),
    Field(
        "closed",
        gettext_lazy("Closed"),
        "closed, closed at, close date, closed date, won date",
    ),
    OWNER,
    Field("product", gettext_lazy("Product"), "product, product interest, interest"),
    Field(
        "lost_reason",
        gettext_lazy("Why it was lost"),
        "lost reason, closed lost reason, reason lost",
    ),
    NOTES,
)


class LeadImporter(PeopleImporter):
    kind = "leads"
    model = Lead
    made = (Lead,)
    alike = (Lead, Client, Contact)
    rests_on = ("interactions",)
    dates_in = ("created", "closed")
    fields = FIELDS

    def __init__(self, job, columns):
        super().__init__(job, columns)
        self.stages = {plain(stage.name): stage for stage in Stage.objects.all()}
        self.first = {kind: Stage.first_of(kind) for kind in Stage.Kind.values}
        self.products = self.known_products()
        self.clients: dict[str, Client] = {}

    def known_products(self):
        """Names of products by spelling; the app that has products fills it (crm)."""
        return {}

    def values(self, cells):
        found = {
            "contact_name": person_of(cells),
            "company": cells.get("company", ""),
            "value": self.value(cells),
            "currency": self.currency(cells),
            "created": self.read(cells, "created", self.past),
            "closed": self.read(cells, "closed", self.dates.moment),
            "lost_reason": cells.get("lost_reason", ""),
            "interest": cells.get("product", ""),
        }
        self.reach(cells, found)
        found["name"] = self.title(cells, found)
        filled = {k: v for k, v in found.items() if v not in ("", None)}
        return fitting(Lead, filled)

    def past(self, text):
        """A time that is not after today, where the firm is."""
        found = self.dates.moment(text)
        today = timezone.localdate(timezone=self.zone)
        if found.astimezone(self.zone).date() > today:
            raise ValueError(_("“{text}” is in the future").format(text=text))
        return found

    def title(self, cells, found):
        """What the lead is about, by its name, else product and firm, else its people."""
        about = " – ".join(filter(None, (cells.get("product"), found["company"])))
        about = about if "product" in cells else ""
        return cells.get("name") or about or found["contact_name"] or found["company"]

    def value(self, cells):
        amount = self.read(cells, "value", values.amount)
        return None if amount is None else round(amount, 2)

    def currency(self, cells):
        code = cells.get("currency", "").upper()
        if code and not (len(code) == 3 and code.isalpha()):
            raise Rejected(_("“{code}” is not a currency code").format(code=code))
        return code

    def called(self, row):
        return plain(f"{row.name} {row.contact_name} {row.company}")

    # --- look-ups ---------------------------------------------------------------
    def stage_of(self, cells):
        """The stage by its name, then by its kind; None when nothing fits."""
        key = plain(cells.get("stage", ""))
        if key in self.stages:
            return self.stages[key]
        words = set(key.replace("-", " ").replace("_", " ").split())
        kind = next((k for k in ("won", "lost", "open") if k in words), None)
        return self.first[kind] if kind else None

    def look_up(self, verdicts):
        """Clients of the firms named, where exactly one is called so."""
        names = {v.cells["company"] for v in verdicts if "company" in v.cells}
        if not names:
            return
        by = self.job.by
        rows = Client.objects.editable_by(by) if by else Client.objects.alive()
        rows = rows.annotate(low=Lower("name")).select_related("owner__department")
        self.clients, several = {}, set()
        for row in rows.filter(low__in=[name.lower() for name in names]):
            key = row.name.lower()
            several |= {key} & self.clients.keys()
            self.clients[key] = row
        for key in several:
            del self.clients[key]

    def check_product(self, cells):
        """Remark a product that is none of ours, with the nearest spelling."""
        name = cells.get("product", "")
        if not name or not self.products or plain(name) in self.products:
            return
        near = process.extractOne(
            plain(name), list(self.products), scorer=fuzz.ratio, score_cutoff=CLOSE
        )
        hint = self.products[near[0]] if near else ""
        self.notes.add("product-near" if near else "product", name, hint)

    # --- rows -------------------------------------------------------------------
    def decide(self, verdict, known, mine):
        super().decide(verdict, known, mine)
        self.check_product(verdict.cells)
        unknown = "stage" in verdict.cells and self.stage_of(verdict.cells) is None
        if unknown and verdict.outcome in (CREATED, UPDATED):
            first = self.first[Stage.Kind.OPEN].name
            self.notes.add("stage", verdict.cells["stage"], first)

    def changes(self, row, verdict):
        given = verdict.values
        stage = self.stage_of(verdict.cells)
        if "name" not in verdict.cells:
            given.pop("name", None)  # made from other cells: only a new lead needs it
        moved = self.moved(row, stage, given)
        if row.is_open and (stage is None or stage.kind == Stage.Kind.OPEN):
            given.pop("closed", None)
        return super().changes(row, verdict) | moved

    def moved(self, row, stage, given):
        """The columns of another stage; a closed lead is not reopened by a file."""
        if stage is None or stage.pk == row.stage_id:
            return {}
        if not row.is_open:
            self.notes.add("closed")
            return {}
        if stage.kind == Stage.Kind.OPEN:
            return {
                "stage": stage,
                "state": stage.kind,
                "stage_since": timezone.now(),
            }
        closed = given.get("closed") or timezone.now()
        return {
            "stage": stage,
            "state": stage.kind,
            "stage_since": closed,
            "closed": closed,
        }

    def built(self, verdict):
        cells, given = verdict.cells, dict(verdict.values)
        stage = self.stage_of(cells) or self.first[Stage.Kind.OPEN]
        closed = given.pop("closed", None)
        created = given.setdefault("created", timezone.now())
        given.setdefault("currency", self.currency_here)
        is_open = stage.kind == Stage.Kind.OPEN
        closed = None if is_open else closed or timezone.now()
        row = Lead(
            stage=stage,
            state=stage.kind,
            stage_since=closed or created,
            closed=closed,
            client=self.clients.get(cells.get("company", "").lower()),
            **given,
        )
        row.name = row.name or row.email or str(row.phone or "") or row.external_id
        if row.client and row.client.owner:
            row.owner, row.department = row.client.owner, row.client.department
        if is_open and not (row.owner or row.client):
            self.assigner.place(row)
        return row

    def write(self, verdicts):
        self.assigner = Assigner()
        super().write(verdicts)
        self.assigner.keep_turns()
        written = [
            v for v in verdicts if v.outcome in (CREATED, UPDATED) and remarks(v.cells)
        ]
        texts = {v.row.pk: "\n".join(remarks(v.cells)) for v in written}
        notes = Interaction.objects.filter(
            lead__in=texts, kind=Interaction.Kind.NOTE, text__in=set(texts.values())
        )
        there = set(notes.values_list("lead_id", "text"))
        Interaction.objects.bulk_create(
            Interaction(lead=v.row, kind="note", text=texts[v.row.pk], by=self.job.by)
            for v in written
            if (v.row.pk, texts[v.row.pk]) not in there
        )
