"""The developers' desk in the demo world: template tasks, full boards, a late warning."""

from datetime import timedelta

from simple_history.utils import bulk_create_with_history

from crm.demo.tasks import task
from projects.models import LateNotice, Milestone, TaskOfProject, TemplateTask

# Template → milestone → what is to be done, after how many days, by whom.
JOBS = {
    "Website": {
        "Kick-off and goals": (("Agree on goals and readers", 1, "lead"), ("Set up the staging site", 3, "member")),
        "Design draft": (("Draw the home page", 2, "member"), ("Show the draft to the client", 14, "lead")),
        "Texts and pictures": (("Ask for texts and pictures", 0, "lead"),),
        "Build": (("Build the pages", 1, "member"), ("Check on phones", 18, "member")),
        "Launch": (("Move the domain", 2, "lead"), ("Write the hand-over page", 4, "member")),
    },
    "Online shop": {
        "Kick-off and assortment": (("List the product groups", 2, "lead"),),
        "Shop design": (("Draw list and product page", 3, "member"),),
        "Product data": (("Import the first hundred products", 2, "member"),),
        "Build and payments": (("Connect the payment provider", 4, "member"), ("Load-test the shop", 24, "member")),
        "Test orders": (("Order, pay and send back", 1, "lead"),),
        "Launch and training": (("Train the shop's people", 3, "lead"),),
    },
    "Care and support": {
        "Take-over": (("Get all the passwords", 0, "lead"), ("Set up the backups", 2, "member")),
        "First health check": (("Renew the certificate", 5, "member"),),
        "Half-year review": (("Write the report", 100, "lead"),),
    },
}  # fmt: skip
TOLD_FOR = 14  # days back for which people were told of what is late


def make_desk(world):
    make_jobs(world)
    running = [p for p in world.projects if p.state == "active"]
    place_tasks(world, running)
    fill_boards(world, running)
    warn(world, running)


def make_jobs(world):
    """What the templates say is to be done for their milestones."""
    TemplateTask.objects.bulk_create(
        TemplateTask(milestone=step, title=title, days=days, planned_for=who)
        for template in world.templates
        for step in template.milestones.all()
        for title, days, who in JOBS[template.name][step.name]
    )


def jobs_of(project):
    """(milestone, title) of what its template asks for."""
    plans = JOBS[project.template.name]
    return [(step, job[0]) for step in project.steps for job in plans[step.name]]


def place_tasks(world, running):
    """Tasks noted before belong to what is worked on now."""
    now = {p.pk: step for p in running for step in p.steps if step.state == "active"}
    links = list(TaskOfProject.objects.filter(project__in=now))
    for link in links:
        link.milestone = now[link.project_id]
        link.state = world.rng.choice(("todo", "todo", "doing"))
    TaskOfProject.objects.bulk_update(links, ["milestone", "state"], batch_size=500)


def fill_boards(world, running):
    """Done for milestones that are done, begun for the current one, to do for later."""
    tasks, links = [], []
    for project in running:
        for n, (step, title) in enumerate(jobs_of(project)):
            row = task(world, project.team[n % len(project.team)], title)
            row.due_on, row.by = step.planned_on, project.team[0]
            row.done = world.moment(step.done_on) if step.state == "done" else None
            row.schedule(even_if_past=False)
            tasks.append(row)
            state = "doing" if step.state == "active" else "todo"
            links.append(
                TaskOfProject(
                    task=row, project=project, milestone=step, state=state,
                    position=n, planned_for="member",
                )
            )  # fmt: skip
    bulk_create_with_history(tasks, type(tasks[0]), batch_size=500)
    TaskOfProject.objects.bulk_create(links, batch_size=500)


def warn(world, running):
    """The demo client's shop is three days late, and who should know was told."""
    demo = world.clients[0]
    slip(world, next((p for p in running if p.client == demo), None))
    notices = []
    for project in running:
        for step in project.steps:
            late = (world.today - step.planned_on).days
            if step.state in ("planned", "active") and 0 < late <= TOLD_FOR:
                notices.append(told(world, project, step, project.client == demo))
    LateNotice.objects.bulk_create(notices)


def slip(world, project):
    if project is None:
        return
    step = next(step for step in project.steps if step.state != "done")
    step.planned_on = world.day(3)
    Milestone.objects.filter(pk=step.pk).update(planned_on=step.planned_on)


def told(world, project, step, has_login):
    """The notice, and what stands on the timelines."""
    at = world.moment(step.planned_on + timedelta(days=1))
    about = [project, project.client, step]
    text = f"{step} is late: it was planned for {step.planned_on:%-d %b %Y}."
    world.tell("milestone.late", at, text, about=about)
    if has_login:
        text = f"{step} is taking longer than planned; the new date will follow."
        world.tell("milestone.delayed", at, text, about=about, visible=True)
    return LateNotice(
        milestone=step, planned_on=step.planned_on, told_client=has_login, at=at
    )
