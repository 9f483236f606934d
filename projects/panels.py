"""What the pages of other apps' records show of projects."""

from django.utils.translation import gettext as _

from crm.lib.charts import Slice, pie
from projects.models import Milestone, Project, ProjectTemplate
from projects.outline import shown_to, with_outlines
from projects.plan import plan

SHOWN = 8


def lead_panel(user, lead):
    """The lead's project, or the box that starts it and says what that does."""
    if not user.is_seller:
        return None
    rows = Project.objects.visible_to(user).filter(lead=lead)
    found = lead.project_started and with_outlines(shown_to(user, rows))
    if found:
        return "projects/_lead_panel.html", {"project": found[0]}
    template = ProjectTemplate.objects.visible_to(user).usual()
    what = plan(lead, by=user)
    return "projects/_lead_panel.html", {
        "lead": lead,
        "plan": what,
        "template": template,
        "sentence": "" if what.refusal else what.sentence(template),
    }


def client_panel(user, client):
    """The client's projects, the newest first."""
    rows = Project.objects.visible_to(user).filter(client=client)
    newest = list(shown_to(user, rows)[: SHOWN + 1])
    return "projects/_client_panel.html", {
        "client": client,
        "projects": with_outlines(newest[:SHOWN]),
        "more": len(newest) > SHOWN,
    }


def portal_panel(user):
    """What waits for approval, the running projects, a pie of milestones by state."""
    rows = Project.objects.visible_to(user).active()
    asked = Milestone.objects.visible_to(user).answerable_by(user).waiting()
    newest = list(shown_to(user, rows)[: SHOWN + 1])
    return "projects/_portal_panel.html", {
        "projects": with_outlines(newest[:SHOWN]),
        "more": len(newest) > SHOWN,
        "approvals": list(asked.select_related("project")[:SHOWN]),
        "pie": milestone_pie(user),
    }


def milestone_pie(user):
    """How many of the milestones one may see are done, begun, planned and late."""
    steps = Milestone.objects.visible_to(user)
    steps = steps.filter(project__in=Project.objects.visible_to(user).active())
    late = steps.late().count()
    parts = [
        (_("Done"), steps.done().count(), "done"),
        (_("In progress"), steps.on_time("active").count(), "accent"),
        (_("Planned"), steps.on_time("planned").count(), "other"),
        (_("Late"), late, "danger"),
    ]
    slices = [Slice(label, n, tone=tone) for label, n, tone in parts if n]
    return pie(slices, title=_("Your milestones"))
