"""Which site the admin is; this loads before any model, so the site stands elsewhere."""

from django.contrib.admin.apps import AdminConfig


class Config(AdminConfig):
    default_site = "crm.pages.admin_site.Site"
