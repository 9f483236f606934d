"""Files of a project, each with all its versions; shown to the client when shared."""

from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from crm.lib.errors import NotAllowedNow
from crm.lib.trash import ParentInTrash, Trashable, TrashQuerySet
from projects.files import clean_name, digest, type_of
from projects.models.milestones import Milestone
from projects.models.projects import Project


class SameFile(NotAllowedNow):
    def __init__(self, version):
        text = _("This file is version {n} of {document} already; nothing was kept.")
        super().__init__(text.format(n=version.number, document=version.document))


class DocumentQuerySet(TrashQuerySet):
    def visible_to(self, user, *, trashed=False):
        """Documents of projects one may see; with `trashed` those put away instead."""
        rows = self.in_trash() if trashed else self.alive()
        rows = rows.filter(project__in=Project.objects.visible_to(user))
        if user.role != User.Role.CLIENT:
            return rows
        return self.none() if trashed else rows.filter(client_visible=True)

    def editable_by(self, user):
        """Add a version: a client's owner, who leads; a member to internal ones."""
        rows = self.visible_to(user)
        if user.role == User.Role.CLIENT:
            return rows.filter(project__in=Project.objects.answerable_by(user))
        internal = Q(client_visible=False)
        internal &= Q(project__in=Project.objects.editable_by(user))
        return rows.filter(internal | Q(project__in=Project.objects.led_by(user)))


class Document(Trashable):
    project = models.ForeignKey(Project, models.CASCADE, related_name="documents")
    milestone = models.ForeignKey(
        Milestone, models.SET_NULL, null=True, blank=True, related_name="documents"
    )
    name = models.CharField(_("name"), max_length=120)
    client_visible = models.BooleanField(_("show in the customer area"), default=False)
    from_client = models.BooleanField(default=False, editable=False)
    # How many versions there are, which is the number of the current one.
    number = models.PositiveSmallIntegerField(default=0, editable=False)
    created = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords()

    PERSONAL = ("name",)
    EXPORT = ("name", "number", "created")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        indexes = [
            models.Index(fields=["project", "-created"], name="document_of_project"),
            models.Index(
                fields=["-trashed", "-id"],
                name="document_trash",
                condition=Q(trashed__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{self.project.get_absolute_url()}documents/#document-{self.pk}"

    @classmethod
    @transaction.atomic
    def begin(cls, project, file, *, by, milestone=None, client_visible=False):
        """Keep a first version; what a client brings is always seen by both sides."""
        from_client = by.role == User.Role.CLIENT
        document = cls.objects.create(
            project=project,
            milestone=milestone,
            name=clean_name(file.name),
            client_visible=client_visible or from_client,
            from_client=from_client,
        )
        document.keep(file, by)
        document._say("added", _("{by} added the document {document}."), by)
        return document

    @transaction.atomic
    def add_version(self, file, *, by):
        """Keep a newer file under the same name; the older ones stay to be read."""
        fresh = Document.objects.alive().select_for_update().filter(pk=self.pk).first()
        if fresh is None:
            raise NotAllowedNow(_("{document} was put away.").format(document=self))
        self.number = fresh.number
        version = self.keep(file, by)
        self._say("updated", _("{by} added version {n} of {document}."), by)
        return version

    @transaction.atomic
    def share(self, *, by):
        """Show it in the customer area; the client is told."""
        if self.client_visible:
            return
        self.client_visible = True
        self.save(update_fields=["client_visible"])
        self._say("shared", _("{by} shared {document}."), by)

    @transaction.atomic
    def unshare(self, *, by):
        """Take it out of the customer area; what the client brought stays there."""
        if self.from_client:
            text = _("{document} came from the client, who keeps seeing it.")
            raise NotAllowedNow(text.format(document=self), self)
        self.client_visible = False
        self.save(update_fields=["client_visible"])
        self._say("unshared", _("{by} took {document} out of the customer area."), by)

    def obstacle(self):
        if self.project.trashed:
            return ParentInTrash(self, self.project)
        return super().obstacle()

    @transaction.atomic
    def trash(self, *, by):
        """Put it away for 30 days, with all its versions."""
        self.put_away(by=by)
        self._say("trashed", _("{by} moved {document} to the trash."), by)

    @transaction.atomic
    def restore(self, *, by):
        """Take it out of the trash as it was."""
        self.take_out(by=by)
        self._say("restored", _("{by} took {document} out of the trash."), by)

    def keep(self, file, by):
        """Store the file as the next version, unless it is one of ours already."""
        mark = digest(file)
        if known := self.versions.filter(sha256=mark).first():
            raise SameFile(known)
        self.number += 1
        self.save(update_fields=["number"])
        name = clean_name(file.name)
        version = DocumentVersion(
            document=self, number=self.number, name=name, size=file.size,
            content_type=type_of(name), sha256=mark, by=by,
        )  # fmt: skip
        version.file.save(name, file, save=False)
        try:
            version.save()
        except BaseException:  # what is not written down must not lie about
            version.file.storage.delete(version.file.name)
            raise
        return version

    def _say(self, verb, text, by):
        self.project.record(
            f"document.{verb}",
            by=by,
            text=text.format(by=by, document=self, n=self.number),
            client_visible=self.client_visible and self.trashed is None,
            about=[self, self.milestone],
        )


def place(version, name):
    """Where a file lies: under a random name without an ending."""
    return f"documents/{uuid4().hex}"


class DocumentVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__in=Document.objects.visible_to(user))

    def current(self):
        """The newest of each document."""
        return self.filter(number=F("document__number"))

    def as_lines(self):
        """With what a line about it says, the newest document first."""
        rows = self.select_related("by", "document__milestone")
        return rows.order_by("-document__created", "-document_id", "-number")


class DocumentVersion(models.Model):
    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to=place)
    name = models.CharField(_("name of the file"), max_length=120)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    PERSONAL = ("file", "name")
    EXPORT = ("name", "number", "size", "at")

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="document_version_once"
            ),
            models.UniqueConstraint(
                fields=["document", "sha256"], name="document_file_once"
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.number})"

    @property
    def weight(self):
        """The size in words."""
        return filesizeformat(self.size)
