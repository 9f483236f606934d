"""Run analyses in this process and wait for them; no broker is needed."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from analytics import exports
from analytics.models import Run, tomorrow
from analytics.reports import answer
from crm.lib.jobs import Job

ALL = "all"


class Command(BaseCommand):
    help = "Run the analyses and print what they found."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=[*Run.Kind.values, ALL])
        parser.add_argument(
            "--reference-date", type=date.fromisoformat, metavar="YYYY-MM-DD"
        )
        parser.add_argument("--out", type=Path, metavar="FILE.csv")

    def handle(self, *, kind, reference_date, out, **options):
        if out and kind == ALL:
            raise CommandError("--out needs one analysis, not all of them.")
        kinds = Run.Kind.values if kind == ALL else [kind]
        for each in kinds:
            run = self.carry_out(each, reference_date or tomorrow())
            if out:
                with out.open("w", newline="", encoding="utf-8") as file:
                    count = exports.write(run, file)
                self.stdout.write(f"{count} rows written to {out}")

    def carry_out(self, kind, day):
        from analytics import runs

        run = runs.start(Run(kind=kind, reference_date=day, origin="command"))
        run.refresh_from_db()
        if run.state != Job.State.DONE:
            raise CommandError(f"{kind}: {run.error or run.get_state_display()}")
        self.stdout.write(f"{kind}: {answer.of_firm(run)}")
        self.stdout.write(f"  {answer.quality(run)}")
        return run
