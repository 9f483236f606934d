"""People and set-up, edited freely; clients, by their verbs."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from accounts.forms.setup import locked_field
from accounts.models import (
    ApiToken,
    ChangeRequest,
    Client,
    Contact,
    DemoWorld,
    Department,
    ErasureRequest,
    Export,
    Firm,
    Import,
    Invitation,
    Medium,
    Place,
    Replay,
    User,
    Viewing,
)
from crm.lib.admin import Business, CappedPaginator, SetUp, verb

BLOCKING = [verb("block", _("Block")), verb("unblock", _("Unblock"))]


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = [
        "username",
        "first_name",
        "last_name",
        "email",
        "role",
        "department",
        "is_active",
    ]
    list_filter = ["role", "department", "is_active"]
    list_select_related = ["department"]
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    search_fields = ["username", "email", "first_name", "last_name"]
    readonly_fields = ["last_login", "date_joined", "blocked"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (
            _("Person"),
            {
                "fields": [
                    "first_name",
                    "last_name",
                    "email",
                    "phone",
                    "zone",
                    "language",
                ]
            },
        ),
        (_("Rights"), {"fields": ["role", "department", "blocked"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "email",
                    "role",
                    "department",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        ),
    ]
    filter_horizontal = []
    actions = BLOCKING

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change or "email" in form.changed_data:
            obj.confirm_email()


@admin.register(Department)
class DepartmentAdmin(SetUp):
    list_display = ["name"]
    search_fields = ["name"]


@admin.register(Firm)
class FirmAdmin(SetUp):
    list_display = ["name", "currency", "zone"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "accent":
            kwargs["widget"] = forms.TextInput({"type": "color"})
        if db_field.name == "locked":
            return locked_field()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        cache.delete("firm")  # every page shows the new name and colour at once

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Medium)
class MediumAdmin(SetUp):
    list_display = ["name", "aliases", "group", "position"]
    list_editable = ["position"]
    readonly_fields = ["group", "group_rank"]
    search_fields = ["name"]


@admin.register(Place)
class PlaceAdmin(Business):
    list_display = ["city", "state", "country", "precision", "area", "suggestion"]
    list_filter = ["precision"]
    search_fields = ["key__startswith"]
    ordering = ["-pk"]


@admin.register(Client)
class ClientAdmin(Business):
    list_display = [
        "name",
        "kind",
        "email",
        "owner",
        "department",
        "value_class",
        "created",
        "blocked",
    ]
    list_filter = ["value_class", "kind", "department"]
    list_select_related = ["owner", "department"]
    search_fields = ["search__contains"]
    ordering = ["-created", "-pk"]
    actions = [
        *BLOCKING,
        verb("trash", _("Move to the trash")),
        verb("restore", _("Restore")),
    ]


@admin.register(Contact)
class ContactAdmin(Business):
    list_display = ["__str__", "client", "email", "right", "user"]
    list_select_related = ["client", "user"]
    search_fields = ["email__istartswith"]
    ordering = ["-pk"]


@admin.register(ChangeRequest)
class ChangeRequestAdmin(Business):
    list_display = ["created", "client", "contact", "about", "state", "decided_by"]
    list_filter = ["state", "about"]
    list_select_related = ["client", "contact", "decided_by"]
    ordering = ["-pk"]


@admin.register(ErasureRequest)
class ErasureRequestAdmin(Business):
    list_display = ["created", "client", "contact", "whole_firm", "state", "decided_by"]
    list_filter = ["state", "whole_firm"]
    list_select_related = ["client", "contact", "decided_by"]
    ordering = ["-pk"]


@admin.register(Invitation)
class InvitationAdmin(Business):
    list_display = ["email", "role", "by", "created", "expires", "accepted"]
    list_select_related = ["by"]
    exclude = ["hash"]
    ordering = ["-pk"]


@admin.register(ApiToken)
class ApiTokenAdmin(Business):
    list_display = ["name", "user", "scope", "created", "expires", "last_used"]
    list_select_related = ["user"]
    exclude = ["hash"]

    def has_delete_permission(self, request, obj=None):
        return True


@admin.register(Import)
class ImportAdmin(Business):
    list_display = ["created", "name", "kind", "state", "by", "summary"]
    list_filter = ["kind", "state"]
    list_select_related = ["by"]
    exclude = ["file", "errors"]  # files are served by the import's own page alone
    ordering = ["-pk"]


@admin.register(Export)
class ExportAdmin(Business):
    list_display = ["created", "by", "what", "format", "rows", "finished", "address"]
    list_filter = ["what", "format"]
    list_select_related = ["by"]
    ordering = ["-pk"]


@admin.register(DemoWorld)
class DemoWorldAdmin(Business):
    list_display = ["loaded"]
    ordering = ["-pk"]


@admin.register(Viewing)
class ViewingAdmin(Business):
    list_display = ["started", "viewer", "person", "until", "ended"]
    list_select_related = ["viewer", "person"]
    ordering = ["-pk"]


@admin.register(Replay)
class ReplayAdmin(Business):
    list_display = ["created", "user", "key", "status"]
    list_select_related = ["user"]
    exclude = ["body"]
    ordering = ["-pk"]
