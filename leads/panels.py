"""Parts of other pages: the stages, facts and actions of a lead."""

from datetime import timedelta

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.mentions import KEPT
from crm.lib.dates import when
from leads.forms import LogForm, LoseForm, PlanForm
from leads.models import Lead, Note, Stage, Task
from leads.note_forms import NoteForm

TASKS_SHOWN, NOTES_SHOWN = 8, 5


def steps(user, lead):
    """The open stages and the end, as steps: done, current, still to come."""
    stages = stages_of(lead)
    path = [stage for stage in stages if stage.kind == Stage.Kind.OPEN]
    won = [stage for stage in stages if stage.kind == Stage.Kind.WON]
    path += won[:1] if lead.is_open else [lead.stage]
    here = path.index(lead.stage)
    shown = [
        {"label": stage.name, "tone": stage.tone, "state": progress(number, here)}
        for number, stage in enumerate(path)
    ]
    return "components/_steps.html", {"steps": shown, "label": _("Stage")}


def stages_of(lead):
    """All stages in order, read once for all the panels of this lead."""
    if not hasattr(lead, "all_stages"):
        lead.all_stages = list(Stage.objects.current())
    return lead.all_stages


def progress(number, here):
    """How a step stands to the current one."""
    if number == here:
        return "current"
    return "done" if number < here else "todo"


def lede(lead):
    """The record's own figures in one sentence."""
    parts = [lead.money] if lead.money else []
    if lead.is_open:
        parts.append(_how_long(lead))
    else:
        parts.append(_("{end} {day}").format(end=lead.stage, day=when(lead.closed)))
    if lead.is_overdue:
        text = _("next step was due {day}")
        parts.append(text.format(day=when(lead.next_step_on)))
    return ", ".join([str(part) for part in parts]) + "."


def _how_long(lead):
    """ "in Quoted for 12 days", or since today."""
    days = lead.days_in_stage
    if not days:
        return _("in {stage} since today").format(stage=lead.stage)
    text = ngettext("in {stage} for {n} day", "in {stage} for {n} days", days)
    return text.format(n=days, stage=lead.stage)


def facts(user, lead):
    """Who, worth what, where from, where: the rail of the record."""
    return "leads/_facts.html", {"lead": lead, "show_owner": user.role != "bd"}


def log_box(user, lead):
    """The box to write in: what was said and what comes next."""
    return "leads/_log_form.html", {"lead": lead, "form": LogForm(lead=lead)}


def next_step(user, lead):
    """What is planned, and the dialog that changes it."""
    context = {"lead": lead, "plan_form": PlanForm(lead=lead)}
    return "leads/_next_step.html", context


def tasks(user, row):
    """The open tasks about a row of any app, and the line that adds one."""
    rows = Task.objects.visible_to(user).about(row).open()
    shown = list(rows.with_names().order_by("due", "pk")[: TASKS_SHOWN + 1])
    more = rows.count() - TASKS_SHOWN if len(shown) > TASKS_SHOWN else 0
    return "leads/_tasks.html", {
        "about": f"{row._meta.model_name}-{row.pk}",
        "tasks": shown[:TASKS_SHOWN],
        "more": more,
        "here": row.get_absolute_url(),
        "due_on": timezone.localdate() + timedelta(days=1),
        "user": user,
    }


def notes(user, row):
    """The newest notes about a lead or client, and the box that adds one."""
    found = list(Note.objects.visible_to(user).about(row).with_names()[:NOTES_SHOWN])
    if any(KEPT.search(note.text) for note in found):
        prefetch_related_objects(found, "mentioned")
    name = "leads:note" if isinstance(row, Lead) else "leads:client_note"
    return "leads/_notes.html", {
        "notes": found,
        "url": reverse(name, args=[row.pk]),
        "form": NoteForm(user=user, subject=row),
        "user": user,
    }


def actions(user, lead):
    """The verbs that are open to this user now, with their dialogs."""
    goals = [
        stage
        for stage in stages_of(lead)
        if stage.kind == Stage.Kind.OPEN and stage != lead.stage
    ]
    later = (stage for stage in goals if stage.position > lead.stage.position)
    context = {
        "lead": lead,
        "stages": goals,
        "next_stage": next(later, None),
        "lose_form": LoseForm(),
        "can_assign": user.role in ("admin", "manager"),
    }
    return "leads/_actions.html", context


def client_panel(user, client):
    """The leads of a client, newest first, for the client's page."""
    rows = Lead.objects.visible_to(user).filter(client=client).for_list()
    return "leads/_client_leads.html", {
        "leads": rows.order_by("-created", "-pk")[:10],
        "client": client,
    }
