"""`manage.py check_setup`: what works and what is missing, in words."""

from django.conf import settings
from django.core.checks import run_checks
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from crm.health import check_parts


class Command(BaseCommand):
    help = "Say which parts of the installation work and what to do about the others."
    requires_system_checks = []  # it shows their findings instead of stopping at them

    def handle(self, **options):
        missing = 0
        for name, works in self.rows():
            missing += not works
            sign = (
                self.style.SUCCESS("ok     ") if works else self.style.ERROR("missing")
            )
            self.stdout.write(f"{sign} {name}")
        problems = run_checks(include_deployment_checks=True, databases=["default"])
        for problem in problems:
            self.stdout.write(f"{self.style.WARNING('check')}   {problem}")
        if missing or any(problem.is_serious() for problem in problems):
            raise CommandError(_("The installation is not complete."))

    def rows(self):
        """Each part with whether it works."""
        words = {
            "database": _("Database answers"),
            "migrations": _("All migrations are applied (manage.py migrate)"),
            "broker": _("Broker answers (REDIS_URL, or the embedded one)"),
            "worker": _("A worker is alive (celery -A crm worker, celery -A crm beat)"),
        }
        for name, works in check_parts().items():
            yield words[name], works
        yield _("E-mail is set up (EMAIL_URL)"), settings.EMAIL_CONFIGURED
        sms = all([settings.TWILIO_ACCOUNT_SID, settings.TWILIO_FROM])
        yield (
            _("SMS is set up (TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM)"),
            sms,
        )
