"""Bases of the admin's pages: fast on many rows, business rows only by their verbs."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.lib.errors import NotAllowedNow
from crm.lib.paging import CAP


class CappedPaginator(Paginator):
    """Counts no further than 10,000 rows: nobody pages beyond, everybody filters."""

    @cached_property
    def count(self) -> int:
        rows = cast(QuerySet, self.object_list)
        return rows.order_by()[:CAP].count()


class SetUp(admin.ModelAdmin):
    """What an admin edits freely: people and set-up."""

    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator


class Business(SetUp):
    """Rows that change by their verbs only: to read here, with actions to run."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def verb(name: str, label: Any) -> Callable:
    """An admin action that calls `row.<name>(by=…)` and says what was refused and why."""

    @admin.action(description=label)
    def run(modeladmin: Any, request: HttpRequest, queryset: QuerySet) -> None:
        each(
            modeladmin,
            request,
            queryset,
            lambda row: getattr(row, name)(by=request.user),
        )

    run.__name__ = name
    return run


def each(
    modeladmin: Any,
    request: HttpRequest,
    rows: QuerySet,
    change: Callable[[Model], Any],
) -> None:
    """Apply `change` row by row; refusals are told, the others go on."""
    done = 0
    for row in rows:
        try:
            change(row)
            done += 1
        except NotAllowedNow as refusal:
            modeladmin.message_user(request, str(refusal), messages.WARNING)
    if done:
        text = ngettext("{n} row changed.", "{n} rows changed.", done).format(n=done)
        modeladmin.message_user(request, text or _("Done."))
