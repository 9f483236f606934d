"""Panels of several apps drawn on one page."""

from django.template.loader import render_to_string


def draw(request, panels, row):
    """Each panel(user, row) -> (template, context), rendered in turn."""
    parts = [panel(request.user, row) for panel in panels]
    return [render_to_string(name, context, request) for name, context in parts]
