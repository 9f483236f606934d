"""Forms to invite a colleague and to accept an invitation."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import STAFF_ROLES, NamedForm, placed
from accounts.models import Department, User


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("As the department")), *STAFF_ROLES],
        initial="bd",
    )
    department = forms.ModelChoiceField(
        None,
        label=_("Department"),
        required=False,
        help_text=_("Managers see the rows of their department."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.visible_to(user)
        self.fields["department"].empty_label = _("No department")

    def clean_email(self):
        email = self.cleaned_data["email"]
        if User.objects.signed_up(email):
            raise forms.ValidationError(
                _("Somebody signs in with this e-mail already.")
            )
        return email

    def clean(self):
        return placed(self)


class AcceptForm(NamedForm):
    """The user name and password an invited person chooses."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least eight characters, and not one that many people use."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ["email", "username"]
        labels = {"username": _("User name")}
        help_texts = {"username": _("You can sign in with it or with your e-mail.")}
        widgets = {"username": forms.TextInput({"autocomplete": "username"})}

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(*args, **kwargs)
        if invitation.is_for_first_admin:
            name = forms.CharField(label=_("Your name"), max_length=150)
            self.fields = {"name": name, **self.fields}
            return
        del self.fields["email"]
        first, _space, last = invitation.name.partition(" ")
        self.instance.email = invitation.email
        self.instance.first_name, self.instance.last_name = first, last
        self.initial.setdefault("username", User.objects.free_name(invitation.email))

    def clean(self):
        given = super().clean()
        if given.get("password"):
            try:
                validate_password(given["password"], self.instance)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given
