"""The API of projects and milestones; clients read their own, visible parts."""

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import idempotent
from crm.lib.access import get_editable
from crm.lib.api import refuse_unknown
from projects.documents import answer
from projects.gates import get_closable
from projects.models import Document, DocumentVersion, Milestone, Project


class ProjectSerializer(serializers.ModelSerializer):
    class Meta:
        model = Project
        fields = [
            "id",
            "name",
            "client",
            "lead",
            "state",
            "summary",
            "starts",
            "due",
            "finished",
            "created",
        ]


class Projects(viewsets.ReadOnlyModelViewSet):
    """Projects you may see."""

    queryset = Project.objects.none()
    serializer_class = ProjectSerializer
    filterset_fields = ["state", "client"]
    ordering_fields = ["created", "name"]

    def get_queryset(self):
        return Project.objects.visible_to(self.request.user)


class MilestoneSerializer(serializers.ModelSerializer):
    class Meta:
        model = Milestone
        fields = [
            "id",
            "project",
            "name",
            "text",
            "state",
            "percent",
            "planned_on",
            "done_on",
            "approval",
        ]


class Milestones(viewsets.ReadOnlyModelViewSet):
    """Milestones of the projects you may see; their team starts and finishes them."""

    queryset = Milestone.objects.none()
    serializer_class = MilestoneSerializer
    filterset_fields = ["project", "state"]
    ordering_fields = ["name"]

    def get_queryset(self):
        return Milestone.objects.visible_to(self.request.user).select_related(
            "project__client"
        )

    @extend_schema(request=None, responses=MilestoneSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def start(self, request, pk=None):
        """Begin work on the milestone."""
        return self._run("start", get_editable(Milestone, self._pk, request.user))

    @extend_schema(request=None, responses=MilestoneSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def finish(self, request, pk=None):
        """Mark the milestone as done today; by who leads, where the client sees it."""
        return self._run("finish", get_closable(self._pk, request.user))

    @extend_schema(request=None, responses=MilestoneSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def reopen(self, request, pk=None):
        """Take "done" back; by who leads, where the client sees it."""
        return self._run("reopen", get_closable(self._pk, request.user))

    @property
    def _pk(self):
        return self.get_object().pk  # 404 for what is no number too

    def _run(self, verb, milestone):
        getattr(milestone, verb)(by=self.request.user)
        return Response(self.get_serializer(milestone).data)


class VersionSerializer(serializers.ModelSerializer):
    class Meta:
        model = DocumentVersion
        fields = ["number", "name", "size", "content_type", "sha256", "at"]


class DocumentSerializer(serializers.ModelSerializer):
    versions = VersionSerializer(many=True)

    class Meta:
        model = Document
        fields = [
            *("id", "project", "milestone", "name", "client_visible"),
            *("from_client", "number", "created", "versions"),
        ]

    def get_fields(self):
        """The client does not learn of milestones that are not shown."""
        fields = super().get_fields()
        user = self.context["request"].user
        if getattr(user, "role", "") == "client":
            fields.pop("milestone")
        return fields


class Documents(viewsets.ReadOnlyModelViewSet):
    """Documents of the projects you may see, with their versions."""

    queryset = Document.objects.none()
    serializer_class = DocumentSerializer
    filterset_fields = ["project", "client_visible"]
    ordering_fields = ["created", "name"]

    def get_queryset(self):
        rows = Document.objects.visible_to(self.request.user)
        return rows.prefetch_related("versions")

    @extend_schema(
        parameters=[OpenApiParameter("version", OpenApiTypes.INT)],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    @action(detail=True, filter_backends=[])
    def download(self, request, pk=None):
        """The file itself: the current version, or the one `version` names."""
        refuse_unknown(request, {"version"})
        document = self.get_object()
        wish = request.query_params.get("version", document.number)
        number = int(wish) if str(wish).isascii() and str(wish).isdigit() else 0
        rows = DocumentVersion.objects.visible_to(request.user)
        rows = rows.filter(document=document, number=min(number, 2**15))
        return answer(get_object_or_404(rows))
