"""`manage.py serve`: the system for a real firm, which begins with a link for its first admin."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.utils.translation import gettext as _

from accounts.actions import invite_first_admin
from accounts.models import User
from crm.checks import refuse_unsafe_start
from crm.management.serving import Serving


class Command(Serving):
    help = "Run Linden for a real firm: broker, web server, worker, scheduler."

    def handle(self, **options):
        if settings.DEMO or settings.DEBUG:
            raise CommandError(
                _("A real firm runs with DEMO=false and DEBUG=false: unset them.")
            )
        self.run()

    def env(self):
        """Styles and scripts as they lie here: compressing them all takes a minute."""
        return {"STATIC_FROM_SOURCE": "true"}

    def prepare(self, supervisor):
        try:
            refuse_unsafe_start()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error

    def screen(self, logs, seconds):
        lines = [
            "",
            _("Linden runs at %(url)s (started in %(seconds).1f s)")
            % {"url": settings.SITE_URL, "seconds": seconds},
            *self.first_steps(),
            "",
            _("Logs:          %s") % logs,
            _("What is missing:  .venv/bin/python manage.py check_setup"),
            _("Press Ctrl-C to stop."),
        ]
        return "\n".join(lines)

    def first_steps(self):
        """The link for the first admin; what is odd about the database."""
        link = invite_first_admin()
        if link:
            yield ""
            yield _("Nobody runs it yet. This link makes its first admin, once:")
            yield f"  {link}"
        if User.objects.filter(is_demo=True).exists():
            yield ""
            yield _(
                "The demo world is in this database; its logins are refused. "
                "An admin removes it from the home page."
            )
