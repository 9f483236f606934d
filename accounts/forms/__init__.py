"""What people type about clients, people and set-up."""

from accounts.forms.clients import ClientFilters, ClientForm, ContactForm
from accounts.forms.consents import ConsentForm, RecordConsentForm
from accounts.forms.erasures import CarryOutForm, ForgetForm, ToldForm
from accounts.forms.invitations import AcceptForm, InviteForm
from accounts.forms.people import PersonForm, ProfileForm, TokenForm
from accounts.forms.portal import (
    ClientChangeForm,
    ClientDetailsForm,
    ContactChangeForm,
    ContactDetailsForm,
    InvitePersonForm,
    LoginForm,
    RefuseForm,
    RightForm,
)
from accounts.forms.setup import DepartmentForm, FirmForm, MediumForm

__all__ = [
    "AcceptForm",
    "CarryOutForm",
    "ClientChangeForm",
    "ClientDetailsForm",
    "ClientFilters",
    "ClientForm",
    "ConsentForm",
    "ContactChangeForm",
    "ContactDetailsForm",
    "ContactForm",
    "DepartmentForm",
    "FirmForm",
    "ForgetForm",
    "InviteForm",
    "InvitePersonForm",
    "LoginForm",
    "MediumForm",
    "PersonForm",
    "ProfileForm",
    "RecordConsentForm",
    "RefuseForm",
    "RightForm",
    "TokenForm",
    "ToldForm",
]
