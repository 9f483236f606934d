"""What people write for their colleagues."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.mentions import NotReadable, offered, read

LONGEST = 10_000


class NoteForm(forms.Form):
    """A note; people in it are told when they may see what it is about."""

    text = forms.CharField(
        label=_("Note"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write @ and a name to tell a colleague."),
    )
    client_visible = forms.BooleanField(
        label=_("Show in the customer area"), required=False
    )

    def __init__(self, *args, user, subject, **kwargs):
        super().__init__(*args, **kwargs, auto_id="note_%s")
        self.user, self.subject, self.people = user, subject, []
        self.fields["text"].widget.attrs["data-mention"] = offered(subject)

    def clean_text(self):
        text = self.cleaned_data["text"]
        try:
            text, self.people = read(text, by=self.user, row=self.subject)
        except NotReadable as why:
            raise forms.ValidationError(str(why)) from None
        return text
