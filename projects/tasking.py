"""Tasks of a project: noted for somebody, and made from a template."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from crm.lib.history import keep_new
from leads.models import Task
from leads.tasking import add_task
from projects.models import Project, TaskOfProject, TemplateTask


@transaction.atomic
def give_task(
    project: Project, *, by: User, milestone: Any = None, **values: Any
) -> TaskOfProject:
    """Note a task of the project for one of its people, on top of what is to do."""
    project.locked()  # places on the board are taken in turn
    task = add_task(Task(**values), by=by, subject=project)
    link = task.of_project
    link.milestone = milestone
    link.save(update_fields=["milestone"])
    link.put_on_top()
    return link


def make_tasks(project: Project, milestones: list, begins: list, *, by: User) -> None:
    """The template's tasks, each some days after its milestone begins.

    `milestones` and `begins` stand in the order of the template's own milestones. The
    tasks are nobody's until somebody leads the project or joins it.
    """
    steps = dict(
        zip(_steps(project), zip(milestones, begins, strict=True), strict=True)
    )
    pairs = []
    for plan in TemplateTask.objects.filter(milestone__template=project.template_id):
        milestone, day = steps[plan.milestone_id]
        task = Task(title=plan.title, due_on=day + timedelta(plan.days), by=by)
        task.department = project.client.department
        task.schedule()
        pairs.append((task, plan, milestone))
    made = Task.objects.bulk_create(task for task, _plan, _milestone in pairs)
    keep_new(Task, [task.pk for task in made], by=by, reason=None)
    TaskOfProject.objects.bulk_create(
        TaskOfProject(
            task=task,
            project=project,
            milestone=milestone,
            position=n,
            planned_for=plan.planned_for,
        )
        for n, (task, plan, milestone) in enumerate(pairs)
    )


def _steps(project: Project) -> list[int]:
    if project.template is None:
        return []
    return [step.pk for step in project.template.milestones.all()]
