"""Addresses below /calendar/."""

from django.urls import path

from leads.views import calendar, hours, meetings

app_name = "meetings"
urlpatterns = [
    path("", calendar.week, name="week"),
    path("month/", calendar.month, name="month"),
    path("book/", meetings.book, name="book"),
    path("free/", meetings.free, name="free"),
    path("<int:pk>/", meetings.detail, name="detail"),
    path("<int:pk>/move/", meetings.move, name="move"),
    path("<int:pk>/cancel/", meetings.cancel, name="cancel"),
    path("<int:pk>/hold/", meetings.hold, name="hold"),
    path("<int:pk>/note/", meetings.note, name="note"),
    path("hours/", hours.own_hours, name="hours"),
    path("hours/firm/", hours.firm_hours, name="firm_hours"),
    path("hours/<int:pk>/", hours.hours, name="hours_of"),
    path("hours/<int:pk>/page/", hours.booking_page, name="booking_page"),
    path("hours/<int:pk>/absence/", hours.absence_enter, name="absence_enter"),
    path(
        "absences/<int:pk>/withdraw/", hours.absence_withdraw, name="absence_withdraw"
    ),
    path("kinds/", hours.kinds, name="kinds"),
    path("kinds/new/", hours.kind_create, name="kind_create"),
    path("kinds/<int:pk>/", hours.kind_edit, name="kind_edit"),
]
