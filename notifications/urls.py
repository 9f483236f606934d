from django.urls import path

from notifications import demo, hooks, views

app_name = "notifications"
urlpatterns = [
    path("notifications/read/", views.read, name="read"),
    path("notifications/<int:pk>/read/", views.read_one, name="read_one"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/resend/", views.resend, name="resend"),
    path("outbox/<int:pk>/give-up/", views.give_up, name="give_up"),
    path("hooks/twilio/status/", hooks.twilio_status, name="twilio_status"),
    path("hooks/twilio/sms/", hooks.twilio_sms, name="twilio_sms"),
    path("demo/inbox/", demo.inbox, name="demo_inbox"),
]
