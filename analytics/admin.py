"""Runs and what they found, to look up."""

from django.contrib import admin

from analytics.models import Figure, Forecast, Group, Membership, Run, StageRate
from crm.lib.admin import Business


@admin.register(Run)
class RunAdmin(Business):
    list_display = ["created", "kind", "state", "percent", "origin", "by", "rows_read"]
    list_filter = ["kind", "state"]
    list_select_related = ["by"]
    exclude = ["arrays"]
    ordering = ["-pk"]


@admin.register(Group)
class GroupAdmin(Business):
    list_display = ["run", "number", "name", "radius_km"]
    list_select_related = ["run"]
    ordering = ["-pk"]


@admin.register(Figure)
class FigureAdmin(Business):
    list_display = [
        "run",
        "place",
        "medium",
        "value_class",
        "owner",
        "clients",
        "leads",
        "won",
    ]
    list_select_related = ["run", "place", "medium", "owner"]
    ordering = ["-pk"]


@admin.register(Membership)
class MembershipAdmin(Business):
    list_display = ["run", "client", "value_class", "cluster", "purchases"]
    list_filter = ["value_class"]
    list_select_related = ["run", "client"]
    ordering = ["-pk"]


@admin.register(StageRate)
class StageRateAdmin(Business):
    list_display = ["stage", "owner", "department", "won", "lost"]
    list_filter = ["stage"]
    list_select_related = ["stage", "owner", "department"]
    ordering = ["-pk"]


@admin.register(Forecast)
class ForecastAdmin(Business):
    list_display = ["month", "owner", "currency", "leads", "value", "weighted", "made"]
    list_filter = ["currency"]
    list_select_related = ["owner"]
    ordering = ["-month", "-pk"]
