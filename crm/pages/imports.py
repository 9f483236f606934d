"""Importing in the browser: upload, columns and preview, start, progress, result."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.importing.notes import sentences
from accounts.importing.reader import Unreadable, open_table
from accounts.importing.run import preview
from accounts.models import Import
from crm import importers
from crm.lib.access import SELLERS, get_editable, get_visible, role_required
from crm.lib.paging import KeysetPage
from crm.pages.import_forms import KindForm, MappingForm, UploadForm

STOP_POLLING = 286  # htmx asks no more


@role_required(*SELLERS)
def imports(request):
    """The imports so far, and the upload of another file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            job = importers.draft(form.cleaned_data["file"], request.user)
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            return redirect("accounts:import_map", job.pk)
    rows = Import.objects.visible_to(request.user).select_related("by")
    page = KeysetPage(rows, request.GET.get("after"), size=25)
    context = {"form": form, "page": page}
    status = 422 if form.errors else 200
    return render(request, "imports/imports.html", context, status=status)


@role_required(*SELLERS)
def import_map(request, pk):
    """Which column is what, and what would become of the first rows."""
    job = get_editable(Import, pk, request.user)
    if not job.is_draft:
        return redirect(job)
    table = open_table(job.file.path)
    form = MappingForm(request.POST or None, job=job, table=table, user=request.user)
    if request.method == "POST" and form.is_valid():
        job.prepare(kind=job.kind, **form.cleaned())
        return redirect("accounts:import_map", job.pk)
    look = preview(job, importers.IMPORTERS[job.kind])
    context = {
        "job": job,
        "form": form,
        "kind_form": KindForm(initial={"kind": job.kind}),
        "look": look,
        "last": importers.last_alike(job, request.user),
        "stranger": importers.stranger(job, table),
        "notes": list(sentences(look.notes)),
        "can_start": not look.problem and look.rows,
    }
    status = 422 if form.errors else 200
    return render(request, "imports/import_map.html", context, status=status)


@role_required(*SELLERS)
@require_POST
def import_kind(request, pk):
    """Say that the file holds something else; its columns are guessed, not remembered."""
    job = get_editable(Import, pk, request.user)
    form = KindForm(request.POST)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        table = open_table(job.file.path)
        _likeliest, mappings = importers.guessed(table, importers.samples(table))
        job.prepare(kind=kind, mapping=mappings[kind], constants={}, owner=job.owner)
    return redirect("accounts:import_map", job.pk)


@role_required(*SELLERS)
@require_POST
def import_start(request, pk):
    job = get_editable(Import, pk, request.user)
    job.start()
    return redirect(job)


@role_required(*SELLERS)
@require_POST
def import_cancel(request, pk):
    """Stop an import after its current batch; what is in stays in."""
    job = get_editable(Import, pk, request.user)
    job.cancel()
    messages.success(request, _("{file} is cancelled.").format(file=job.name))
    return redirect("accounts:imports")


@role_required(*SELLERS)
@require_POST
def import_undo(request, pk):
    """Take an import back, as far as nobody worked on its rows since."""
    job = get_editable(Import, pk, request.user)
    return redirect(job.undo(by=request.user))


@role_required(*SELLERS)
@require_GET
def import_detail(request, pk):
    """How far the import is, or what came of it."""
    job = get_visible(Import, pk, request.user)
    if job.is_draft:
        return redirect("accounts:import_map", job.pk)
    return render(request, "imports/import.html", _status(job))


@role_required(*SELLERS)
@require_GET
def import_progress(request, pk):
    """The part of the page that changes, asked for while the import runs."""
    job = get_visible(Import, pk, request.user)
    status = STOP_POLLING if job.is_over else 200
    return render(request, "imports/_status.html", _status(job), status=status)


def _status(job):
    """What the page of an import shows, and whether it is undone or can be."""
    undo = job.undos.exclude(state__in=["failed", "cancelled"]).first()
    return {
        "job": job,
        "notes": list(sentences(job.notes)),
        "undo": undo,
        "has_no_history": job.kind in ("purchases", "spend", "visits"),
        "can_undo": job.can_be_undone and not undo,
    }


@role_required(*SELLERS)
@require_GET
def import_errors(request, pk):
    """The rejected rows with their reasons, to be mended and uploaded again."""
    job = get_visible(Import, pk, request.user)
    if not job.errors:
        raise Http404
    name = f"rejected-{job.name.rsplit('.', 1)[0]}.csv"
    return FileResponse(
        job.errors.open(), as_attachment=True, filename=name, content_type="text/csv"
    )
