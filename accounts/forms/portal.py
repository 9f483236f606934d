"""What a client's people type in the customer area about themselves and their firm."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact


class InvitePersonForm(forms.ModelForm):
    """Whom of one's own firm to invite, and what they may do."""

    class Meta:
        model = Contact
        fields = ["name", "email", "right"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["right"].initial = Contact.Right.READER


class RightForm(forms.Form):
    """What somebody of one's own firm may do."""

    right = forms.ChoiceField(label=_("Right"), choices=Contact.Right.choices)
