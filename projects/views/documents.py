"""The documents of a project: kept by the team, shared by who leads it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.lib.access import STAFF, get_editable, get_visible, role_required
from crm.lib.paging import KeysetPage
from projects.documents import answer, whole
from projects.files import ACCEPT
from projects.forms import DocumentForm, VersionForm
from projects.gates import get_led, get_with_rights
from projects.models import Document, DocumentVersion


@role_required(*STAFF)
def documents(request, pk):
    """Every document with all its versions; the team adds another one."""
    project = get_with_rights(pk, request.user)
    if request.method != "POST":
        return _page(request, project)
    publishes = request.POST.get("client_visible")
    if not (project.can_lead if publishes else project.can_edit):
        raise PermissionDenied
    form = _form(project, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, project, form, status=422)
    document = Document.begin(project, **form.cleaned_data, by=request.user)
    text = _("{document} is kept.")
    if document.client_visible:
        text = _("{document} is kept, and the client is told.")
    messages.success(request, text.format(document=document))
    return redirect("projects:documents", pk)


def _form(project, *data):
    steps = project.milestones.all()
    return DocumentForm(*data, milestones=steps, can_publish=project.can_lead)


def _page(request, project, form=None, *, status=200):
    user = request.user
    rows = Document.objects.visible_to(user).filter(project=project)
    put_away = Document.objects.visible_to(user, trashed=True).filter(project=project)
    page = KeysetPage(rows, request.GET.get("after"), size=20)
    context = {
        "project": project,
        "page": page,
        "documents": whole(user, page.rows),
        "put_away": put_away.order_by("-trashed")[:20] if project.can_lead else [],
        "can_edit": project.can_edit,
        "can_lead": project.can_lead,
        "form": form or _form(project),
        "accept": ACCEPT,
    }
    return render(request, "projects/documents.html", context, status=status)


@require_POST
@role_required(*STAFF)
def version_add(request, pk):
    document = get_editable(Document, pk, request.user)
    form = VersionForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {"form": form, "document": document, "base": "base_app.html"}
        return render(request, "projects/version_form.html", context, status=422)
    document.add_version(form.cleaned_data["file"], by=request.user)
    messages.success(request, _("The new version is kept; the older ones stay."))
    return redirect("projects:documents", document.project_id)


@require_safe
@role_required(*STAFF)
def version(request, pk):
    """The file itself."""
    return answer(get_visible(DocumentVersion, pk, request.user))


@require_POST
@role_required(*STAFF)
def share(request, pk):
    document = _led(pk, request.user)
    document.share(by=request.user)
    text = _("{document} is in the customer area; the client is told.")
    messages.success(request, text.format(document=document))
    return redirect(document)


@require_POST
@role_required(*STAFF)
def unshare(request, pk):
    document = _led(pk, request.user)
    document.unshare(by=request.user)
    text = _("The client does not see {document} any more.")
    messages.success(request, text.format(document=document))
    return redirect(document)


@require_POST
@role_required(*STAFF)
def trash(request, pk):
    """Put away for 30 days, with all versions."""
    document = _led(pk, request.user)
    document.trash(by=request.user)
    text = _("{document} is in the trash for 30 days.").format(document=document)
    undo = reverse("projects:document_restore", args=[pk])
    messages.success(request, text, extra_tags=undo)
    return redirect("projects:documents", document.project_id)


@require_POST
@role_required(*STAFF)
def restore(request, pk):
    """Take out of the trash."""
    rows = Document.objects.visible_to(request.user, trashed=True)
    document = get_object_or_404(rows, pk=pk)
    get_led(document.project_id, request.user)
    document.restore(by=request.user)
    text = _("{document} is out of the trash.").format(document=document)
    messages.success(request, text)
    return redirect(document)


def _led(pk, user):
    """The document of a project that this user leads; 404 hidden, 403 otherwise."""
    document = get_visible(Document, pk, user)
    get_led(document.project_id, user)
    return document
