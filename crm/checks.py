"""Mistakes that must stop a real start, and what `check --deploy` says about them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
DEMO_DOMAIN = "@demo.example"
SHORTEST_KEY = 50


def is_local() -> bool:
    """Whether only this machine is meant to reach the site."""
    return urlsplit(settings.SITE_URL).hostname in LOCAL_HOSTS


@register(Tags.security)
def check_secret_key(app_configs, **kwargs):
    """Sessions and signed links are worth as much as this key."""
    if settings.SECRET_KEY == "missing" and not settings.DEBUG:  # noqa: S105
        hint = (
            "Set SECRET_KEY to a long random text; `make install` writes one to .env."
        )
        return [Error("SECRET_KEY is not set.", hint=hint, id="crm.E001")]
    return []


@register(Tags.security)
def check_public_site(app_configs, **kwargs):
    """What suits a demo or a developer must not face the internet."""
    if is_local():
        return []
    found = []
    if settings.DEMO:
        hint = "The demo's passwords are known to everybody. Unset DEMO."
        found.append(
            Error("DEMO is on for a public SITE_URL.", hint=hint, id="crm.E002")
        )
    if settings.DEBUG:
        hint = "DEBUG shows source code and settings to visitors. Unset it."
        found.append(
            Error("DEBUG is on for a public SITE_URL.", hint=hint, id="crm.E003")
        )
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        hint = f"Use at least {SHORTEST_KEY} random letters."
        found.append(Error("SECRET_KEY is short.", hint=hint, id="crm.E004"))
    return found


@register(Tags.security, deploy=True)
def check_channels(app_configs, **kwargs):
    """A firm that cannot write to anybody notices late."""
    if settings.EMAIL_CONFIGURED:
        return []
    hint = "Set EMAIL_URL, for example smtp+tls://user:password@mail.example:587"
    return [Warning("E-mail is not set up.", hint=hint, id="crm.W001")]


@register(Tags.database)
def check_demo_logins(app_configs, databases=None, **kwargs):
    """The demo's people must not be left in a real firm's database."""
    if settings.DEMO or is_local() or not databases:
        return []
    try:
        people = get_user_model().objects.filter(email__endswith=DEMO_DOMAIN)
        found = people.filter(is_active=True).exists()
    except DatabaseError:
        return []  # not migrated yet
    if not found:
        return []
    hint = f"Start with an empty database, or block everybody whose e-mail ends in {DEMO_DOMAIN}."
    return [Error("There are demo logins in the database.", hint=hint, id="crm.E005")]


def refuse_unsafe_start() -> None:
    """Stop a web process before its first request if it would be unsafe."""
    ours = [check_secret_key, check_public_site, check_demo_logins]
    errors = [e for check in ours for e in check(None, databases=["default"])]
    if errors:
        raise ImproperlyConfigured(
            "\n".join(f"{e.id}: {e.msg} {e.hint}" for e in errors)
        )
