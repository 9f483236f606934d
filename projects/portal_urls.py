"""Addresses of the customer area's projects, within the namespace `portal`."""

from django.urls import path

from projects import portal

urlpatterns = [
    path("projects/", portal.projects, name="projects"),
    path("projects/<int:pk>/", portal.project, name="project"),
    path(
        "milestones/<int:pk>/approve/",
        portal.milestone_approve,
        name="milestone_approve",
    ),
    path(
        "milestones/<int:pk>/return/", portal.milestone_return, name="milestone_return"
    ),
]
