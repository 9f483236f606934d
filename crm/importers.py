"""Every kind of import, and running one as a command or in the background."""

import logging
from functools import partial
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.importing import guess
from accounts.importing.clients import ClientImporter
from accounts.importing.contacts import ContactImporter
from accounts.importing.reader import Unreadable, open_table
from accounts.importing.run import SLICE, Interrupted, carry_out, refuse_too_many
from accounts.importing.undo import take_back
from accounts.models import Import
from crm.lib.jobs import nudge
from crm.lib.text import plain
from leads.importing import LeadImporter
from leads.spend_importing import SpendImporter
from sales.importing.products import ProductImporter
from sales.importing.purchases import PurchaseImporter
from sales.importing.visits import VisitImporter
from sales.models import Product

log = logging.getLogger(__name__)


class LeadAndProductImporter(LeadImporter):
    """Leads whose product is looked up among what is sold."""

    def known_products(self):
        rows = Product.objects.values_list("name", "code")
        return {
            plain(spelling): name for name, code in rows for spelling in (name, code)
        }


IMPORTERS = {
    "leads": LeadAndProductImporter,
    "clients": ClientImporter,
    "contacts": ContactImporter,
    "purchases": PurchaseImporter,
    "products": ProductImporter,
    "spend": SpendImporter,
    "visits": VisitImporter,
}


def guessed(table, cells, file_name=""):
    """How much a table is like each kind, and the mapping of every kind."""
    mappings = {
        kind: guess.guess_mapping(table.columns, cells, importer.fields)
        for kind, importer in IMPORTERS.items()
    }
    empty = {
        c
        for c, column in zip(table.columns, zip(*cells, strict=False), strict=False)
        if not any(map(str.strip, column))
    }
    said = {
        kind: {name: column for name, column in mapping.items() if column not in empty}
        for kind, mapping in mappings.items()
    }
    return guess.scores(table.columns, said, file_name), mappings


def stranger(job, table):
    """In a sentence, that the file clearly holds something else than was chosen."""
    found, _mappings = guessed(table, samples(table), Path(job.name).stem)
    other = guess.other_kind(job.kind, found)
    text = _("{file} looks like a file of {other}, not of {chosen}.")
    labels = {kind: str(label).lower() for kind, label in Import.Kind.choices}
    return other and text.format(
        file=job.name, other=labels[other], chosen=labels[job.kind]
    )


def draft(upload, by):
    """A prepared import of an uploaded file, its kind and columns remembered or guessed.

    Unreadable, and nothing kept, when the file is no table or has too many rows.
    """
    job = Import(name=upload.name[:200], by=by, state=Import.State.DRAFT)
    job.file.save(upload.name, upload, save=False)
    try:
        table = open_table(job.file.path)
        refuse_too_many(sum(1 for _record in table))
    except Unreadable:
        job.file.delete(save=False)
        raise
    job.shape = guess.shape_of(table.columns) if table.names_columns else ""
    if last := Import.objects.visible_to(by).remembered(job.shape).first():
        job.kind, job.mapping, job.constants = last.kind, last.mapping, last.constants
    else:
        likely, mappings = guessed(table, samples(table), Path(job.name).stem)
        job.kind = max(likely, key=likely.__getitem__)
        job.mapping = mappings[job.kind]
    job.save()
    return job


def last_alike(job, by):
    """The import whose kind and columns this one took over, or None."""
    last = Import.objects.visible_to(by).remembered(job.shape).first()
    same = last and (last.kind, last.mapping) == (job.kind, job.mapping)
    return last if same else None


def samples(table):
    """The cells of the first records."""
    return [record.cells for record in islice(table, 50)]


def run_import(pk):
    """Do the import if it waits for a worker; go on where the last worker stopped."""
    if not Import.objects.claim(pk):
        return
    names = ("by__department", "owner__department", "undoes__by")
    job = Import.objects.select_related(*names).get(pk=pk)
    if job.gave_up or not (job.file or job.undoes):
        text = _("It was started {n} times and never came to its end.")
        job.fail(f"{text.format(n=job.attempts - 1)} {kept_words(job)}")
        return
    try:
        if job.undoes:
            done = take_back(job, IMPORTERS[job.kind], seconds=SLICE)
        else:
            done = carry_out(job, IMPORTERS[job.kind], job.file.path, seconds=SLICE)
    except Interrupted:
        log.info("import %s was cancelled or taken over", pk)
    except Unreadable as error:
        job.fail(f"{error} {kept_words(job)}")
    except Exception:
        log.exception("import %s failed", pk)
        text = _("Something unexpected went wrong; the log says what.")
        job.fail(f"{text} {kept_words(job)}")
    else:
        if not done:
            go_on_later(job)


def go_on_later(job):
    """Leave a long import to the queue, so that others get their turn."""
    job.state, job.attempts = Import.State.QUEUED, 0
    job.save(update_fields=["state", "attempts"])
    transaction.on_commit(partial(nudge, "crm.run_import", job.pk))


def kept_words(job):
    """What an import that ends early leaves behind."""
    if not job.position:
        return _("Nothing was imported.")
    text = _("The first {n} rows were imported and stay.")
    return text.format(n=job.position)
