"""Projects, who may see them, and who works on them."""

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.models import HistoricalRecords

from accounts.models import Client, User
from crm.lib.errors import NotAllowedNow
from crm.lib.search import SearchField, found_across
from crm.lib.text import searchable
from crm.lib.trash import ParentInTrash, Trashable, TrashQuerySet
from leads.models import Lead
from leads.noting import tell_mentioned
from notifications.actions import record
from projects.models.refusals import BeforeTheStart, ProjectUnfinished, WorkHasBegun
from projects.models.templates import ProjectTemplate

OPEN_MILESTONE = ("planned", "active")


class ProjectQuerySet(TrashQuerySet):
    def visible_to(self, user, *, trashed=False):
        """Projects this user may know of; with `trashed` those in the trash instead."""
        rows = self.alive().filter(client__trashed__isnull=True)
        if trashed:
            rows = self.in_trash()
        if user.role == User.Role.ADMIN:
            return rows
        if user.role == User.Role.MANAGER:
            return rows.filter(client__department=user.department_id)
        if user.role == User.Role.BD:
            return rows.filter(client__owner=user)
        if user.role == User.Role.DEV:
            return rows.worked_on_by(user)
        if user.role == User.Role.CLIENT and not trashed:
            return rows.filter(client__in=Client.objects.visible_to(user))
        return self.none()

    def editable_by(self, user):
        """Log and tick milestones: admins, managers of the department, members."""
        if user.role in (User.Role.ADMIN, User.Role.MANAGER, User.Role.DEV):
            return self.visible_to(user)
        return self.none()

    def led_by(self, user):
        """Publish and write to the client: admins, managers, the project's lead."""
        if user.role == User.Role.DEV:
            leads = ProjectMember.objects.filter(
                user=user, right=ProjectMember.Right.LEAD
            )
            return self.filter(pk__in=leads.values("project"))
        return self.editable_by(user)

    def with_rights(self, user):
        """Each with `can_edit` and `can_lead`, as `editable_by` and `led_by` say."""
        here = Project.objects.filter(pk=OuterRef("pk"))
        return self.annotate(
            can_edit=Exists(here.editable_by(user)), can_lead=Exists(here.led_by(user))
        )

    def answerable_by(self, user):
        """Those to which this person adds for the client: its owners, not readers."""
        if user.role != User.Role.CLIENT:
            return self.none()
        return self.visible_to(user).filter(
            client__contacts__user=user, client__contacts__right="owner"
        )

    def active(self):
        return self.exclude(state__in=(Project.State.DONE, Project.State.CANCELLED))

    def worked_on_by(self, user):
        """Those with this person on the team."""
        rows = ProjectMember.objects.filter(user=user)
        return self.filter(pk__in=rows.values("project"))

    def found_by(self, text):
        """Those whose name or client contains the plain text."""
        return self.filter(Q(name__icontains=text) | Q(client__search__contains=text))

    def found(self, words):
        """The newest whose name, or whose client, holds every one of the words."""
        return found_across(self, words, "client")

    def late(self):
        """Those with an open milestone whose day has passed."""
        passed = self.model.objects.filter(
            milestones__state__in=OPEN_MILESTONE,
            milestones__planned_on__lt=timezone.localdate(),
        )
        return self.active().filter(pk__in=passed.values("pk"))


class Project(Trashable):
    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ACTIVE = "active", _("In progress")
        ON_HOLD = "on_hold", _("On hold")
        DONE = "done", _("Finished")
        CANCELLED = "cancelled", _("Cancelled")

    name = models.CharField(_("name"), max_length=200)
    client = models.ForeignKey(Client, models.CASCADE, related_name="projects")
    # One lead becomes one project, even when two people press at once.
    lead = models.OneToOneField(
        Lead, models.SET_NULL, null=True, blank=True, related_name="project"
    )
    template = models.ForeignKey(
        ProjectTemplate, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.PLANNED
    )
    summary = models.TextField(_("what it is about"), blank=True)
    specification = models.TextField(
        _("specification"), blank=True, max_length=50_000,
        help_text=_("What is built, as agreed. The client reads it."),
    )  # fmt: skip
    requirements = models.TextField(
        _("requirements"), blank=True, max_length=50_000,
        help_text=_("What it must be able to do. The client reads it."),
    )  # fmt: skip
    budget_hours = models.DecimalField(
        _("budget in hours"), max_digits=8, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    budget_amount = models.DecimalField(
        _("budget in money"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    show_budget = models.BooleanField(
        _("show hours and budget in the customer area"), default=False
    )
    starts = models.DateField(_("starts"), default=timezone.localdate)
    due = models.DateField(_("due"), null=True, blank=True)
    finished = models.DateField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)
    search = SearchField()
    history = HistoricalRecords(excluded_fields=["search"])

    MERGE = {"client": "move"}
    EXPORT = ("name", "state", "summary", "starts", "due", "finished")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        indexes = [
            models.Index(fields=["state", "-created"], name="project_list"),
            models.Index(fields=["client", "-created"], name="project_of_client"),
            models.Index(
                fields=["-trashed", "-id"],
                name="project_trash",
                condition=Q(trashed__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("projects:detail", args=[self.pk])

    def found_by(self):
        return searchable(self.name)

    @classmethod
    def holds_back(cls, client):
        """Why the client cannot be forgotten yet (accounts.models.erasures)."""
        over = (cls.State.DONE, cls.State.CANCELLED)
        n = cls.objects.alive().filter(client=client).exclude(state__in=over).count()
        text = ngettext(
            "{n} project is not finished.", "{n} projects are not finished.", n
        )
        return text.format(n=n) if n else ""

    @property
    def is_over(self):
        return self.state in (self.State.DONE, self.State.CANCELLED)

    def must_not_precede(self, day):
        """Nothing is planned for a day before the project's first."""
        if day and day < self.starts:
            raise BeforeTheStart(self, day)

    def seen_by(self):
        """The colleagues who may see the project: sellers of the client, and the team."""
        team = Q(role=User.Role.DEV, memberships__project=self)
        sellers = User.objects.who_see(self.client)
        seen = Q(pk__in=sellers.values("pk")) | team
        return User.objects.filter(seen, is_active=True).distinct()

    def team(self):
        """The people who work on it."""
        return User.objects.filter(memberships__project=self)

    def locked(self):
        return Project.objects.select_for_update().get(pk=self.pk)

    @transaction.atomic
    def enter(self, state, *, by):
        """Set the state; finishing sets the day, the client sees it."""
        if state == self.locked().state:
            return
        self._must_be_ready_for(state)
        self.state = state
        self.finished = timezone.localdate() if state == self.State.DONE else None
        self.save(update_fields=["state", "finished"])
        text = _("{project} is now: {state}.").format(
            project=self, state=self.get_state_display()
        )
        kind = "project.done" if state == self.State.DONE else "project.state"
        self.record(kind, by=by, text=text, client_visible=True)

    def _must_be_ready_for(self, state):
        """Nothing is left to do or to approve at the end; a begun one is not planned."""
        rows = self.milestones
        if state == self.State.DONE:
            undone = list(rows.filter(state__in=OPEN_MILESTONE))
            waiting = list(rows.filter(approval="asked"))
            if undone or waiting:
                raise ProjectUnfinished(self, undone, waiting)
        elif state == self.State.PLANNED:
            begun = rows.filter(state__in=("active", "done"))
            if begun.exists() or self.hours.exists():
                raise WorkHasBegun(self)

    @transaction.atomic
    def edit(self, *, name, summary, starts, due, by):
        """Say anew what the project is about and when it is due."""
        self.name, self.summary, self.starts, self.due = name, summary, starts, due
        self.save(update_fields=["name", "summary", "starts", "due", "search"])
        text = _("{by} changed the facts of {project}.").format(by=by, project=self)
        self.record("project.edited", by=by, text=text)

    @transaction.atomic
    def describe(self, *, specification, requirements, by):
        """Say anew what is built; the history keeps what was said before."""
        self.specification, self.requirements = specification, requirements
        self.save(update_fields=["specification", "requirements"])
        text = _("{by} changed the specification of {project}.")
        text = text.format(by=by, project=self)
        self.record("project.described", by=by, text=text, client_visible=True)

    @transaction.atomic
    def set_budget(self, *, budget_hours, budget_amount, show_budget, by):
        """Agree on hours and money, and whether the client sees what is used of it."""
        self.budget_hours, self.budget_amount = budget_hours, budget_amount
        self.show_budget = show_budget
        names = ["budget_hours", "budget_amount", "show_budget"]
        self.save(update_fields=names)
        text = _("{by} set the budget of {project}.").format(by=by, project=self)
        self.record("project.budgeted", by=by, text=text)

    @transaction.atomic
    def add_member(self, user, *, right, by):
        """Put somebody on the team; a new lead makes the old one a member."""
        lead = ProjectMember.Right.LEAD
        if user.role != User.Role.DEV or not user.is_active:
            raise NotAllowedNow(
                _("{user} is not an active project developer.").format(user=user), self
            )
        self.locked()
        if right == lead:
            self.members.filter(right=lead).exclude(user=user).update(
                right=ProjectMember.Right.MEMBER
            )
        self.members.update_or_create(user=user, defaults={"right": right})
        self.task_links.give_unowned(user, right)
        role = _("leads") if right == lead else _("works on")
        text = _("{user} {role} {project} now.").format(
            user=user, role=role, project=self
        )
        self.record("project.member_added", by=by, text=text)

    @transaction.atomic
    def remove_member(self, user, *, by):
        """Take somebody off the team; what they logged stays, their tasks wait."""
        gone, _rows = self.members.filter(user=user).delete()
        if not gone:
            raise NotAllowedNow(_("{user} is not on the team.").format(user=user), self)
        text = _("{user} no longer works on {project}.").format(user=user, project=self)
        if n := self.task_links.take_from(user):
            left = ngettext(
                "{n} task is nobody’s now.", "{n} tasks are nobody’s now.", n
            )
            text = f"{text} {left.format(n=n)}"
        self.record("project.member_removed", by=by, text=text, tell=[user])

    @transaction.atomic
    def add_milestone(
        self, *, name, by, text="", planned_on=None, client_visible=True,
        asks_approval=False,
    ):  # fmt: skip
        """Put one more milestone at the end; a finished project is in progress again."""
        self.must_not_precede(planned_on)
        last = self.locked().milestones.order_by("position", "pk").last()
        milestone = self.milestones.create(
            name=name, text=text, planned_on=planned_on, asks_approval=asks_approval,
            client_visible=client_visible, position=last.position + 1 if last else 0,
        )  # fmt: skip
        said = _("{by} added the milestone {milestone}.")
        said = said.format(by=by, milestone=milestone)
        how = {"client_visible": client_visible, "about": [milestone]}
        self.record("milestone.added", by=by, text=said, **how)
        if self.state == self.State.DONE:
            self.enter(self.State.ACTIVE, by=by)
        return milestone

    @transaction.atomic
    def note(
        self, *, kind, text, by, milestone=None, client_visible=False, mentioned=()
    ):
        """Write an entry into the log; the client is told of one that it may see.

        Whoever is mentioned in it is told by mail as well.
        """
        entry = self.log.create(
            kind=kind,
            text=text,
            milestone=milestone,
            client_visible=client_visible,
            by=by,
        )
        event = self.record(
            "project.logged",
            by=by,
            text=f"{entry.get_kind_display()}: {text[:200]}",
            client_visible=client_visible,
            about=[milestone],
        )
        tell_mentioned(event, self, mentioned, text=text)
        return entry

    def obstacle(self):
        if self.client.trashed:
            return ParentInTrash(self, self.client)
        return super().obstacle()

    @transaction.atomic
    def trash(self, *, by):
        """Put the project away for 30 days; nobody sees it meanwhile."""
        self.put_away(by=by)
        text = _("{by} moved {project} to the trash.").format(by=by, project=self)
        self.record("project.trashed", by=by, text=text)

    @transaction.atomic
    def restore(self, *, by):
        """Take the project out of the trash as it was."""
        self.take_out(by=by)
        text = _("{by} took {project} out of the trash.").format(by=by, project=self)
        self.record("project.restored", by=by, text=text)

    def record(self, kind, *, by, text, client_visible=False, about=(), tell=()):
        """An event on this project's and its client's timeline, told to its people."""
        members = [m.user for m in self.members.select_related("user")]
        return record(
            kind,
            self,
            by=by,
            text=text,
            about=[self.client, self.lead, *about],
            tell=[*members, self.client.owner, *tell],
            client_visible=client_visible,
        )


class ProjectMember(models.Model):
    class Right(models.TextChoices):
        LEAD = "lead", _("Lead")
        MEMBER = "member", _("Member")

    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    right = models.CharField(
        _("right"), max_length=10, choices=Right, default=Right.MEMBER
    )

    class Meta:
        ordering = ["right", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="member_once"),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(right="lead"),
                name="project_has_one_lead",
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.get_right_display()})"
