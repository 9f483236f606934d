"""The admin site: Django's, with our index of pies."""

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect

from analytics.panels import admin_pies


class Site(AdminSite):
    site_header = "Linden"
    enable_nav_sidebar = False  # the width belongs to the tables

    def has_permission(self, request):
        return request.user.is_active and getattr(request.user, "role", "") == "admin"

    def login(self, request, extra_context=None):
        """Never Django's own form, which knows no second factor: the one sign-in page."""
        if request.user.is_authenticated:
            if self.has_permission(request):
                return redirect("admin:index")
            raise Http404
        after = request.GET.get(REDIRECT_FIELD_NAME) or request.get_full_path()
        return redirect_to_login(after)

    def index(self, request, extra_context=None):
        """Django's list of tables, below the figures of the firm."""
        pies = admin_pies(request.user)
        return super().index(request, {"pies": pies, **(extra_context or {})})
