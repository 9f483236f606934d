"""The log of exports."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import Export
from crm.lib.access import role_required
from crm.lib.paging import KeysetPage


@role_required("admin")
@require_GET
def exports(request):
    """Who took what away, newest first."""
    rows = Export.objects.visible_to(request.user).with_names()
    page = KeysetPage(rows, request.GET.get("after"))
    return render(request, "accounts/exports.html", {"page": page})
