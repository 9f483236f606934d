"""Leads: chances of one project each, and what may be done with them."""

from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Client, Department, Medium, Place, User
from crm.lib.errors import NotAllowedNow
from crm.lib.money import show
from crm.lib.phones import PhoneField
from crm.lib.text import searchable
from crm.lib.trash import ParentInTrash, Trashable
from leads.models.lead_rows import LeadQuerySet
from leads.models.orders import in_order
from leads.models.refusals import LeadClosed, LeadHasProject, LeadIdTaken, LeadOpen
from leads.models.stages import Stage
from notifications.actions import record


class Lead(Trashable):
    """A chance of one project; a client with several projects has several leads."""

    name = models.CharField(_("what it is about"), max_length=200)
    client = models.ForeignKey(
        Client,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("client"),
    )
    contact_name = models.CharField(_("contact"), max_length=150, blank=True)
    company = models.CharField(_("company"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneField(_("telephone"), blank=True)
    external_id = models.CharField(_("external id"), max_length=100, blank=True)
    # Indexes of the lists begin with stage, owner and department: they need no own one.
    stage = models.ForeignKey(
        Stage,
        models.PROTECT,
        related_name="leads",
        db_index=False,
        verbose_name=_("stage"),
    )
    # The stage's kind, kept beside it so that lists need no join; verbs keep both.
    state = models.CharField(
        max_length=5, choices=Stage.Kind, default=Stage.Kind.OPEN, editable=False
    )
    stage_since = models.DateTimeField(default=timezone.now, editable=False)
    medium = models.ForeignKey(
        Medium,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("medium of contact"),
    )
    place = models.ForeignKey(
        Place, models.SET_NULL, null=True, blank=True, related_name="leads"
    )
    value = models.DecimalField(
        _("value"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    # In words: this app does not see products.
    interest = models.CharField(_("interested in"), max_length=120, blank=True)
    owner = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="leads",
        db_index=False,
        verbose_name=_("owner"),
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        db_index=False,
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("on"), null=True, blank=True)
    lost_reason = models.CharField(_("why it was lost"), max_length=200, blank=True)
    created = models.DateTimeField(_("came in"), default=timezone.now)
    closed = models.DateTimeField(_("closed"), null=True, blank=True)
    # Pushed down by projects.actions: this app does not see projects.
    project_started = models.DateTimeField(
        _("project started"), null=True, blank=True, editable=False
    )
    # How it came to its owner: the sentence; by a rule, which one and when. `given` is
    # taken back as soon as the lead was touched or settled.
    why = models.CharField(max_length=300, blank=True, editable=False)
    rule = models.ForeignKey(
        "leads.AssignmentRule",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="leads",
        db_index=False,
        editable=False,
    )
    given = models.DateTimeField(null=True, blank=True, editable=False)
    search = models.TextField(blank=True, editable=False)
    # Labels, written by analytics.actions.publish():
    score = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    media_group = models.CharField(max_length=60, blank=True, editable=False)
    history = HistoricalRecords(
        excluded_fields=["search", "score", "media_group", "why", "rule", "given"]
    )

    MERGE = {"client": "move"}
    # What tells people apart, and what a row is called: accounts.duplicates.
    CALLED = ("contact_name", "company")
    KNOWN_AS = _("lead")
    PERSONAL = ("contact_name", "company", "email", "phone", "search")
    EXPORT = ()

    objects = LeadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-created", "-id"], name="lead_owner_list"),
            models.Index(
                fields=["department", "-created", "-id"], name="lead_department_list"
            ),
            models.Index(fields=["-created", "-id"], name="lead_list"),
            models.Index(
                fields=["owner", "stage", "-created", "-id"], name="lead_owner_stage"
            ),
            models.Index(
                fields=["department", "stage", "-created", "-id"],
                name="lead_dept_stage",
            ),
            models.Index(fields=["stage", "-created", "-id"], name="lead_stage"),
            *in_order("step", ["next_step_on", "id"], models.Q(state="open")),
            models.Index(
                fields=["owner", "-created", "-id"],
                name="lead_owner_unplanned",
                condition=models.Q(state="open", next_step=""),
            ),
            *in_order(
                "value",
                ["currency", "-value", "-id"],
                models.Q(value__isnull=False),
            ),
            models.Index(Lower("email"), name="lead_email_lower"),
            models.Index(fields=["phone"], name="lead_phone"),
            models.Index(
                fields=["rule", "-given"],
                name="lead_given",
                condition=models.Q(given__isnull=False),
            ),
            models.Index(
                fields=["-trashed", "-id"],
                name="lead_trash",
                condition=models.Q(trashed__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~models.Q(external_id="") & models.Q(trashed__isnull=True),
                name="lead_external_id_once",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("leads:detail", args=[self.pk])

    @property
    def is_open(self):
        return self.state == Stage.Kind.OPEN

    @property
    def is_overdue(self):
        due = self.next_step_on
        return self.is_open and due is not None and due < timezone.localdate()

    @property
    def days_in_stage(self):
        return (timezone.now() - self.stage_since).days

    @property
    def money(self):
        return show(self.value, self.currency)

    @property
    def who(self):
        """The person or firm behind the lead, as well as it is known."""
        return self.contact_name or self.company or self.email or str(self.phone or "")

    def found_by(self):
        """What the search column holds; set it whenever one of these changes."""
        return searchable(
            self.name,
            self.contact_name,
            self.company,
            self.email,
            self.phone,
            self.external_id,
        )

    def is_id_taken(self):
        """Whether another lead, outside the trash, has the same external id."""
        if not self.external_id:
            return False
        same = Lead.objects.alive().filter(external_id=self.external_id)
        return same.exclude(pk=self.pk).exists()

    def seen_by(self):
        """The colleagues who may see the lead: `visible_to`, asked from the other side."""
        return User.objects.who_see(self)

    def locked(self):
        """This row, re-read and locked until the transaction ends."""
        return Lead.objects.select_for_update().get(pk=self.pk)

    def _enter(self, stage, **changes):
        """Put the lead into `stage`, with the columns that follow from it."""
        open_again = stage.kind == Stage.Kind.OPEN
        changes |= {"stage": stage, "state": stage.kind, "stage_since": timezone.now()}
        changes["closed"] = None if open_again else (self.closed or timezone.now())
        self._set(**changes)

    def _set(self, **changes):
        for field, value in changes.items():
            setattr(self, field, value)
        self.save(update_fields=list(changes))

    def _last_open_stage(self):
        """The open stage it was in before, or the first one where that is not known."""
        past = self.history.filter(state=Stage.Kind.OPEN).order_by("-history_id")
        pk = past.values_list("stage_id", flat=True).first()
        known = Stage.objects.filter(pk=pk, kind=Stage.Kind.OPEN).first()
        return known or Stage.first_of(Stage.Kind.OPEN)

    @transaction.atomic
    def move(self, stage, *, by):
        """Move an open lead to another open stage (`win` and `lose` close it)."""
        fresh = self.locked()
        if not fresh.is_open:
            raise LeadClosed(fresh)
        if stage.kind != Stage.Kind.OPEN:
            raise NotAllowedNow(_("Close the lead by winning or losing it."), fresh)
        if stage == fresh.stage:
            return
        before = fresh.stage
        self._enter(stage)
        text = _("{by} moved {lead} from {before} to {after}.").format(
            by=by, lead=self, before=before, after=stage
        )
        record(
            "lead.moved", self, by=by, text=text, about=[self.client], tell=[self.owner]
        )

    @transaction.atomic
    def win(self, *, by):
        """Close the lead as won and tell its owner."""
        fresh = self.locked()
        if not fresh.is_open:
            raise LeadClosed(fresh)
        self._enter(Stage.first_of(Stage.Kind.WON), lost_reason="")
        text = _("{by} won {lead}.").format(by=by, lead=self)
        record(
            "lead.won", self, by=by, text=text, about=[self.client], tell=[self.owner]
        )

    @transaction.atomic
    def lose(self, *, reason, by):
        """Close the lead as lost, with the reason, and tell its owner."""
        fresh = self.locked()
        if not fresh.is_open:
            raise LeadClosed(fresh)
        if fresh.project_started:
            raise LeadHasProject(fresh)
        self._enter(Stage.first_of(Stage.Kind.LOST), lost_reason=reason)
        text = _("{by} lost {lead}: {reason}").format(by=by, lead=self, reason=reason)
        record(
            "lead.lost", self, by=by, text=text, about=[self.client], tell=[self.owner]
        )

    @transaction.atomic
    def reopen(self, *, by):
        """Open a closed lead again, in the stage it was closed from."""
        fresh = self.locked()
        if fresh.is_open:
            raise LeadOpen(fresh)
        if fresh.project_started:
            raise LeadHasProject(fresh)
        self._enter(self._last_open_stage(), lost_reason="")
        text = _("{by} reopened {lead}.").format(by=by, lead=self)
        record(
            "lead.reopened",
            self,
            by=by,
            text=text,
            about=[self.client],
            tell=[self.owner],
        )

    def note_project(self, started, **was):
        """Note when it became a project; None, and what it was, when that is undone."""
        self._set(project_started=started, **was)

    @transaction.atomic
    def assign(self, owner, *, by):
        """Give the lead to somebody else; both owners are told."""
        before = self.owner
        text = _("{by} gave {lead} to {owner}.").format(by=by, lead=self, owner=owner)
        self._hand(owner, why=text)
        record(
            "lead.assigned",
            self,
            by=by,
            text=text,
            about=[self.client],
            tell=[before, owner],
        )

    @transaction.atomic
    def pass_on(self, owner, *, rule, why):
        """Give the lead to the next one by a rule; both are told why."""
        before, now = self.owner, timezone.now()
        self._change_reason = f"rule #{rule.pk}: {rule}"[:100]
        self._hand(owner, why=why, rule=rule, given=now)
        text = _("{lead} went from {before} to {owner}.")
        text = text.format(lead=self, before=before, owner=owner)
        text, tell = f"{text}\n{why}", [before, owner]
        record("lead.assigned", self, by=None, text=text, tell=tell)

    def _hand(self, owner, *, why, rule=None, given=None):
        self.owner, self.department, self.why = owner, owner.department, why[:300]
        self.rule, self.given = rule, given
        fields = ["owner", "department", "why", "rule", "given"]
        self.save(update_fields=fields)

    def settle(self):
        """Stop watching whether the lead is touched."""
        self.given = None
        self.save_without_historical_record(update_fields=["given"])

    @transaction.atomic
    def plan(self, step, on, *, by):
        """Set the next step and its day."""
        self.next_step, self.next_step_on = step, on
        self.save(update_fields=["next_step", "next_step_on"])
        text = _("{by} planned: {step}").format(by=by, step=step or _("nothing"))
        if on:
            text = _("{text} (by {day})").format(
                text=text, day=date_format(on, "j M Y")
            )
        record("lead.planned", self, by=by, text=text, tell=[self.owner])

    def obstacle(self):
        if self.is_id_taken():
            return LeadIdTaken(self)
        if self.client and self.client.trashed:
            return ParentInTrash(self, self.client)
        return super().obstacle()

    @transaction.atomic
    def trash(self, *, by):
        """Put the lead away for 30 days."""
        self.put_away(by=by)
        text = _("{by} moved {lead} to the trash.").format(by=by, lead=self)
        record(
            "lead.trashed",
            self,
            by=by,
            text=text,
            about=[self.client],
            tell=[self.owner],
        )

    @transaction.atomic
    def restore(self, *, by):
        """Take the lead out of the trash, unless its id was given away meanwhile."""
        self.take_out(by=by)
        text = _("{by} took {lead} out of the trash.").format(by=by, lead=self)
        record(
            "lead.restored",
            self,
            by=by,
            text=text,
            about=[self.client],
            tell=[self.owner],
        )
