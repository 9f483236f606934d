"""Documents as pages and the API show them, and the file itself as an answer."""

from typing import Any

from django.http import FileResponse, Http404

from accounts.models import User
from projects.models import Document, DocumentVersion, Project

SHOWN = 6  # on the page of a project


def newest_documents(user: User, project: Project) -> list[DocumentVersion]:
    """The current versions of the newest documents, as lines."""
    rows = DocumentVersion.objects.visible_to(user).filter(document__project=project)
    return with_milestones(user, rows.current().as_lines()[:SHOWN])


def with_milestones(user: User, versions: Any) -> list[DocumentVersion]:
    """The versions; to a client a milestone that is not shown is not named."""
    rows = list(versions)
    client = user.role == User.Role.CLIENT
    for row in rows:
        step = row.document.milestone
        shown = step and (step.client_visible or not client)
        row.milestone_name = step.name if shown else ""
    return rows


def whole(user: User, documents: Any) -> list[Document]:
    """The documents, each with all its versions, and whether this user adds one."""
    rows = list(documents)
    found = DocumentVersion.objects.visible_to(user).filter(document__in=rows)
    addable = Document.objects.editable_by(user).filter(pk__in=[d.pk for d in rows])
    may = set(addable.values_list("pk", flat=True))
    lines: dict[int, list[DocumentVersion]] = {}
    for version in with_milestones(user, found.as_lines()):
        lines.setdefault(version.document_id, []).append(version)
    for row in rows:
        row.lines, row.can_add = lines.get(row.pk, []), row.pk in may
    return rows


def may_add(user: User, project: Project) -> bool:
    """Whether a client's person brings documents here: owners do, readers read."""
    return Project.objects.answerable_by(user).filter(pk=project.pk).exists()


def answer(version: DocumentVersion) -> FileResponse:
    """The file, to be saved, never shown in the browser; 404 when it is not there."""
    try:
        file = version.file.open()
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    response = FileResponse(
        file,
        as_attachment=True,
        filename=version.name,
        content_type=version.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
