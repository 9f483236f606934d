"""The API of projects and milestones; clients read their own, visible parts."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import idempotent
from crm.lib.access import get_editable
from projects.models import Milestone, Project


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
        return self._run("start")

    @extend_schema(request=None, responses=MilestoneSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def finish(self, request, pk=None):
        """Mark the milestone as done today."""
        return self._run("finish")

    @extend_schema(request=None, responses=MilestoneSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def reopen(self, request, pk=None):
        """Take "done" back."""
        return self._run("reopen")

    def _run(self, verb):
        milestone = get_editable(Milestone, self.get_object().pk, self.request.user)
        getattr(milestone, verb)(by=self.request.user)
        return Response(self.get_serializer(milestone).data)
