"""Every route of the API, under /api/v1/."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

import accounts.api
import accounts.schema  # noqa: F401 - being imported registers it
import analytics.api
import leads.api
import leads.meeting_api
import leads.task_api
import projects.api
import projects.message_api
import projects.request_api
import sales.api
import sales.invoice_api
import sales.visit_api
from crm.lib.api import Unknown


class Router(DefaultRouter):
    include_root_view = False
    include_format_suffixes = False


router = Router()
router.register("leads", leads.api.Leads, basename="lead")
router.register("interactions", leads.api.Interactions, basename="interaction")
router.register("meetings", leads.meeting_api.Meetings, basename="meeting")
router.register("tasks", leads.task_api.Tasks, basename="task")
router.register("clients", accounts.api.Clients, basename="client")
router.register("contacts", accounts.api.Contacts, basename="contact")
router.register("quotations", sales.api.Quotations, basename="quotation")
router.register("invoices", sales.invoice_api.Invoices, basename="invoice")
router.register("visits", sales.visit_api.Visits, basename="visit")
router.register("projects", projects.api.Projects, basename="project")
router.register("milestones", projects.api.Milestones, basename="milestone")
router.register("documents", projects.api.Documents, basename="document")
router.register("messages", projects.message_api.Messages, basename="message")
router.register("requests", projects.request_api.Requests, basename="request")

router.register("runs", analytics.api.Runs, basename="run")
router.register("clusters", analytics.api.Clusters, basename="cluster")
router.register("segments", analytics.api.Segments, basename="segment")

app_name = "api"
urlpatterns = [
    path("", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"
    ),
    re_path("", Unknown.as_view()),
]
