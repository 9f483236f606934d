"""Stages, edited freely; leads, by their verbs."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy as _

from crm.lib.admin import Business, SetUp, each, verb
from leads.models import Interaction, Lead, Stage


@admin.register(Stage)
class StageAdmin(SetUp):
    list_display = ["name", "kind", "position"]
    list_editable = ["position"]


class ReasonForm(ActionForm):
    reason = forms.CharField(
        label=_("Reason, for “lose”"), required=False, max_length=200
    )


@admin.action(description=_("Lose"))
def lose(modeladmin, request, queryset):
    reason = request.POST.get("reason", "").strip()[:200] or str(_("No reason given"))
    each(
        modeladmin,
        request,
        queryset,
        lambda lead: lead.lose(reason=reason, by=request.user),
    )


@admin.register(Lead)
class LeadAdmin(Business):
    list_display = [
        "name",
        "stage",
        "medium",
        "owner",
        "department",
        "value",
        "currency",
        "created",
    ]
    list_filter = ["state", "stage", "medium", "department"]
    list_select_related = ["stage", "medium", "owner", "department"]
    search_fields = ["search__contains"]
    ordering = ["-created", "-pk"]
    action_form = ReasonForm
    actions = [
        verb("win", _("Win")),
        lose,
        verb("reopen", _("Reopen")),
        verb("trash", _("Move to the trash")),
        verb("restore", _("Restore")),
    ]


@admin.register(Interaction)
class InteractionAdmin(Business):
    list_display = ["at", "kind", "direction", "medium", "lead", "client", "by"]
    list_filter = ["kind", "direction"]
    list_select_related = ["medium", "lead", "client", "by"]
    ordering = ["-pk"]
