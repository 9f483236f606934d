"""Which project a task of somebody's list is about."""

from django.db import models

from leads.models import Task
from projects.models.projects import Project


class TaskOfProject(models.Model):
    """Attaches a task to a project; the task itself knows nothing of projects."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="of_project")
    project = models.ForeignKey(Project, models.CASCADE, related_name="task_links")

    TASK_SUBJECT = "project"

    def __str__(self):
        return f"{self.task} ({self.project})"
