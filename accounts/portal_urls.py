"""Addresses of one's own profile in the customer area, within the namespace `portal`."""

from django.urls import path

from accounts.views import portal_consents as consents
from accounts.views import portal_data as data
from accounts.views import portal_people as people
from accounts.views import portal_profile as own

urlpatterns = [
    path("profile/", own.profile, name="profile"),
    path("profile/contact/", own.contact, name="contact"),
    path("profile/firm/", own.own_firm, name="own_firm"),
    path(
        "profile/ask/own/", own.change_ask, {"about": "contact"}, name="change_ask_own"
    ),
    path(
        "profile/ask/firm/", own.change_ask, {"about": "client"}, name="change_ask_firm"
    ),
    path(
        "profile/asked/<int:pk>/withdraw/", own.change_withdraw, name="change_withdraw"
    ),
    path("profile/consents/", consents.consents, name="consents"),
    path("profile/consents/say/", consents.consent, name="consent"),
    path("profile/data/", data.my_data, name="my_data"),
    path("profile/data/export/", data.data_export, name="data_export"),
    path("profile/data/forget/", data.forget, name="forget"),
    path(
        "profile/data/forget/<int:pk>/withdraw/",
        data.forget_withdraw,
        name="forget_withdraw",
    ),
    path("profile/security/", people.security, name="security"),
    path("profile/people/", people.people, name="people"),
    path("profile/people/invite/", people.person_invite, name="person_invite"),
    path("profile/people/<int:pk>/right/", people.person_right, name="person_right"),
    path(
        "profile/people/<int:pk>/shut-out/",
        people.person_shut_out,
        name="person_shut_out",
    ),
    path("profile/people/<int:pk>/let-in/", people.person_let_in, name="person_let_in"),
]
