"""Addresses of the customer area's projects, within the namespace `portal`."""

from django.urls import path

from projects import portal, portal_documents, portal_requests
from projects.views import threads

urlpatterns = [
    path("projects/", portal.projects, name="projects"),
    path("projects/<int:pk>/", portal.project, name="project"),
    path("projects/<int:pk>/documents/", portal_documents.documents, name="documents"),
    path("documents/<int:pk>/add/", portal_documents.version_add, name="version_add"),
    path("versions/<int:pk>/", portal_documents.version, name="version"),
    path(
        "projects/<int:pk>/messages/", threads.portal_messages, name="project_messages"
    ),
    path(
        "milestones/<int:pk>/approve/",
        portal.milestone_approve,
        name="milestone_approve",
    ),
    path(
        "milestones/<int:pk>/return/", portal.milestone_return, name="milestone_return"
    ),
    path("requests/", portal_requests.requests, name="requests"),
    path("requests/new/", portal_requests.new, name="request_new"),
    path("requests/<int:pk>/", portal_requests.one, name="request"),
    path("requests/<int:pk>/solve/", portal_requests.solve, name="request_solve"),
    path("requests/<int:pk>/reopen/", portal_requests.reopen, name="request_reopen"),
]
