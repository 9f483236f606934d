"""Tasks of everybody in the demo world: late ones, today's, later ones, done ones."""

from datetime import time, timedelta

from simple_history.utils import bulk_create_with_history

from leads.models import Task
from projects.models import TaskOfProject

TO_DO = ("Call back about the budget", "Send two references", "Ask for the logo files",
         "Check the quotation with the team", "Prepare the demo", "Thank for the visit",
         "Find out who decides", "Send the minutes of the call")  # fmt: skip
ON_SITE = ("Set up the staging site", "Ask for texts and pictures", "Check on phones",
           "Load-test the shop", "Write the hand-over page", "Renew the certificate")  # fmt: skip
CLOCKS = (None, None, time(9, 30), time(11), time(14), time(16, 30))


def make_tasks(world):
    """A dozen for every seller and developer, most of them still open."""
    tasks, links = [], []
    for person in world.sellers:
        own = [r for r in world.leads if r.owner == person and r.state == "open"]
        for lead in world.rng.sample(own, k=min(12, len(own))):
            tasks.append(task(world, person, world.rng.choice(TO_DO), lead=lead))
    for person in world.devs:
        own = [p for p in world.projects if p.state == "active" and person in p.team]
        for project in world.rng.sample(own, k=min(6, len(own))):
            tasks.append(task(world, person, world.rng.choice(ON_SITE)))
            links.append((tasks[-1], project))
    bulk_create_with_history(tasks, Task, batch_size=500)
    TaskOfProject.objects.bulk_create(
        TaskOfProject(task=one, project=project) for one, project in links
    )


def task(world, person, title, **about):
    rng = world.rng
    row = Task(
        title=title, owner=person, by=person, due_at=rng.choice(CLOCKS),
        due_on=world.day(rng.choice((3, 1, 0, 0, -1, -2, -4, -8, -15))), **about,
    )  # fmt: skip
    row.created = world.moment(row.due_on - timedelta(days=rng.randint(4, 20)))
    if row.lead:
        came = row.lead.created
        row.due_on = max(row.due_on, came.date() + timedelta(days=1))
        row.created = max(row.created, came)
    row.schedule()
    if rng.random() < 0.2:
        row.done = max(world.moment(world.today), row.created)
    return row
