"""What every API route shares: pages, filters, search, problem details."""

from typing import Any

from django.http import Http404
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.filters import BaseFilterBackend, OrderingFilter
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from crm.lib.errors import NotAllowedNow
from crm.lib.text import plain

OWN_PARAMETERS = {"cursor", "page_size", "ordering", "search", "format"}


class CursorPages(CursorPagination):
    """Cursor pages of 50, up to 200 by `page_size`; `ordering` names a column."""

    ordering = "-pk"
    page_size_query_param = "page_size"
    max_page_size = 200


class Filters(DjangoFilterBackend):
    """`filterset_fields` of the view; an unknown parameter is 400, not ignored."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        known = OWN_PARAMETERS | set(getattr(view, "filterset_fields", ()) or ())
        unknown = set(request.query_params) - known
        if unknown:
            names = ", ".join(sorted(unknown))
            raise ValidationError(
                {
                    "parameters": [
                        f"Not known here: {names}. Known: {', '.join(sorted(known))}."
                    ]
                }
            )
        return super().filter_queryset(request, queryset, view)


class Search(BaseFilterBackend):
    """`?search=` over the row's search column; every word must be found."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        words = (
            plain(request.query_params.get("search", "")).replace("\x00", "").split()
        )
        if not words or not any(
            f.name == "search" for f in queryset.model._meta.fields
        ):
            return queryset
        for word in words[:8]:
            queryset = queryset.filter(search__contains=word)
        return queryset

    def get_schema_operation_parameters(self, view: Any) -> list[dict]:
        return [
            {
                "name": "search",
                "in": "query",
                "required": False,
                "schema": {"type": "string"},
            }
        ]


class Order(OrderingFilter):
    """`?ordering=` by one of the view's `ordering_fields`, "-" for descending."""

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> Any:
        asked = request.query_params.get(self.ordering_param, "")
        fields = getattr(view, "ordering_fields", ())
        wrong = [
            name for name in asked.split(",") if name and name.lstrip("-") not in fields
        ]
        if wrong:
            raise ValidationError(
                {"ordering": [f"Order by one of: {', '.join(fields)}."]}
            )
        return [*filter(None, asked.split(",")), "-pk"] if asked else ("-pk",)


def problem(exc: Exception, context: dict) -> Response | None:
    """Errors as problem details (RFC 9457); a refused verb is 409."""
    if isinstance(exc, NotAllowedNow):
        body: dict = {
            "type": "about:blank",
            "title": "Not allowed now",
            "status": 409,
            "detail": str(exc),
        }
        return Response(
            body,
            status=status.HTTP_409_CONFLICT,
            content_type="application/problem+json",
        )
    response = exception_handler(exc, context)
    if response is None:
        return None
    title = (
        "Not found"
        if isinstance(exc, Http404)
        else getattr(exc, "default_detail", "Error")
    )
    body = {"type": "about:blank", "title": str(title), "status": response.status_code}
    if isinstance(response.data, dict) and set(response.data) == {"detail"}:
        body["detail"] = response.data["detail"]
    elif isinstance(exc, APIException):
        body["detail"] = "Some values were not accepted."
        body["errors"] = response.data
    response.data, response.content_type = body, "application/problem+json"
    return response
