"""What clients ask of the firm, and what was said about it until it was solved."""

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Client, Contact, Department, User
from crm.lib.search import SearchField
from crm.lib.text import searchable
from notifications.actions import record
from projects.models.posts import ClientIsBlocked
from projects.models.projects import Project
from projects.models.request_refusals import (
    NotSolved,
    OutOfSight,
    SolvedAlready,
    ThereAlready,
)
from projects.models.request_rows import LATE, OPEN, OVER, RequestQuerySet
from projects.models.service_rules import ServiceRule


class Request(models.Model):
    """One wish or complaint of a client, from the first word until it is solved."""

    class Kind(models.TextChoices):
        PROBLEM = "problem", _("A problem")
        QUESTION = "question", _("A question")
        INVOICE = "invoice", _("About an invoice")
        RETURN = "return", _("A return")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        WAITING = "waiting", _("Waiting for the client")
        SOLVED = "solved", _("Solved")
        CLOSED = "closed", _("Closed by the client")

    class Origin(models.TextChoices):
        CLIENT = "client", _("The client asked")
        STAFF = "staff", _("A colleague wrote it down")
        RULE = "rule", _("A service rule noticed it")

    client = models.ForeignKey(Client, models.CASCADE, related_name="requests")
    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="requests"
    )
    invoice = models.ForeignKey(
        "sales.Invoice", models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    # One of the kinds of requests that a department lists, which sent it there.
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("what it is about"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.OPEN
    )
    # Since when the next word is of whose turn it is: the longest wait is the latest.
    since = models.DateTimeField(default=timezone.now, editable=False)
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.CLIENT)
    # What a rule noticed waits for a colleague's first word until the client sees it.
    client_visible = models.BooleanField(default=True, editable=False)
    rule = models.ForeignKey(
        ServiceRule, models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    cause = models.CharField(max_length=80, blank=True, editable=False)
    why = models.CharField(max_length=250, blank=True, editable=False)
    created = models.DateTimeField(default=timezone.now)
    answered = models.DateTimeField(null=True, blank=True)
    solved = models.DateTimeField(null=True, blank=True)
    search = SearchField()
    history = HistoricalRecords(excluded_fields=["search"])

    MERGE = {"client": "move", "contact": "move"}
    PERSONAL = ("subject", "text", "why", "search")
    EXPORT = (
        *("kind", "topic", "subject", "text", "state"),
        *("created", "answered", "solved"),
    )

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        indexes = [
            models.Index(fields=["state", "since", "id"], name="request_list"),
            models.Index(
                fields=["department", "state", "since"], name="request_of_department"
            ),
            models.Index(fields=["owner", "state", "since"], name="request_of_owner"),
            models.Index(fields=["client", "-since"], name="request_of_client"),
            models.Index(fields=["-created"], name="request_newest"),
            models.Index(fields=["-since", "-id"], name="request_last"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "cause"],
                condition=Q(rule__isnull=False),
                name="request_once_per_cause",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, solved__isnull=True)
                | Q(state__in=OVER, solved__isnull=False),
                name="request_over_when_solved",
            ),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("requests:detail", args=[self.pk])

    def found_by(self):
        return searchable(self.subject, self.topic)

    @property
    def tone(self):
        """The colour of its state."""
        return {"open": "info", "waiting": "warning"}.get(self.state, "good")

    @property
    def is_over(self):
        return self.state in OVER

    @property
    def is_late(self):
        """Whether the client has waited for our word for more than a day."""
        return self.state == self.State.OPEN and self.since < timezone.now() - LATE

    def usual_owner(self):
        """Who looks after the client, if that is somebody of the request's department."""
        owner = self.client.owner
        works_there = owner and owner.department_id == self.department_id
        return owner if works_there and owner.is_active else None

    def holders(self):
        """Who hears of it: its owner, else the department's managers, else those above."""
        active = User.objects.filter(is_active=True)
        managers = Q(role=User.Role.MANAGER, department=self.department_id)
        for someone in (
            Q(pk=self.owner_id),
            managers if self.department_id else Q(pk=None),
            Q(pk=self.client.owner_id),
        ):
            if found := list(active.filter(someone)):
                return found
        return list(active.filter(role=User.Role.ADMIN))

    def firm(self):
        """Who is told of a client's word: who holds it, and who leads the project."""
        lead = Q(memberships__project=self.project_id, memberships__right="lead")
        leads = User.objects.filter(lead, is_active=True) if self.project_id else ()
        return [*self.holders(), *leads]

    def can_be_held_by(self, user):
        """Whether this colleague would see the request once it is theirs."""
        if not user.is_active or user.role == User.Role.CLIENT:
            return False
        if user.role != User.Role.MANAGER:
            return True
        return user.department_id in (self.department_id, self.client.department_id)

    def readers(self):
        """The client's people who can sign in; nobody while it is ours alone."""
        if not self.client_visible:
            return []
        return list(User.objects.filter(contact__client=self.client, is_active=True))

    @transaction.atomic
    def answer(self, text, *, by, then=""):
        """Write to the other side, which is told; `then` is the state it leaves behind.

        The firm's first word is timed, and shows the client what a rule had noticed; who
        answers for the department has what nobody had. A client's word opens it again.
        """
        self._lock()
        if self.client.is_blocked:
            raise ClientIsBlocked(self.client, self)
        is_client = by.role == User.Role.CLIENT
        self.since = timezone.now()
        if is_client:
            self._enter(self.State.OPEN)
        else:
            self.answered = self.answered or self.since
            self.client_visible = True
            if self.owner is None and by.department_id == self.department_id:
                self.owner = by
            self._enter(then or self.state)
        said = _("{by} wrote about “{request}”:")
        if not is_client and self.is_over:
            said = _("{by} answered “{request}”, which is solved:")
        people = self.firm() if is_client else [*self.readers(), self.owner]
        head = said.format(by=by, request=self)
        event = self.say("answered", f"{head}\n{text}", by, tell=people, visible=True)
        return self.posts.create(by=by, text=text, at=self.since, event=event)

    @transaction.atomic
    def note(self, text, *, by):
        """Write for colleagues only; the client never reads it."""
        head = _("{by} noted on “{request}”:").format(by=by, request=self)
        event = self.say("noted", f"{head}\n{text}", by, tell=[self.owner])
        return self.posts.create(by=by, text=text, internal=True, event=event)

    @transaction.atomic
    def assign(self, owner, *, by):
        """Give it to a colleague, or take it oneself."""
        self._lock()
        if not self.can_be_held_by(owner):
            raise OutOfSight(self, owner)
        before, self.owner = self.owner, owner
        self.save(update_fields=["owner"])
        text = _("{by} gave “{request}” to {owner}.")
        text = text.format(by=by, request=self, owner=owner)
        self.say("assigned", text, by, tell=[before, owner])

    @transaction.atomic
    def move(self, department, *, by):
        """Hand it to another department; its people are told and take it from there."""
        self._lock()
        if self.department_id == department.pk:
            raise ThereAlready(self)
        self.department = department
        self.owner = self.usual_owner()
        self.save(update_fields=["department", "owner"])
        text = _("{by} moved “{request}” to {department}.")
        text = text.format(by=by, request=self, department=department)
        self.say("moved", text, by, tell=self.holders())

    @transaction.atomic
    def wait(self, *, by):
        """The next word is the client's."""
        self._lock()
        if self.is_over:
            raise SolvedAlready(self)
        self.since = timezone.now()
        self._enter(self.State.WAITING)
        text = _("“{request}” waits for the client.").format(request=self)
        self.say("waiting", text, by, visible=True)

    @transaction.atomic
    def solve(self, *, by):
        """It is solved; a client's own word closes it."""
        self._lock()
        is_client = by.role == User.Role.CLIENT
        over = OVER if not is_client else (self.State.CLOSED,)
        if self.state in over:
            raise SolvedAlready(self)
        self.since = timezone.now()
        self._enter(self.State.CLOSED if is_client else self.State.SOLVED)
        text = _("{by} says that “{request}” is solved.").format(by=by, request=self)
        people = self.firm() if is_client else self.readers()
        self.say("solved", text, by, tell=people, visible=True)

    @transaction.atomic
    def reopen(self, *, by):
        """It is not solved after all."""
        self._lock()
        if self.state == self.State.OPEN:
            raise NotSolved(self)
        self.since = timezone.now()
        self._enter(self.State.OPEN)
        is_client = by.role == User.Role.CLIENT
        text = _("{by} opened “{request}” again.").format(by=by, request=self)
        people = self.firm() if is_client else [self.owner]
        self.say("reopened", text, by, tell=people, visible=True)

    def say(self, verb, text, by, *, tell=(), visible=False):
        """An event on the timelines of request, client and project."""
        return record(
            f"request.{verb}",
            self,
            by=by,
            text=text,
            about=[self.client, self.project],
            tell=tell,
            client_visible=visible and self.client_visible,
        )

    def _lock(self):
        """Two people press at once: the second sees what the first did."""
        names = ["state", "since", "answered", "solved", "client_visible"]
        rows = Request.objects.select_for_update()
        self.refresh_from_db(fields=[*names, "owner", "department"], from_queryset=rows)

    def _enter(self, state):
        """Set the state and the moments that go with it."""
        self.state = state
        self.solved = (self.solved or self.since) if self.is_over else None
        names = ["state", "since", "answered", "solved", "client_visible", "owner"]
        self.save(update_fields=names)
