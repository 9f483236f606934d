"""What the pages of other apps' records show of projects."""

from django.db.models import Count, Q
from django.utils import timezone
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
    due = Q(planned_on__lt=timezone.localdate())
    rows = (
        steps.order_by()
        .values("state")
        .annotate(n=Count("pk"), due=Count("pk", filter=due))
    )
    counts = {row["state"]: (row["n"], row["due"]) for row in rows}
    (done, _was_due), active, planned = (
        counts.get(state, (0, 0)) for state in ("done", "active", "planned")
    )
    parts = [
        (_("Done"), done, "done"),
        (_("In progress"), active[0] - active[1], "accent"),
        (_("Planned"), planned[0] - planned[1], "other"),
        (_("Late"), active[1] + planned[1], "danger"),
    ]
    slices = [Slice(label, n, tone=tone) for label, n, tone in parts if n]
    return pie(slices, title=_("Your milestones"))
