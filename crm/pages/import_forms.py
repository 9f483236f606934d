"""Forms of the import pages."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Import, User
from crm.importers import IMPORTERS, samples

ORDERS = [
    ("", _("as the file shows")),
    ("dmy", _("day first: 31/12/2026")),
    ("mdy", _("month first: 12/31/2026")),
]

BARE = {"class": "input"}  # drawn outside a field's frame


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX, XLS, ODS or vCard; exports of other programs as they are."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods,.vcf"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        limit = settings.IMPORT_MAX_BYTES
        if file.size > limit:
            text = _("The file has %(size).1f MB; %(limit).0f MB is the most.")
            sizes = {"size": file.size / 2**20, "limit": limit / 2**20}
            raise forms.ValidationError(text, params=sizes)
        return file


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("The file holds"),
        choices=Import.Kind.choices,
        widget=forms.Select(attrs=BARE),
    )


@dataclass
class Line:
    """One field of ours on the page: its column, what that holds, a constant."""

    column: forms.BoundField
    constant: forms.BoundField
    examples: str
    is_used: bool


class MappingForm(forms.Form):
    """For each of our fields a column of the file, or a value for every row."""

    owner = forms.ModelChoiceField(
        label=_("Owner of new rows"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
    )
    dates = forms.ChoiceField(
        label=_("Dates are written"), choices=ORDERS, required=False
    )

    def __init__(self, data=None, *, job, table, user):
        initial = {"owner": job.owner_id, "dates": job.constants.get("dates", "")}
        super().__init__(data, initial=initial)
        self.job, self.columns = job, table.columns
        self.rows = samples(table)
        self.ours = IMPORTERS[job.kind].fields
        if user.role == User.Role.BD:
            del self.fields["owner"]
        else:
            self.fields["owner"].queryset = User.objects.visible_to(user).sellers()
        choices = [("", _("– not in the file –")), *((c, c) for c in table.columns)]
        for field in self.ours:
            self.fields[f"map-{field.name}"] = forms.ChoiceField(
                label=field.label,
                choices=choices,
                required=False,
                initial=job.mapping.get(field.name, ""),
                widget=forms.Select(attrs=BARE),
            )
            self.fields[f"set-{field.name}"] = forms.CharField(
                label=_("%(field)s for every row") % {"field": field.label},
                required=False,
                max_length=200,
                initial=job.constants.get(field.name, ""),
                widget=forms.TextInput(attrs=BARE),
            )

    def lines(self):
        for field in self.ours:
            column, constant = self[f"map-{field.name}"], self[f"set-{field.name}"]
            yield Line(
                column,
                constant,
                self.examples(column.value()),
                bool(column.value() or constant.value()),
            )

    def used(self):
        return [line for line in self.lines() if line.is_used]

    def unused(self):
        return [line for line in self.lines() if not line.is_used]

    def examples(self, column):
        """The first three values of a column."""
        if column not in self.columns:
            return ""
        at = self.columns.index(column)
        found = dict.fromkeys(row[at].strip()[:40] for row in self.rows)
        return " · ".join([text for text in found if text][:3])

    def cleaned(self):
        """What was chosen, as `Import.prepare` takes it."""
        data = self.cleaned_data

        def chosen(prefix):
            found = {f.name: data.get(f"{prefix}-{f.name}") for f in self.ours}
            return {name: value for name, value in found.items() if value}

        constants = chosen("set")
        if data.get("dates"):
            constants["dates"] = data["dates"]
        owner = data.get("owner")
        return {"mapping": chosen("map"), "constants": constants, "owner": owner}
