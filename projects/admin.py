"""Templates, edited freely; projects, to look up and by their verbs."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from crm.lib.admin import Business, SetUp, verb
from projects.models import (
    Document,
    DocumentVersion,
    LateNotice,
    LogEntry,
    Milestone,
    Post,
    Project,
    ProjectMember,
    ProjectTemplate,
    Request,
    RequestPost,
    ServiceRule,
    Start,
    TaskOfProject,
    TemplateMilestone,
    TemplateTask,
    TimeEntry,
)


class StepInline(admin.TabularInline):
    model = TemplateMilestone
    extra = 1


@admin.register(ProjectTemplate)
class ProjectTemplateAdmin(SetUp):
    list_display = ["name", "description"]
    inlines = [StepInline]


@admin.register(TemplateMilestone)
class TemplateMilestoneAdmin(SetUp):
    list_display = ["name", "template", "days", "position"]
    list_select_related = ["template"]


@admin.register(TemplateTask)
class TemplateTaskAdmin(SetUp):
    list_display = ["title", "milestone", "days", "planned_for"]
    list_select_related = ["milestone"]


@admin.register(Project)
class ProjectAdmin(Business):
    list_display = ["name", "client", "state", "starts", "due", "finished"]
    list_filter = ["state"]
    list_select_related = ["client"]
    search_fields = ["name__icontains"]
    ordering = ["-pk"]
    actions = [
        verb("trash", _("Move to the trash")),
        verb("restore", _("Restore")),
    ]


@admin.register(ProjectMember)
class ProjectMemberAdmin(Business):
    list_display = ["user", "project", "right"]
    list_select_related = ["user", "project"]
    ordering = ["-pk"]


@admin.register(Milestone)
class MilestoneAdmin(Business):
    list_display = [
        "name",
        "project",
        "state",
        "planned_on",
        "done_on",
        "client_visible",
    ]
    list_filter = ["state"]
    list_select_related = ["project"]
    ordering = ["-pk"]
    actions = [
        verb("start", _("Start")),
        verb("finish", _("Mark as done")),
        verb("reopen", _("Reopen")),
    ]


@admin.register(LateNotice)
class LateNoticeAdmin(Business):
    list_display = ["at", "milestone", "planned_on", "told_client"]
    list_select_related = ["milestone"]
    ordering = ["-pk"]


@admin.register(LogEntry)
class LogEntryAdmin(Business):
    list_display = ["at", "project", "kind", "text", "client_visible", "by"]
    list_filter = ["kind", "client_visible"]
    list_select_related = ["project", "by"]
    ordering = ["-pk"]


@admin.register(Post)
class PostAdmin(Business):
    list_display = ["at", "client", "project", "text", "by"]
    list_select_related = ["client", "project", "by"]
    ordering = ["-pk"]


@admin.register(Start)
class StartAdmin(Business):
    list_display = ["at", "project", "by"]
    list_select_related = ["project", "by"]
    ordering = ["-pk"]


@admin.register(TaskOfProject)
class TaskOfProjectAdmin(Business):
    list_display = ["task", "project", "milestone", "state"]
    list_filter = ["state"]
    list_select_related = ["task", "project", "milestone"]
    ordering = ["-pk"]


@admin.register(Document)
class DocumentAdmin(Business):
    list_display = ["name", "project", "number", "client_visible", "created"]
    list_filter = ["client_visible"]
    list_select_related = ["project"]
    search_fields = ["name__icontains"]
    ordering = ["-pk"]
    actions = [
        verb("trash", _("Move to the trash")),
        verb("restore", _("Restore")),
    ]


@admin.register(DocumentVersion)
class DocumentVersionAdmin(Business):
    list_display = ["name", "document", "number", "size", "by", "at"]
    list_select_related = ["document", "by"]
    exclude = ["file"]  # files are read through the gate alone
    ordering = ["-pk"]


@admin.register(TimeEntry)
class TimeEntryAdmin(Business):
    list_display = ["day", "project", "by", "hours", "note"]
    list_select_related = ["project", "by"]
    ordering = ["-pk"]


@admin.register(Request)
class RequestAdmin(Business):
    list_display = ["subject", "client", "state", "department", "owner", "created"]
    list_filter = ["state", "kind", "origin"]
    list_select_related = ["client", "department", "owner"]
    search_fields = ["subject__icontains"]
    ordering = ["-pk"]
    actions = [
        verb("solve", _("Mark as solved")),
        verb("reopen", _("Open again")),
    ]


@admin.register(RequestPost)
class RequestPostAdmin(Business):
    list_display = ["at", "request", "text", "internal", "by"]
    list_filter = ["internal"]
    list_select_related = ["request", "by"]
    ordering = ["-pk"]


@admin.register(ServiceRule)
class ServiceRuleAdmin(SetUp):
    list_display = ["subject", "cause", "days", "scope", "team", "is_on"]
    list_filter = ["cause", "is_on"]
    list_select_related = ["scope", "team"]
