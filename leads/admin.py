"""Stages, edited freely; leads, by their verbs."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy as _

from crm.lib.admin import Business, SetUp, each, verb
from leads.models import (
    Absence,
    AssignmentRule,
    BookingPage,
    Interaction,
    Lead,
    LostReason,
    Meeting,
    MeetingGuest,
    MeetingKind,
    MeetingReminder,
    MeetingRules,
    MeetingSlot,
    Note,
    Spend,
    Stage,
    Submission,
    Task,
    WebForm,
    WorkHours,
)


@admin.register(Stage)
class StageAdmin(SetUp):
    list_display = ["name", "kind", "position"]
    list_editable = ["position"]


@admin.register(LostReason)
class LostReasonAdmin(SetUp):
    list_display = ["name", "position"]
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


@admin.register(MeetingKind)
class MeetingKindAdmin(SetUp):
    list_display = ["name", "minutes", "where", "for_clients", "position"]
    list_editable = ["position"]


@admin.register(BookingPage)
class BookingPageAdmin(SetUp):
    list_display = ["slug", "person", "is_on", "medium"]
    list_select_related = ["person", "medium"]
    list_filter = ["is_on"]


@admin.register(WorkHours)
class WorkHoursAdmin(SetUp):
    list_display = ["person", "weekday", "starts", "ends"]
    list_select_related = ["person"]
    list_filter = ["weekday"]


@admin.register(MeetingRules)
class MeetingRulesAdmin(SetUp):
    list_display = ["person", "before", "after"]
    list_select_related = ["person"]


@admin.register(Absence)
class AbsenceAdmin(Business):
    list_display = ["person", "kind", "first", "last", "note"]
    list_select_related = ["person"]
    list_filter = ["kind"]
    actions = [verb("withdraw", _("Take back"))]


@admin.register(Meeting)
class MeetingAdmin(Business):
    list_display = ["starts", "title", "host", "lead", "client", "state"]
    list_select_related = ["host", "lead", "client"]
    list_filter = ["state", "kind"]
    search_fields = ["title__icontains"]
    ordering = ["-pk"]
    actions = [verb("hold", _("Note as held")), verb("cancel", _("Cancel"))]


@admin.register(MeetingGuest)
class MeetingGuestAdmin(Business):
    list_display = ["meeting", "name", "email", "phone"]
    list_select_related = ["meeting"]
    ordering = ["-pk"]


@admin.register(MeetingReminder)
class MeetingReminderAdmin(Business):
    list_display = ["due", "meeting", "kind", "done"]
    list_select_related = ["meeting"]
    list_filter = ["kind"]
    ordering = ["-pk"]


@admin.register(MeetingSlot)
class MeetingSlotAdmin(Business):
    list_display = ["start", "host", "meeting"]
    list_select_related = ["host", "meeting"]
    ordering = ["-pk"]


@admin.register(Task)
class TaskAdmin(Business):
    list_display = ["title", "owner", "due", "done", "lead", "client", "by"]
    list_filter = ["remind", "department"]
    list_select_related = ["owner", "lead", "client", "by"]
    ordering = ["-pk"]
    actions = [
        verb("finish", _("Done")),
        verb("reopen", _("Reopen")),
        verb("trash", _("Move to the trash")),
        verb("restore", _("Restore")),
    ]


@admin.register(Note)
class NoteAdmin(Business):
    list_display = ["at", "text", "by", "lead", "client", "client_visible"]
    list_select_related = ["by", "lead", "client"]
    ordering = ["-pk"]


@admin.register(WebForm)
class WebFormAdmin(SetUp):
    list_display = ["name", "slug", "medium", "department", "owner", "is_open"]
    list_select_related = ["medium", "department", "owner"]


@admin.register(Submission)
class SubmissionAdmin(Business):
    list_display = ["at", "form", "lead", "is_new"]
    list_select_related = ["form", "lead"]
    list_filter = ["form", "is_new"]
    ordering = ["-pk"]


@admin.register(AssignmentRule)
class AssignmentRuleAdmin(SetUp):
    list_display = ["position", "name", "is_on", "person", "team", "how", "hours"]
    list_display_links = ["name"]
    list_select_related = ["person", "team"]
    ordering = ["position", "pk"]


@admin.register(Spend)
class SpendAdmin(SetUp):
    list_display = ["medium", "month", "amount", "currency", "department"]
    list_filter = ["currency", "department"]
    list_select_related = ["medium", "department"]
    ordering = ["-month", "-pk"]
