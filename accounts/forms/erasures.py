"""Asking to be forgotten."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.lib.forms import Lines


class ForgetForm(forms.Form):
    """That one wants to be forgotten, and whether the firm too; owners decide that."""

    whole_firm = forms.BooleanField(
        label=_("My firm as well, with all its people"), required=False
    )
    reason = forms.CharField(
        label=_("Why, if you like to say"),
        required=False,
        max_length=1000,
        widget=Lines({"rows": 3}),
    )
    sure = forms.BooleanField(
        label=_("I know that my login ends and that this cannot be taken back.")
    )

    def __init__(self, *args, may_ask_firm, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_ask_firm:
            del self.fields["whole_firm"]

    @property
    def wish(self):
        given = dict(self.cleaned_data)
        given.pop("sure", None)
        return given


class CarryOutForm(forms.Form):
    """That who carries a wish out knows what it means."""

    sure = forms.BooleanField(label=_("I know that this cannot be taken back."))


class ToldForm(ForgetForm):
    """The same, as somebody said it to a colleague."""

    sure = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, may_ask_firm=True, **kwargs)
        self.fields["whole_firm"].label = _("The firm as well, with all its people")
        self.fields["reason"].label = _("How and when they asked")
