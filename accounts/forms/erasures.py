"""Asking to be forgotten."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, ErasureRequest
from accounts.models.erasures import ErasureAsked, HeldBack
from crm.lib.forms import Lines


class ForgetForm(forms.Form):
    """That one wants to be forgotten, and whether the firm too; owners decide that."""

    UNTICK = _(
        "So nothing was asked yet: untick it to ask for yourself alone, or ask again "
        "later."
    )
    LATER = _("So nothing was asked yet: ask again later.")

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

    def ask(self, contact, *, by):
        """Note the wish; what holds it back stands in the form, with what was typed."""
        try:
            return ErasureRequest.ask(contact, by=by, **self.wish)
        except HeldBack as held:
            is_firm = contact.client.kind == Client.Kind.FIRM  # else they are one
            text, field = (self.UNTICK, "whole_firm") if is_firm else (self.LATER, None)
            self.add_error(field, f"{held} {text}")
        except ErasureAsked as asked:
            self.add_error(None, str(asked))
        return None

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

    UNTICK = _(
        "So nothing is noted yet: untick it to note the wish of the person alone, or "
        "note it again later."
    )
    LATER = _("So nothing is noted yet: note it again later.")

    sure = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, may_ask_firm=True, **kwargs)
        self.fields["whole_firm"].label = _("The firm as well, with all its people")
        self.fields["reason"].label = _("How and when they asked")
