"""Addresses of the staff pages of requests, under /requests/."""

from django.urls import path

from projects.views import requests

app_name = "requests"
urlpatterns = [
    path("", requests.request_list, name="list"),
    path("new/<int:pk>/", requests.create, name="create"),
    path("<int:pk>/", requests.detail, name="detail"),
    path("<int:pk>/answer/", requests.answer, name="answer"),
    path("<int:pk>/note/", requests.note, name="note"),
    path("<int:pk>/take/", requests.take, name="take"),
    path("<int:pk>/assign/", requests.assign, name="assign"),
    path("<int:pk>/move/", requests.move, name="move"),
    path("<int:pk>/wait/", requests.wait, name="wait"),
    path("<int:pk>/solve/", requests.solve, name="solve"),
    path("<int:pk>/reopen/", requests.reopen, name="reopen"),
]
