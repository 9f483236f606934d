"""Addresses of the customer area's meetings, within the namespace `portal`."""

from django.urls import path

from leads import portal

urlpatterns = [
    path("meetings/", portal.meetings, name="meetings"),
    path("meetings/book/", portal.meeting_book, name="meeting_book"),
    path("meetings/<int:pk>/", portal.meeting, name="meeting"),
    path("meetings/<int:pk>/move/", portal.meeting_move, name="meeting_move"),
    path("meetings/<int:pk>/cancel/", portal.meeting_cancel, name="meeting_cancel"),
    path("meetings/<int:pk>/meeting.ics", portal.meeting_ics, name="meeting_ics"),
]
