"""What clients and visitors type about a meeting."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.lib.forms import RowsField
from leads.models import MeetingKind

AHEAD = timedelta(days=180)


class SlotForm(forms.Form):
    """One of the free times."""

    starts = forms.DateTimeField(
        label=_("When"),
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Choose one of the free times."),
            "invalid": _("Choose one of the free times."),
        },
    )

    def clean_starts(self):
        starts = self.cleaned_data["starts"]
        if starts > timezone.now() + AHEAD:
            raise forms.ValidationError(_("That is more than half a year away."))
        return starts


class KindSlotForm(SlotForm):
    """A free time for a meeting of one of these kinds."""

    kind = RowsField(
        MeetingKind.objects.none(),
        label=_("Kind"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds
        self.fields["kind"].required = bool(self.kinds)

    @property
    def kinds(self):
        """The kinds to choose from, read once."""
        return list(self.fields["kind"].queryset)


class ClientBookForm(KindSlotForm):
    """What a client says about the meeting."""

    title = forms.CharField(
        label=_("What is it about?"), max_length=120, required=False
    )
    agenda = forms.CharField(
        label=_("What should be prepared?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
