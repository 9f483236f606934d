"""What people type about clients, people and set-up."""

from accounts.forms.clients import ClientFilters, ClientForm, ContactForm
from accounts.forms.invitations import AcceptForm, InviteForm
from accounts.forms.people import (
    ContactDetailsForm,
    LoginForm,
    PersonForm,
    ProfileForm,
    TokenForm,
)
from accounts.forms.portal import InvitePersonForm, RightForm
from accounts.forms.setup import DepartmentForm, FirmForm, MediumForm

__all__ = [
    "AcceptForm",
    "ClientFilters",
    "ClientForm",
    "ContactDetailsForm",
    "ContactForm",
    "DepartmentForm",
    "FirmForm",
    "InviteForm",
    "InvitePersonForm",
    "LoginForm",
    "MediumForm",
    "PersonForm",
    "ProfileForm",
    "RightForm",
    "TokenForm",
]
