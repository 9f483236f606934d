"""What the pages of other apps' records show of projects."""

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from crm.lib.charts import Slice, pie
from crm.lib.dates import when
from crm.lib.paging import KeysetPage
from notifications.actions import unread_of
from notifications.models import Notification
from projects.models import Milestone, Post, Project, ProjectTemplate
from projects.outline import shown_to, with_outlines
from projects.plan import plan
from projects.post_forms import PostForm
from projects.threads import POSTED, Thread, see

SHOWN = 8
TALK_SHOWN = 5
THREADS_SHOWN = 20


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
    """The client's projects, the newest first, and the box to write about them."""
    rows = Project.objects.visible_to(user).filter(client=client)
    newest = list(shown_to(user, rows)[: SHOWN + 1])
    return "projects/_client_panel.html", {
        "url": Thread(client).url_for(user),
        "here": client.get_absolute_url(),
        "form": None if client.is_blocked else PostForm(),
        "client": client,
        "projects": with_outlines(newest[:SHOWN]),
        "more": len(newest) > SHOWN,
    }


def talk(user, thread, after=None, *, form=None, size=20, **how):
    """A thread page by page, newest first, and the box to write in.

    What is shown is read from now on; `form` is the one that was refused. `how`: `here`,
    the address to come back to after writing; `may_write` where that is known.
    """
    page = KeysetPage(thread.posts(user), after, order=("-pk",), size=size)
    see(user, page.rows)
    may_write = how.get("may_write")
    may_write = thread.may_write(user) if may_write is None else may_write
    box = (form or PostForm()) if may_write and not thread.client.is_blocked else None
    return {
        "posts": page.rows,
        "older": page.next,
        "url": thread.url_for(user),
        "here": how.get("here", ""),
        "form": box,
    }


def project_talk(user, project, *, may_write=None):
    """The last words about a project, for its page."""
    client = user.role == user.Role.CLIENT
    here = _portal(project) if client else project.get_absolute_url()
    thread = Thread(project.client, project)
    how = {"here": f"{here}#talk", "may_write": may_write}
    return talk(user, thread, size=TALK_SHOWN, **how)


def _portal(project):
    return reverse("portal:project", args=[project.pk])


def threads_of(user):
    """The newest projects one may see: when was the last word, how much is unread."""
    rows = Project.objects.visible_to(user).order_by("-pk")
    unread = Notification.objects.visible_to(user).unread()
    is_unread = Q(posts__event__in=unread.values("event"))
    rows = rows.annotate(last=Max("posts__at"), n=Count("posts", filter=is_unread))
    return [
        {"name": row.name, "url": _thread(row), "at": row.last, "unread": row.n}
        for row in rows[:THREADS_SHOWN]
    ]


def _thread(project):
    return reverse("portal:project_messages", args=[project.pk])


def fresh_talk(user):
    """What others said to this person and is not read yet, the newest first."""
    known = unread_of(user)  # of the bell, which asks anyway; it knows the newest 100
    if len(known) < 100 and all(kind != POSTED for _event, kind in known):
        return []
    rows = Post.objects.visible_to(user).unread_by(user).with_names()
    if user.role == user.Role.CLIENT:  # what a colleague wrote waits for us
        rows = rows.exclude(by__role=user.Role.CLIENT)
    posts = list(rows[: TALK_SHOWN + 1])
    for post in posts:
        post.url = Thread(post.client, post.project).url_for(user)
    return posts


def portal_panel(user, *, can_answer=True):
    """What waits for the client, the running projects, a pie of milestones by state.

    A reader, who can answer nothing, reads what waits for the colleagues.
    """
    rows = Project.objects.visible_to(user).active()
    asked = Milestone.objects.visible_to(user).waiting()
    asked = asked.answerable_by(user) if can_answer else asked
    newest = list(shown_to(user, rows)[: SHOWN + 1])
    asked = asked.select_related("project")[:SHOWN]
    return {
        "projects": with_outlines(newest[:SHOWN]),
        "more": len(newest) > SHOWN,
        "waits": [
            *(_to_approve(row, can_answer) for row in asked),
            *(_to_read(row, can_answer) for row in fresh_talk(user)[:TALK_SHOWN]),
        ],
        "pie": milestone_pie(user),
    }


def _to_approve(milestone, can_answer):
    """A milestone as the customer area's home lists it."""
    url = reverse("portal:project", args=[milestone.project_id])
    return {
        "icon": "milestone",
        "title": milestone,
        "url": f"{url}#milestone-{milestone.pk}",
        "text": milestone.project,
        "side": _("done on {day}").format(day=date_format(milestone.done_on, "j M")),
        "action": _("Look and answer") if can_answer else _("Read"),
    }


def _to_read(post, can_answer):
    return {
        "icon": "messages-square",
        "title": post.project or _("A message to you"),
        "url": post.url,
        "text": Truncator(f"{post.by}: {post.text}" if post.by else post.text).chars(
            90
        ),
        "side": when(post.at),
        "action": _("Read and answer") if can_answer else _("Read"),
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
