"""How forms are drawn, and fields that ask as you type."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from crm.lib.dates import read_month
from crm.lib.text import with_plain_ends


class Renderer(TemplatesSetting):
    """Draw every form with our markup: label above, error beside, summary on top."""

    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"


@dataclass(frozen=True)
class Fault:
    """One thing to change; `target` is the id of its field, if it stands at one."""

    text: str
    label: str = ""
    target: str = ""


def faults(form: forms.BaseForm) -> Iterator[Fault]:
    """What is wrong with a form, for a summary over several (components/_faults.html)."""
    for text in form.non_field_errors():
        yield Fault(str(text))
    for field in form:
        target = field.id_for_label or field.auto_id
        for text in field.errors:
            yield Fault(str(text), str(field.label), target)


class Suggest(forms.TextInput):
    """A text box that proposes words and takes any other."""

    template_name = "components/_suggest.html"
    proposals: tuple[str, ...] = ()

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        own["list"] = f"{own.get('id', name)}_list"
        return {**context, "proposals": self.proposals}


class Lines(forms.Textarea):
    """A box for several lines; browsers end them with two marks, we keep one."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return with_plain_ends(value) if isinstance(value, str) else value


class LoadedChoices(ModelChoiceIterator):
    """The choices from the rows that the field has loaded already."""

    def __iter__(self) -> Any:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        yield from map(self.choice, self.field.queryset or ())


class MonthField(forms.Field):
    """A month as "2026-11"; its value is the first day of it."""

    widget = forms.DateInput({"type": "month"}, format="%Y-%m")
    default_error_messages = {"invalid": _("Write the month as 2026-11.")}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        try:
            return read_month(str(value))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], "invalid") from None


class RowsField(forms.ModelChoiceField):
    """A choice among few rows: read once, for checking and drawing alike."""

    iterator = LoadedChoices

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        for row in self.queryset or ():
            if str(row.pk) == str(value):
                return row
        raise ValidationError(
            self.error_messages["invalid_choice"],
            code="invalid_choice",
            params={"value": value},
        )


class PickerWidget(forms.Widget):
    """A text box that finds rows as you type; posts `name` (pk) and `name_text`."""

    template_name = "components/_picker.html"

    def __init__(self, url: str = "", attrs: dict[str, Any] | None = None):
        super().__init__(attrs)
        self.url = url
        self.label_of: Any = str  # set by the field: the text of a chosen value
        self.label: Any = ""

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"url": self.url, "text": self.label_of(value)}
        context["widget"]["label"] = self.label
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """The pk that was picked, else the text, which the field looks up."""
        return str(data.get(name) or data.get(f"{name}_text", ""))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_text" not in data

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return id_ or ""


class PickerField(forms.Field):
    """One row of a queryset, which the form narrows with `visible_to(user)`.

    `text_field` is the column that a text typed without script must equal.
    """

    widget = PickerWidget
    default_error_messages = {
        "none": _("Nothing is called “%(text)s”. Pick one from the list."),
        "many": _("Several are called “%(text)s”. Pick one from the list."),
    }

    def __init__(
        self,
        queryset: "QuerySet[Any]",
        *,
        url: str = "",
        text_field: str = "name",
        **kw: Any,
    ):
        super().__init__(**kw)
        self.queryset, self.text_field = queryset, text_field
        self.widget.url = url
        self.widget.label_of, self.widget.label = self._label, self.label

    def _label(self, value: Any) -> str:
        if not str(value or "").isdecimal():
            return str(value or "")
        return str(self.queryset.filter(pk=value).first() or "")

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        text = str(value).replace("\x00", "").strip()
        same = {f"{self.text_field}__iexact": text}
        by = {"pk": text} if text.isdecimal() else same
        found = list(self.queryset.filter(**by)[:2])
        if len(found) != 1:
            code = "many" if found else "none"
            raise ValidationError(
                self.error_messages[code], code=code, params={"text": value}
            )
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")

    def __deepcopy__(self, memo: Any) -> Any:
        copied = super().__deepcopy__(memo)
        copied.widget.label_of = copied._label
        return copied
