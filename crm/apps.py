from allauth.account.apps import AccountConfig
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from crm import checks  # noqa: F401 - importing them registers them


class Config(AppConfig):
    default = True
    name = "crm"


class SignIn(AccountConfig):
    """The library's app; its own name is that of our accounts."""

    verbose_name = _("Sign-in")
