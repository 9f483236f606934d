"""The addresses of web forms, which anybody may open."""

from django.urls import path

from leads import public

app_name = "forms"
urlpatterns = [
    path("<slug:slug>/", public.form, name="form"),
    path("<slug:slug>/thanks/", public.thanks, name="thanks"),
]
