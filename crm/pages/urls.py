"""Pages that show several apps, and what every page needs."""

from django.urls import path

from crm.pages import home, styleguide, theme, trash

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("theme.css", theme.theme, name="theme"),
    path("trash/", trash.trash, name="trash"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/options/", styleguide.options, name="styleguide_options"),
]
