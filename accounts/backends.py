"""Who may sign in: allauth's way, but demo logins only in the demo."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


def is_shut(user):
    """A demo login outside the demo, whose password everybody knows."""
    return user.is_demo and not settings.DEMO


class Backend(AuthenticationBackend):
    """User name or e-mail and password; demo people only while DEMO is on."""

    def _check_password(self, user, password):
        # Before allauth's own check: that one would still let an active user in.
        if user and is_shut(user):
            return super()._check_password(None, password)
        return super()._check_password(user, password)

    def get_user(self, user_id):
        user = super().get_user(user_id)
        return None if user and is_shut(user) else user
