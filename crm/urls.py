"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

import accounts.portal_urls
import accounts.urls
import leads.meeting_urls
import leads.portal_urls
import leads.urls
import notifications.urls
import projects.portal_urls
import sales.portal_urls
import sales.urls
from crm import health
from crm.pages import (
    bell,
    import_urls,
    portal,
    portal_invoice,
    portal_messages,
    quotations,
    records,
)

account_patterns = [
    *accounts.urls.urlpatterns,
    *import_urls.urlpatterns,
    path("clients/<int:pk>/", records.client, name="client"),
]
lead_patterns = [
    *leads.urls.urlpatterns,
    path("<int:pk>/", records.lead, name="detail"),
]
sales_patterns = [
    *sales.urls.urlpatterns,
    path("quotations/<int:pk>/", quotations.quotation, name="quotation"),
]
notification_patterns = [
    *notifications.urls.urlpatterns,
    path("notifications/", bell.bell, name="list"),
]
portal_patterns = [
    path("", portal.home, name="home"),
    path("messages/", portal_messages.stream, name="messages"),
    path("invoices/<int:pk>/", portal_invoice.invoice, name="invoice"),
    *accounts.portal_urls.urlpatterns,
    *leads.portal_urls.urlpatterns,
    *projects.portal_urls.urlpatterns,
    *sales.portal_urls.urlpatterns,
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include((notification_patterns, "notifications"))),
    path("admin/", admin.site.urls),
    path("accounts/email/", portal.email, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("crm.api")),
    path("", include((account_patterns, "accounts"))),
    path("leads/", include((lead_patterns, "leads"))),
    path("calendar/", include("leads.meeting_urls")),
    path("book/", include("leads.booking_urls")),
    path("forms/", include("leads.public_urls")),
    path("sales/", include((sales_patterns, "sales"))),
    path("", include("sales.public_urls")),
    path("tasks/", include("leads.task_urls")),
    path("projects/", include("projects.urls")),
    path("settings/service/", include("projects.service_urls")),
    path("requests/", include("projects.request_urls")),
    path("portal/", include((portal_patterns, "portal"))),
    path("reports/", include("analytics.urls")),
    path("", include("crm.pages.urls")),
]
