"""The documents of the client's own projects: to read, and to bring another one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.lib.access import get_editable, get_visible, role_required
from crm.lib.paging import KeysetPage
from projects.documents import answer, may_add, whole
from projects.files import ACCEPT
from projects.forms import VersionForm
from projects.models import Document, DocumentVersion, Project


@role_required("client")
def documents(request, pk):
    """Every shared document with all its versions; an owner brings another one."""
    project = get_visible(Project, pk, request.user)
    if request.method != "POST":
        return _page(request, project)
    if not may_add(request.user, project):
        raise PermissionDenied
    form = VersionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, project, form, status=422)
    Document.begin(project, form.cleaned_data["file"], by=request.user)
    messages.success(request, _("Thank you. The file is kept, and the team is told."))
    return redirect("portal:documents", pk)


def _page(request, project, form=None, *, status=200):
    rows = Document.objects.visible_to(request.user).filter(project=project)
    page = KeysetPage(rows, request.GET.get("after"), size=20)
    context = {
        "project": project,
        "page": page,
        "documents": whole(request.user, page.rows),
        "can_add": may_add(request.user, project),
        "form": form or VersionForm(),
        "accept": ACCEPT,
    }
    return render(request, "projects/portal_documents.html", context, status=status)


@require_POST
@role_required("client")
def version_add(request, pk):
    document = get_editable(Document, pk, request.user)
    form = VersionForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {"form": form, "document": document, "base": "base_portal.html"}
        return render(request, "projects/version_form.html", context, status=422)
    document.add_version(form.cleaned_data["file"], by=request.user)
    messages.success(request, _("The new version is kept, and the team is told."))
    return redirect("portal:documents", document.project_id)


@require_safe
@role_required("client")
def version(request, pk):
    """The file itself."""
    return answer(get_visible(DocumentVersion, pk, request.user))
