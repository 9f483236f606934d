"""Notes on leads and clients: written, and changed by their author for a day."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Client
from crm.lib.access import SELLERS, get_editable, role_required
from leads.models import Lead, Note, NoteSettled
from leads.note_forms import NoteForm
from leads.noting import add_note, change_note
from leads.views.verbs import require_form

SUBJECTS = {"lead": Lead, "client": Client}


@role_required(*SELLERS)
@require_form
def note(request, pk, kind="lead"):
    """Write a note about a lead, or about a client."""
    subject = get_editable(SUBJECTS[kind], pk, request.user)
    form = NoteForm(request.POST or None, user=request.user, subject=subject)
    if form.is_valid():
        add_note(subject, people=form.people, by=request.user, **form.cleaned_data)
        messages.success(request, _told(form.people))
        return redirect(subject)
    title = _("Note about {subject}").format(subject=subject)
    return _page(request, form, subject, title)


def _told(people):
    if not people:
        return _("The note is kept.")
    names = ", ".join(str(user) for user in people)
    return _("The note is kept, and {names} told.").format(names=names)


@role_required(*SELLERS)
@require_form
def note_edit(request, pk):
    """Change one's own note."""
    row = get_editable(Note, pk, request.user)
    if row.is_settled:
        raise NoteSettled(row)
    first = {"text": row.typed, "client_visible": row.client_visible}
    form = NoteForm(
        request.POST or None, user=request.user, subject=row.subject, initial=first
    )
    if form.is_valid():
        change_note(row, people=form.people, **form.cleaned_data)
        messages.success(request, _("The note is changed."))
        return redirect(row.subject)
    return _page(request, form, row.subject, _("Change the note"))


def _page(request, form, subject, title):
    context = {"form": form, "lead": subject, "title": title}
    status = 422 if form.is_bound else 200
    return render(request, "leads/verb_form.html", context, status=status)
