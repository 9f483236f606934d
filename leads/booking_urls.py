"""The addresses of booking pages and of what visitors booked, which anybody may open."""

from django.urls import path

from leads.views import booking

app_name = "book"
urlpatterns = [
    path("<slug:slug>/", booking.page, name="page"),
    path("meeting/<str:text>/", booking.meeting, name="meeting"),
    path("meeting/<str:text>/move/", booking.move, name="move"),
    path("meeting/<str:text>/cancel/", booking.cancel, name="cancel"),
    path("meeting/<str:text>/meeting.ics", booking.ics, name="ics"),
]
