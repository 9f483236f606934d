"""Which project a task of somebody's list is about, and where it stands on its board."""

from django.db import models, transaction
from django.db.models import Min, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leads.models import Task
from notifications.actions import record
from projects.models.milestones import Milestone
from projects.models.projects import Project
from projects.models.templates import TemplateTask


class TaskOfProjectQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Tasks of projects that a colleague may see; clients never see any."""
        if user.role == User.Role.CLIENT:
            return self.none()
        projects = Project.objects.visible_to(user)
        return self.filter(project__in=projects, task__trashed__isnull=True)

    def editable_by(self, user):
        """Those one may move: of projects that one works on or manages."""
        projects = Project.objects.editable_by(user)
        return self.visible_to(user).filter(project__in=projects)

    def open(self):
        return self.filter(task__done__isnull=True)

    def done(self):
        return self.filter(task__done__isnull=False)

    def touched(self):
        """What somebody has begun, done, or noted since the start from a template."""
        begun = Q(state=TaskOfProject.Column.DOING)
        return self.filter(begun | Q(task__done__isnull=False) | Q(planned_for=""))

    def with_names(self):
        return self.select_related("task__owner", "milestone")

    def give_unowned(self, user, right):
        """Hand the template's tasks for a lead or member to whom takes that part now."""
        waiting = self.open().filter(planned_for=right, task__trashed__isnull=True)
        return waiting.filter(task__owner__isnull=True).give_to(user)

    def take_from(self, user):
        """Who leaves the team can no longer do its tasks: they are nobody's."""
        return self.open().filter(task__owner=user).give_to(None)

    def give_to(self, owner):
        """Put the tasks into the care of somebody or nobody; says how many."""
        links = list(self.select_related("task"))
        for link in links:
            link.task.owner = owner
            link.task.schedule()
            link.task.save(update_fields=["owner", "department", *Task.PLAN])
        return len(links)


class TaskOfProject(models.Model):
    """Attaches a task to a project; the task itself knows nothing of projects."""

    class Column(models.TextChoices):
        TODO = "todo", _("To do")
        DOING = "doing", _("Doing")
        DONE = "done", _("Done")

    task = models.OneToOneField(Task, models.CASCADE, related_name="of_project")
    project = models.ForeignKey(Project, models.CASCADE, related_name="task_links")
    milestone = models.ForeignKey(
        Milestone,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="task_links",
        verbose_name=_("milestone"),
    )
    # Of an open task; whether it is done, the task alone knows, wherever it is ticked.
    state = models.CharField(
        max_length=10, choices=Column.choices[:2], default=Column.TODO
    )
    position = models.IntegerField(default=0)  # the smallest is on top
    # Whom the template meant; "" when a person noted the task.
    planned_for = models.CharField(
        max_length=10, choices=TemplateTask.For, blank=True, editable=False
    )

    TASK_SUBJECT = "project"
    TAKES = "task"  # what is purged with the project

    objects = TaskOfProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["todo", "doing"]), name="task_is_open_or_begun"
            )
        ]

    def __str__(self):
        return f"{self.task} ({self.project})"

    def get_absolute_url(self):
        return f"{self.project.get_absolute_url()}board/#card-{self.pk}"

    @property
    def column(self):
        return self.Column.DONE if self.task.done else self.Column(self.state)

    @transaction.atomic
    def move(self, column, *, by):
        """Put it on top of a column: Done finishes the task, a way back reopens it."""
        self.project.locked()  # two people at the same board come in turn
        fresh = TaskOfProject.objects.select_related("task").get(pk=self.pk)
        before, self.task, self.state = fresh.column, fresh.task, fresh.state
        if column == self.Column.DONE:
            if before != column:
                self.task.finish(by=by)
        else:
            self._open(before, column, by)
        self.put_on_top()

    @transaction.atomic
    def place(self, milestone, *, by):
        """Say to which milestone it belongs, or to none."""
        if milestone == self.milestone:
            return
        self.milestone = milestone
        self.save(update_fields=["milestone"])
        text = _("{by} put the task “{task}” under {milestone}.")
        if milestone is None:
            text = _("{by} took the task “{task}” out of its milestone.")
        text = text.format(by=by, task=self.task, milestone=milestone)
        self._record("task.placed", by, text)

    def put_on_top(self):
        """Above all the others of the project."""
        top = self.project.task_links.aggregate(n=Min("position"))["n"] or 0
        self.position = top - 1
        self.save(update_fields=["position", "state"])

    def _open(self, before, column, by):
        if before == self.Column.DONE:
            self.task.reopen(by=by)
        changed = self.state != column
        self.state = column
        if changed and before != self.Column.DONE:
            text = _("{by} began the task “{task}”.")
            if column == self.Column.TODO:
                text = _("{by} put the task “{task}” back.")
            self._record("task.moved", by, text.format(by=by, task=self.task))

    def _record(self, kind, by, text):
        about = [self.project, self.milestone]
        record(kind, self.task, by=by, text=text, about=about, tell=[self.task.owner])
