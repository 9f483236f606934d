"""An import: a file, its mapping, its progress and its counts."""

from functools import partial

from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from crm.lib.errors import NotAllowedNow
from crm.lib.jobs import Job, JobQuerySet, nudge


class ImportStarted(NotAllowedNow):
    def __init__(self, job):
        super().__init__(
            _("{file} has been started already.").format(file=job.name), job
        )


class NothingToUndo(NotAllowedNow):
    def __init__(self, job):
        text = _(
            "{file} cannot be undone: it changed nothing, or nothing that has a history."
        )
        super().__init__(text.format(file=job.name), job)


class ImportUndone(NotAllowedNow):
    def __init__(self, job):
        text = _("{file} is being undone or was undone already.")
        super().__init__(text.format(file=job.name), job)


class ImportQuerySet(JobQuerySet):
    def visible_to(self, user):
        if user.role == User.Role.ADMIN:
            return self
        return self.filter(by=user) if user.is_seller else self.none()

    editable_by = visible_to

    def remembered(self, shape):
        """Imports of files with the same columns that went through, the newest first."""
        rows = self.filter(undoes__isnull=True).exclude(shape="")
        went = (Job.State.QUEUED, Job.State.RUNNING, Job.State.DONE)
        return rows.filter(shape=shape, state__in=went).order_by("-pk")


class Import(Job):
    class Kind(models.TextChoices):
        LEADS = "leads", _("Leads")
        CLIENTS = "clients", _("Clients")
        CONTACTS = "contacts", _("Contacts")
        PURCHASES = "purchases", _("Purchases")
        PRODUCTS = "products", _("Products")
        SPEND = "spend", _("Spend on media")
        VISITS = "visits", _("Visits")

    kind = models.CharField(max_length=20, choices=Kind)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="imports")
    file = models.FileField(upload_to="imports/")
    name = models.CharField(max_length=200)  # the file's own name
    mapping = models.JSONField(default=dict)  # our field → the file's column
    constants = models.JSONField(default=dict)  # our field → a value for every row
    shape = models.CharField(max_length=64, blank=True, db_index=True)  # of the columns
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    read = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)  # rows committed so far
    notes = models.JSONField(
        default=list
    )  # what a reader should know, e.g. unknown stages
    errors = models.FileField(
        upload_to="imports/", blank=True
    )  # rejected rows, with reasons

    undoes = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="undos"
    )

    is_trial = False  # a preview or dry run, which writes nothing

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(
                fields=["undoes"],
                condition=~models.Q(state__in=["failed", "cancelled"]),
                name="import_undone_once",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.get_kind_display()})"

    def get_absolute_url(self):
        return reverse("accounts:import", args=[self.pk])

    @property
    def summary(self):
        """The line every importer ends with; its counts add up to what was read."""
        return (
            f"read {self.read}: created {self.made}, updated {self.updated}, "
            f"duplicate {self.duplicate}, rejected {self.rejected}"
        )

    @property
    def reason(self):
        """How a change made here is told in the history of its row."""
        return f"import #{self.pk}: {self.name}"[:100]

    @property
    def can_be_undone(self):
        """Whether it changed anything of which there is a history."""
        kinds = self.Kind
        kept = self.kind not in (kinds.PURCHASES, kinds.SPEND, kinds.VISITS)
        changed = self.is_over and (self.made or self.updated)
        return bool(changed and kept and not self.undoes_id)

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    def prepare(self, *, kind, mapping, constants, owner):
        """Say what the file holds, which column is which, and who owns new rows."""
        if not self.is_draft:
            raise ImportStarted(self)
        self.kind, self.mapping = kind, mapping
        self.constants, self.owner = constants, owner
        self.save(update_fields=["kind", "mapping", "constants", "owner"])

    @transaction.atomic
    def start(self):
        """Queue the import, once, however often the button is pressed."""
        draft = Import.objects.filter(pk=self.pk, state=self.State.DRAFT)
        if not draft.update(state=self.State.QUEUED):
            raise ImportStarted(self)
        transaction.on_commit(partial(nudge, "crm.run_import", self.pk))

    @transaction.atomic
    def undo(self, *, by):
        """Queue a job that takes this import back, once; gives that job."""
        if not self.can_be_undone:
            raise NothingToUndo(self)
        name = gettext("Undo of {file}").format(file=self.name)[:200]
        job = Import(kind=self.kind, name=name, by=by, undoes=self)
        try:
            with transaction.atomic():
                job.save()
        except IntegrityError:
            raise ImportUndone(self) from None
        transaction.on_commit(partial(nudge, "crm.run_import", job.pk))
        return job
