from django.apps import AppConfig

from crm import checks  # noqa: F401 - importing them registers them


class Config(AppConfig):
    name = "crm"
