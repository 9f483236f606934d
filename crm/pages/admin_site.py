"""The admin site: Django's, with our index of pies."""

from django.contrib.admin import AdminSite

from analytics.panels import admin_pies


class Site(AdminSite):
    site_header = "Linden"

    def has_permission(self, request):
        return request.user.is_active and getattr(request.user, "role", "") == "admin"

    def index(self, request, extra_context=None):
        """Django's list of tables, below the figures of the firm."""
        pies = admin_pies(request.user)
        return super().index(request, {"pies": pies, **(extra_context or {})})
