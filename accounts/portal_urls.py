"""Addresses of one's own profile in the customer area, within the namespace `portal`."""

from django.urls import path

from accounts.views import portal_people as people

urlpatterns = [
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
