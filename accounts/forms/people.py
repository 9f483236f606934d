"""Forms about users: role and department, one's own profile, tokens."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.forms.phones import FirmPhone
from accounts.forms.setup import zone_choices
from accounts.models import ApiToken, Department, User

STAFF_ROLES = [choice for choice in User.Role.choices if choice[0] != User.Role.CLIENT]


def own_zone_choices():
    return [("", _("As the firm")), *zone_choices()]


def placed(form):
    """Role and department that fit: who is given no role inherits the department's.

    Refuses people but admins without a department: it decides what they see.
    """
    given = form.cleaned_data
    if form.errors:
        return given
    department, role = given.get("department"), given.get("role")
    if department and not role:
        role = given["role"] = department.usual_role
    if not role:
        form.add_error("role", _("Choose a role: the department carries none."))
    elif not department and role != User.Role.ADMIN:
        form.add_error("department", _("Choose the department they work in."))
    elif department and not department.carries(role):
        text = _("{department} carries other roles: {roles}.")
        text = text.format(department=department, roles=department.roles_text)
        form.add_error("role", text)
    return given


class PersonForm(forms.ModelForm):
    """What an admin decides about a colleague."""

    class Meta:
        model = User
        fields = ["role", "department"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("As the department")), *STAFF_ROLES]
        self.fields["role"].required = False
        self.fields["department"].queryset = Department.objects.visible_to(user)
        self.fields["department"].empty_label = _("No department")

    def clean(self):
        super().clean()
        return placed(self)


class NamedForm(forms.ModelForm):
    """Of whoever chooses a user name: one that is taken is said once, beside it."""

    def clean_username(self):
        name = self.cleaned_data["username"]
        if User.objects.is_taken(name, by_other_than=self.instance):
            text = _("Somebody has this user name already.")
            raise forms.ValidationError(text)
        return name


class ProfileForm(FirmPhone, NamedForm):
    """One's own name, how one signs in, and how times are shown."""

    password = forms.CharField(
        label=_("Your password"),
        required=False,
        strip=False,
        help_text=_("Only needed to change the e-mail you sign in with."),
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), required=False, choices=own_zone_choices
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=lambda: [("", _("As the browser says")), *settings.LANGUAGES],
    )

    class Meta:
        model = User
        fields = [
            "first_name",
            "last_name",
            "username",
            "email",
            "password",
            "phone",
            "zone",
            "language",
        ]
        labels = {"username": _("User name")}
        help_texts = {"username": ""}

    def clean(self):
        given = super().clean()
        if "email" in self.changed_data and not self._knows_password():
            self.add_error("password", _("Enter your password to change the e-mail."))
        return given

    def _knows_password(self):
        return self.instance.check_password(self.cleaned_data.get("password") or "")


class TokenForm(forms.Form):
    """A key to the API."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    scope = forms.ChoiceField(label=_("It may"), choices=ApiToken.Scope.choices)
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        empty_value=None,
        required=False,
        initial="90",
        choices=[
            ("90", _("90 days")),
            ("365", _("a year")),
            ("", _("ever, until it is revoked")),
        ],
    )
