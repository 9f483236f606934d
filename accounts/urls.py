"""Addresses of clients, people, invitations and set-up."""

from django.urls import path

from accounts.views import (
    changes,
    clients,
    consents,
    contacts,
    departments,
    duplicates,
    erasures,
    exports,
    invitations,
    people,
    profile,
    setup,
    viewings,
)

app_name = "accounts"
urlpatterns = [
    path("clients/", clients.clients, name="clients"),
    path("clients/new/", clients.client_create, name="client_create"),
    path("clients/twins/", duplicates.client_twins, name="client_twins"),
    path("clients/ask/", duplicates.ask_manager, name="ask_manager"),
    path("clients/contacts/", contacts.contacts, name="contacts"),
    path("clients/options/", clients.client_options, name="client_options"),
    path("clients/<int:pk>/edit/", clients.client_edit, name="client_edit"),
    path("clients/<int:pk>/block/", clients.client_block, name="client_block"),
    path("clients/<int:pk>/unblock/", clients.client_unblock, name="client_unblock"),
    path("clients/<int:pk>/trash/", clients.client_trash, name="client_trash"),
    path("clients/<int:pk>/restore/", clients.client_restore, name="client_restore"),
    path(
        "clients/<int:pk>/contacts/new/", contacts.contact_create, name="contact_create"
    ),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact_edit"),
    path(
        "contacts/<int:pk>/shut-out/",
        contacts.contact_shut_out,
        name="contact_shut_out",
    ),
    path("contacts/<int:pk>/let-in/", contacts.contact_let_in, name="contact_let_in"),
    path("contacts/<int:pk>/forget/", erasures.erasure_note, name="erasure_note"),
    path("contacts/<int:pk>/invite/", contacts.client_invite, name="client_invite"),
    path(
        "clients/<int:pk>/consents/", consents.client_consents, name="client_consents"
    ),
    path(
        "clients/<int:pk>/consents/new/", consents.consent_record, name="consent_record"
    ),
    path("changes/<int:pk>/accept/", changes.change_accept, name="change_accept"),
    path("changes/<int:pk>/refuse/", changes.change_refuse, name="change_refuse"),
    path("invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path(
        "invitations/<int:pk>/again/",
        invitations.invitation_again,
        name="invitation_again",
    ),
    path(
        "invitations/<int:pk>/revoke/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("colleagues/", people.colleague_options, name="colleague_options"),
    path("settings/", setup.settings, name="settings"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/invite/", invitations.invite_person, name="invite_person"),
    path("settings/people/<int:pk>/", people.user_edit, name="user_edit"),
    path("settings/people/<int:pk>/view-as/", viewings.start, name="view_as"),
    path("view-as/stop/", viewings.stop, name="view_stop"),
    path("settings/people/<int:pk>/block/", people.user_block, name="user_block"),
    path("settings/people/<int:pk>/unblock/", people.user_unblock, name="user_unblock"),
    path("settings/departments/", departments.departments, name="departments"),
    path(
        "settings/departments/new/",
        departments.department_create,
        name="department_create",
    ),
    path(
        "settings/departments/<int:pk>/",
        departments.department_edit,
        name="department_edit",
    ),
    path(
        "settings/departments/<int:pk>/remove/",
        departments.department_remove,
        name="department_remove",
    ),
    path("settings/firm/", setup.firm, name="firm"),
    path("settings/media/", setup.media, name="media"),
    path("settings/media/new/", setup.medium_create, name="medium_create"),
    path("settings/media/<int:pk>/", setup.medium_edit, name="medium_edit"),
    path("settings/media/<int:pk>/remove/", setup.medium_remove, name="medium_remove"),
    path("settings/erasures/", erasures.erasures, name="erasures"),
    path("settings/erasures/<int:pk>/", erasures.erasure, name="erasure"),
    path(
        "settings/erasures/<int:pk>/carry-out/",
        erasures.erasure_carry_out,
        name="erasure_carry_out",
    ),
    path(
        "settings/erasures/<int:pk>/refuse/",
        erasures.erasure_refuse,
        name="erasure_refuse",
    ),
    path("contacts/<int:pk>/data/", erasures.subject_export, name="subject_export"),
    path("settings/exports/", exports.exports, name="exports"),
    path("profile/", profile.profile, name="profile"),
    path("profile/tokens/", profile.tokens, name="tokens"),
    path("profile/tokens/<int:pk>/revoke/", profile.token_revoke, name="token_revoke"),
]
