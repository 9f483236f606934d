"""How allauth behaves here: no open sign-up, and its mails go through our outbox."""

from allauth.account.adapter import DefaultAccountAdapter

from notifications.actions import send
from notifications.models import Channel


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False  # people come by invitation

    def send_mail(self, template_prefix, email, context):
        """Queue what allauth wants to tell somebody, like every other message."""
        mail = self.render_mail(template_prefix, email, {"email": email, **context})
        words = {"subject": mail.subject, "body": mail.body}
        send(Channel.EMAIL, email, kind="account", secret=True, **words)
