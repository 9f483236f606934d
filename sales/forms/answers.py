"""What the client answers to a quotation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AcceptForm(forms.Form):
    name = forms.CharField(
        label=_("Full name, as a signature"), min_length=2, max_length=150
    )

    def __init__(self, *args, **kwargs):
        # It stands beside a DeclineForm, and no two fields share an id.
        super().__init__(*args, auto_id="accept_%s", **kwargs)


class DeclineForm(forms.Form):
    name = forms.CharField(label=_("Who declines"), min_length=2, max_length=150)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
