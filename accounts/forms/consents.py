"""Forms to allow and withdraw marketing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.lib.forms import Lines
from notifications.models import Channel

SOURCES = [
    ("telephone", _("By telephone")),
    ("paper", _("On paper")),
    ("e-mail", _("By e-mail")),
    ("conversation", _("In a conversation")),
]


def _choices(reaches):
    return [(f"{c}:{a}", f"{Channel(c).label}: {a}") for c, a in reaches]


def _reach(text):
    channel, _colon, address = text.partition(":")
    return channel, address


class ConsentForm(forms.Form):
    """One of the person's own addresses, and whether marketing may go there."""

    reach = forms.TypedChoiceField(coerce=_reach)
    given = forms.TypedChoiceField(
        coerce=lambda text: text == "yes", choices=[("yes", ""), ("no", "")]
    )

    def __init__(self, *args, reaches, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reach"].choices = _choices(reaches)


class RecordConsentForm(ConsentForm):
    """What somebody said to a colleague about marketing, in their words."""

    reach = forms.TypedChoiceField(label=_("Address"), coerce=_reach)
    given = forms.TypedChoiceField(
        label=_("They"),
        coerce=lambda text: text == "yes",
        choices=[("yes", _("agree to marketing")), ("no", _("withdraw it"))],
    )
    source = forms.ChoiceField(label=_("How they said it"), choices=SOURCES)
    wording = forms.CharField(
        label=_("What they agreed to or withdrew, in words"),
        max_length=2000,
        widget=Lines({"rows": 3}),
        help_text=_("The sentence on the paper, or what was read to them."),
    )
