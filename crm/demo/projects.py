"""Projects: finished ones, running ones, late ones; and the demo client's own."""

from datetime import timedelta

from accounts.models import Contact, User
from crm.demo import words
from leads.models import Lead
from projects.models import LogEntry, Milestone, Project, ProjectMember

ANSWERED_WITHIN = 14  # days; what was done since waits for the client


def make_projects(world):
    """One in twelve clients has a project; the demo client has four."""
    won = [lead for lead in world.leads if lead.state == "won" and lead.client]
    chosen = world.rng.sample(won, k=max(4, world.size // 16))
    demo = world.clients[0]
    for lead in sorted(chosen, key=lambda lead: lead.closed):
        if lead.client is not demo:
            begin(
                world,
                lead,
                lead.closed.date() + timedelta(days=world.rng.randint(1, 10)),
            )
    for name, ago in (
        ("Website", 420),
        ("Online shop", 70),
        ("Care and support", 200),
        ("Website", 6),
    ):
        begin(world, demo_lead(world, demo, name, ago), world.day(ago), template=name)
    first = world.projects[-1].steps[0]  # something for the demo client to approve
    first.state, first.percent, first.done_on = "done", 100, world.day(1)
    first.asks_approval, first.approval = True, "asked"
    write(world)


def demo_lead(world, client, name, ago):
    """Each project of a client is a lead of its own."""
    at = world.moment(world.day(ago + 3))
    lead = Lead.objects.create(
        name=f"{name} for {client.name}", client=client, owner=client.owner, department=client.department,
        place=client.place, medium=client.medium, contact_name=client.person.name, company=client.name,
        email=client.person.email, value=6800, created=at - timedelta(days=20), closed=at, stage_since=at,
        stage=next(s for s in world.stages if s.kind == "won"), state="won",
    )  # fmt: skip
    Lead.objects.filter(pk=lead.pk).update(search=lead.found_by())
    return lead


def begin(world, lead, starts, template=None):
    rng = world.rng
    by_name = {t.name: t for t in world.templates}
    chosen = by_name[template] if template else rng.choice(world.templates)
    project = Project(
        name=lead.name, client=lead.client, lead=lead, template=chosen, starts=starts,
        summary=chosen.description, created=world.moment(starts),
    )  # fmt: skip
    team = [d for d in world.devs if d.department_id == lead.department_id]
    # The demo login's own desk should not be empty.
    project.team = team if rng.random() < 0.6 else team[::-1]
    project.steps = steps(world, project)
    states = {m.state for m in project.steps}
    project.due = project.steps[-1].planned_on
    project.state = (
        "done"
        if states == {"done"}
        else "planned"
        if states == {"planned"}
        else "active"
    )
    if project.state == "done":
        for step in project.steps:  # nothing waits once it is over
            step.approval = step.approval and "approved"
        project.finished = project.steps[-1].done_on
    elif rng.random() < 0.06:
        project.state = "on_hold"
    world.projects.append(project)


def steps(world, project):
    """Milestones done in turn, each a little early or late; the last may hang."""
    rng, made, planned, open_yet = world.rng, [], project.starts, True
    drift = 0
    for position, (name, days) in enumerate(words.TEMPLATES[project.template.name][1]):
        planned += timedelta(days=days)
        drift += rng.randint(-3, 6)
        done = planned + timedelta(days=drift)
        step = Milestone(
            project=project, name=name, planned_on=planned, position=position,
            asks_approval=name in words.APPROVED,
        )  # fmt: skip
        # Only the last weeks' steps may hang: an old project is finished by now.
        hangs = planned > world.day(60) and rng.random() < 0.5
        if open_yet and done < world.today and not hangs:
            step.state, step.percent, step.done_on = "done", 100, done
            recent = (world.today - done).days < ANSWERED_WITHIN
            if step.asks_approval:
                step.approval = "asked" if recent else "approved"
        elif open_yet:
            step.state, step.percent, open_yet = (
                "active",
                rng.choice((10, 30, 50, 70)),
                False,
            )
        made.append(step)
    return made


def write(world):
    projects = world.projects
    Project.objects.bulk_create(projects)
    for project in projects:
        project.lead.project_started = world.moment(project.starts)
    begun = [project.lead for project in projects]
    Lead.objects.bulk_update(begun, ["project_started"], batch_size=500)
    Milestone.objects.bulk_create(step for p in projects for step in p.steps)
    ProjectMember.objects.bulk_create(
        ProjectMember(project=p, user=user, right="member" if i else "lead")
        for p in projects
        for i, user in enumerate(p.team)
    )
    LogEntry.objects.bulk_create(entry for p in projects for entry in log_of(world, p))
    for project in projects:
        about = [project, project.client, project.lead]
        begun = world.moment(project.starts)
        text = f"{project.name} has begun."
        world.tell(
            "project.started",
            begun,
            text,
            by=project.team[0],
            about=about,
            visible=True,
        )
        for step in project.steps:
            if step.state == "done":
                at = world.moment(step.done_on)
                text = f"{step.name} is done."
                world.tell(
                    "milestone.done",
                    at,
                    text,
                    by=project.team[0],
                    about=about,
                    visible=True,
                )


def log_of(world, project):
    rng = world.rng
    days = max(1, ((project.finished or world.today) - project.starts).days)
    for _ in range(rng.randint(2, 9)):
        visible = rng.random() < 0.6
        yield LogEntry(
            project=project, milestone=rng.choice(project.steps), by=rng.choice(project.team),
            kind="build" if visible else rng.choice(("note", "decision", "problem")),
            text=rng.choice(words.BUILD_NOTES if visible else words.INTERNAL_NOTES),
            client_visible=visible, at=world.moment(project.starts + timedelta(days=rng.randint(0, days))),
        )  # fmt: skip


def make_portal(world):
    """Logins of the demo client: its main contact answers, the other only reads."""
    client = world.clients[0]
    for name, first, last, right in words.PORTAL:
        user = User.objects.create(
            username=name, email=f"{name}@demo.example", first_name=first, last_name=last,
            role="client", is_demo=True, password=world.password,
        )  # fmt: skip
        user.confirm_email()
        main = client.person if client.person.name == str(user) else None
        person = main or Contact(client=client, name=str(user), email=user.email)
        person.user, person.right = user, right
        person.save()
