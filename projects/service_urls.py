"""Addresses of the service rules, under /settings/service/."""

from django.urls import path

from projects.views import service_rules

app_name = "service"
urlpatterns = [
    path("", service_rules.rules, name="rules"),
    path("new/", service_rules.create, name="create"),
    path("<int:pk>/", service_rules.edit, name="edit"),
    path("<int:pk>/remove/", service_rules.remove, name="remove"),
]
