"""Pages that show several apps, and what every page needs."""

from django.urls import path

from crm.pages import demo_world, home, search, styleguide, theme, trash

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("theme.css", theme.theme, name="theme"),
    path("trash/", trash.trash, name="trash"),
    path("settings/demo/", demo_world.demo_world, name="demo_world"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/options/", styleguide.options, name="styleguide_options"),
]
