"""What the import commands share: options, one import in process, the last line."""

import sys
from collections import Counter
from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.importing.base import REJECTED
from accounts.importing.guess import guess_mapping, header_key
from accounts.importing.notes import sentences
from accounts.importing.reader import Unreadable, open_table
from accounts.importing.run import carry_out
from accounts.models import Import, User
from crm.importers import IMPORTERS, stranger

SHOWN = 20  # rejected rows told on stderr


class ImportCommand(BaseCommand):
    """Import a file in process; it needs no broker and no worker."""

    kind = ""

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--owner", help="e-mail of the colleague who owns new rows")
        parser.add_argument("--map", default="", help="field=column,…", dest="mapping")
        parser.add_argument("--set", default="", help="field=value,…", dest="constants")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args, file, owner, mapping, constants, dry_run, **options):
        importer = IMPORTERS[self.kind]
        try:
            table = open_table(file)
        except FileNotFoundError:
            raise CommandError(f"There is no file {file}.") from None
        except (Unreadable, OSError) as error:
            raise CommandError(str(error)) from None
        job = Import(
            kind=self.kind,
            name=file.name[:200],
            mapping=self.mapping(table, importer, mapping),
            constants=self.constants(importer, constants),
            owner=self.owner(owner),
            state=Import.State.RUNNING,
            attempts=1,
            started=timezone.now(),
            heartbeat=timezone.now(),
        )
        if not mapping and (text := stranger(job, table)):
            hint = f"Say with --map which column is what if it is one of {self.kind}."
            raise CommandError(f"{text} {hint}")
        job.is_trial = dry_run
        if not dry_run:
            job.save()
        self.carry_out(job, importer, file)

    def carry_out(self, job, importer, file):
        shown = Counter()

        def tell(verdicts):
            for verdict in verdicts:
                if verdict.outcome == REJECTED:
                    shown[REJECTED] += 1
                    if shown[REJECTED] <= SHOWN:
                        line = verdict.record.line
                        self.stderr.write(f"line {line}: {verdict.reason}")

        try:
            carry_out(job, importer, file, seen=tell)
        except Unreadable as error:
            if not job.is_trial:
                job.fail(str(error))
            raise CommandError(str(error)) from None
        if shown[REJECTED] > SHOWN:
            self.stderr.write(f"… and {shown[REJECTED] - SHOWN} more rejected rows")
        for sentence in sentences(job.notes):
            self.stderr.write(sentence)
        sys.stderr.flush()
        self.stdout.write(job.summary)

    def mapping(self, table, importer, text):
        """The columns asked for; those named exactly like a field need no asking."""
        asked = pairs(text, "--map")
        refuse_unknown(asked, importer, "--map")
        samples = [record.cells for record in islice(table, 50)]
        if not asked:
            return guess_mapping(table.columns, samples, importer.fields)
        by_key = {header_key(column): column for column in reversed(table.columns)}
        found = {}
        for field, column in asked.items():
            exact = (
                column if column in table.columns else by_key.get(header_key(column))
            )
            if exact is None:
                known = ", ".join(table.columns)
                raise CommandError(
                    f"--map: the file has no column “{column}”. It has: {known}"
                )
            found[field] = exact
        for field in importer.fields:
            column = by_key.get(field.name.replace("_", " "))
            if column and field.name not in found and column not in found.values():
                found[field.name] = column
        return found

    def constants(self, importer, text):
        found = pairs(text, "--set")
        refuse_unknown(found, importer, "--set")
        return found

    def owner(self, email):
        if not email:
            return None
        found = User.objects.sellers().filter(email__iexact=email).first()
        if found is None:
            raise CommandError(
                f"--owner: nobody who can own rows has the e-mail {email}."
            )
        return found


def pairs(text, option):
    """ "a=b,c=d" as a dict; a value may hold commas."""
    found, last = {}, None
    for part in filter(None, text.split(",")):
        name, mark, value = part.partition("=")
        if mark:
            last = name.strip()
            found[last] = value.strip()
        elif last:
            found[last] += f",{part}"
        else:
            raise CommandError(f"{option}: write field=value, not “{part}”.")
    return found


def refuse_unknown(asked, importer, option):
    known = {field.name for field in importer.fields}
    wrong = sorted(asked.keys() - known)
    if wrong:
        raise CommandError(
            f"{option}: there is no field “{wrong[0]}”. "
            f"The fields are: {', '.join(field.name for field in importer.fields)}"
        )
