from django.urls import path

from notifications import demo, hooks, views

app_name = "notifications"
urlpatterns = [
    path("notifications/read/", views.read, name="read"),
    path("hooks/twilio/status/", hooks.twilio_status, name="twilio_status"),
    path("hooks/twilio/sms/", hooks.twilio_sms, name="twilio_sms"),
    path("demo/inbox/", demo.inbox, name="demo_inbox"),
]
