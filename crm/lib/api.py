"""What every API route shares: pages, filters, search, problem details."""

from typing import Any

from django.http import Http404
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.filters import BaseFilterBackend, OrderingFilter
from rest_framework.pagination import CursorPagination
from rest_framework.relations import SlugRelatedField
from rest_framework.response import Response
from rest_framework.serializers import ModelSerializer
from rest_framework.views import APIView, exception_handler

from crm.lib.errors import NotAllowedNow
from crm.lib.text import plain

OWN_PARAMETERS = {"cursor", "page_size", "ordering", "format"}


class CursorPages(CursorPagination):
    """Cursor pages of 50, up to 200 by `page_size`; `ordering` names a column."""

    ordering = "-pk"
    page_size_query_param = "page_size"
    max_page_size = 200


def is_searchable(model: Any) -> bool:
    """Whether the model keeps a column of words for `?search=`."""
    return any(field.name == "search" for field in model._meta.fields)


def refuse_unknown(request: Any, known: set[str]) -> None:
    """An unknown parameter is 400: a typo must not return everything."""
    unknown = set(request.query_params) - known
    if not unknown:
        return
    names = ", ".join(sorted(unknown))
    text = f"Not known here: {names}. Known: {', '.join(sorted(known))}."
    raise ValidationError({"parameters": [text]})


class Filters(DjangoFilterBackend):
    """`filterset_fields` of the view; an unknown parameter is refused."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        known = OWN_PARAMETERS | set(getattr(view, "filterset_fields", ()) or ())
        if is_searchable(queryset.model):
            known.add("search")
        refuse_unknown(request, known)
        return super().filter_queryset(request, queryset, view)


class Search(BaseFilterBackend):
    """`?search=` over the row's search column; every word must be found."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        words = (
            plain(request.query_params.get("search", "")).replace("\x00", "").split()
        )
        if not is_searchable(queryset.model):
            return queryset
        for word in words[:8]:
            queryset = queryset.filter(search__contains=word)
        return queryset

    def get_schema_operation_parameters(self, view: Any) -> list[dict]:
        if not is_searchable(view.queryset.model):
            return []
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


class ReadWrite:
    """For viewsets: `input_class` takes what is written, `serializer_class` answers."""

    input_class: Any = None

    def get_serializer_class(self) -> Any:
        writes = self.action in ("create", "partial_update")  # type: ignore[attr-defined]
        return self.input_class if writes else self.serializer_class  # type: ignore[attr-defined]


class Input(ModelSerializer):
    """What may be written; `answer` is the serializer that says what it became."""

    answer: Any = None

    def to_representation(self, instance: Any) -> Any:
        return self.answer(instance, context=self.context).data


class Named(SlugRelatedField):
    """A related row by its name, to read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="name", read_only=True, **kwargs)


class Unknown(APIView):
    """Any other address below the API: a problem in its own words, not a page."""

    permission_classes: list = []
    schema = None

    def nowhere(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        raise NotFound

    get = post = put = patch = delete = nowhere


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
