"""What a client's people type in the customer area about themselves and their firm."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import ProfileForm
from accounts.forms.phones import FirmPhone
from accounts.models import Client, Contact, User
from accounts.models.change_requests import as_text
from crm.lib.forms import Lines


class LoginForm(ProfileForm):
    """What a client's person changes of their login; the name is the contact's.

    `locked`: columns of the contact that the firm keeps from them.
    """

    class Meta(ProfileForm.Meta):
        fields = ["username", "email", "password", "zone", "language"]

    def __init__(self, *args, locked=(), **kwargs):
        super().__init__(*args, **kwargs)
        if "email" in locked:
            del self.fields["email"], self.fields["password"]


class Narrowed(forms.ModelForm):
    """Shows those of its fields that are in `only`."""

    def __init__(self, *args, only, **kwargs):
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in only]:
            del self.fields[name]


class ContactDetailsForm(FirmPhone, Narrowed):
    """How the firm reaches a client's person; edited by themselves."""

    class Meta:
        model = Contact
        fields = ["name", "position", "phone"]


class ClientDetailsForm(FirmPhone, Narrowed):
    """What stands on the papers of a client's firm; edited by its owners."""

    class Meta:
        model = Client
        fields = ["name", "email", "phone", "billing_address", "tax_id"]
        widgets = {"billing_address": Lines({"rows": 4})}


class Asking(forms.Form):
    """A word that goes with a wish."""

    note = forms.CharField(
        label=_("Why, or what else we should know"),
        required=False,
        max_length=1000,
        widget=Lines({"rows": 2}),
    )

    def __init__(self, *args, only, **kwargs):
        super().__init__(*args, only=[*only, "note"], **kwargs)

    def clean(self):
        """Who changes nothing has nothing to ask for."""
        given = super().clean()
        wanted = {n: v for n, v in given.items() if n != "note"}
        same = (as_text(self.initial.get(n)) == as_text(v) for n, v in wanted.items())
        if not self.errors and all(same):
            text = _("Nothing is changed: write how it should be, then ask for it.")
            raise forms.ValidationError(text)
        return given

    @property
    def proposed(self):
        return {n: self.cleaned_data[n] for n in self.fields if n != "note"}


class ContactChangeForm(Asking, ContactDetailsForm):
    """What somebody wishes to have changed of their own details."""

    class Meta(ContactDetailsForm.Meta):
        fields = ["name", "position", "phone", "email"]

    def clean_email(self):
        """They sign in with it: it is somebody's alone."""
        email, user = self.cleaned_data["email"], self.instance.user
        if user and not email:
            raise forms.ValidationError(_("You sign in with it: write the new one."))
        same = user and user.email.lower() == email.lower()
        if user and not same and User.objects.signed_up(email):
            text = _("Somebody signs in with this e-mail already.")
            raise forms.ValidationError(text)
        return email


class ClientChangeForm(Asking, ClientDetailsForm):
    """What an owner wishes to have changed of their firm's details."""


class RefuseForm(forms.Form):
    """Why something is not done."""

    answer = forms.CharField(label=_("Why"), max_length=1000, widget=Lines({"rows": 3}))


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
