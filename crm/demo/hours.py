"""Hours that the demo's developers logged, the budget, and what was agreed."""

from datetime import timedelta

from crm.demo import words
from projects.models import Project, TimeEntry


def make_hours(world):
    """Every second project has a budget; the demo client sees its own."""
    demo = world.clients[0]
    chosen = [p for i, p in enumerate(world.projects) if i % 2 or p.client == demo]
    TimeEntry.objects.bulk_create(e for p in chosen for e in entries(world, p))
    for project in chosen:
        spent = sum(entry.hours for entry in project.entries)
        project.budget_hours = max(20, round(spent * world.rng.uniform(0.9, 2), -1))
        project.budget_amount = project.budget_hours * 90
        project.show_budget = project.client == demo
        if project.client == demo:
            project.specification, project.requirements = words.TEXTS[0], words.WISH
    fields = ["budget_hours", "budget_amount", "show_budget"]
    texts = ["specification", "requirements"]
    Project.objects.bulk_update(chosen, fields + texts, batch_size=500)


def entries(world, project):
    """Some hours a week from the first day until it was done; none ahead of its time."""
    rng = world.rng
    if project.starts > world.today:
        project.entries = []
        return project.entries
    days = max(0, ((project.finished or world.today) - project.starts).days)
    project.entries = [
        TimeEntry(
            project=project, milestone=rng.choice((None, *project.steps[:3])),
            by=rng.choice(project.team), hours=rng.choice((1, 2, 3, 4, 6)),
            day=project.starts + timedelta(days=rng.randint(0, days)),
            note=rng.choice(("", *words.BUILD_NOTES))[:200],
        )
        for _ in range(min(30, 3 + days // 4))
    ]  # fmt: skip
    return project.entries
