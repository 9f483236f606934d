"""Who took which rows away as a file."""

from collections.abc import Iterator

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The log is for admins."""
        return self if user.role == User.Role.ADMIN else self.none()

    def with_names(self):
        return self.select_related("by")


class Export(models.Model):
    """One list taken away as a file; kept for good."""

    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    what = models.CharField(_("list"), max_length=30)
    format = models.CharField(_("format"), max_length=5)
    address = models.CharField(_("as filtered"), max_length=1000)  # path and query
    rows = models.PositiveIntegerField(_("rows"), default=0)
    created = models.DateTimeField(_("when"), default=timezone.now)
    finished = models.DateTimeField(_("finished"), null=True)  # None: broken off

    PERSONAL = ("address",)  # what was searched for may be a name

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        indexes = [models.Index(fields=["-created", "-id"], name="export_list")]

    def __str__(self):
        return f"{self.what} ({self.format})"

    def counted(self, records) -> Iterator:
        """The records as they leave; their number is kept also if the reader hangs up."""
        try:
            for record in records:
                self.rows += 1
                yield record
            self.finished = timezone.now()
        finally:
            self.save(update_fields=["rows", "finished"])
