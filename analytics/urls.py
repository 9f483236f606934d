"""Addresses below /reports/."""

from django.urls import path

from analytics.views import forecast, locations, media, runs, segments, spend

app_name = "analytics"
urlpatterns = [
    path("", runs.overview, name="overview"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("spend/", spend.spend, name="spend"),
    path("locations/", locations.locations, name="locations"),
    path("locations/export/", locations.locations_csv, name="locations_csv"),
    path("locations/<int:number>/", locations.cluster, name="cluster"),
    path("media/", media.media, name="media"),
    path("media/export/", media.media_csv, name="media_csv"),
    path("segments/", segments.segments, name="segments"),
    path("segments/<slug:value_class>/", segments.segment_list, name="segment_list"),
    path(
        "segments/<slug:value_class>/export/", segments.segment_csv, name="segment_csv"
    ),
    path("runs/start/", runs.run_start, name="run_start"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/progress/", runs.run_progress, name="run_progress"),
    path("runs/<int:pk>/cancel/", runs.run_cancel, name="run_cancel"),
]
