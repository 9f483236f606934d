"""Addresses of the customer area's projects, within the namespace `portal`."""

from django.urls import path

from projects import portal

urlpatterns = [
    path("projects/", portal.projects, name="projects"),
    path("projects/<int:pk>/", portal.project, name="project"),
]
