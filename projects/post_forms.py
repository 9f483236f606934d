"""What people type into a thread."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.lib.forms import Lines

LONGEST = 5000  # characters


class PostForm(forms.Form):
    text = forms.CharField(
        label=_("Message"),
        max_length=LONGEST,
        widget=Lines(attrs={"rows": 3}),
        error_messages={"required": _("Write something before you send it.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="message-%s", **kwargs)
