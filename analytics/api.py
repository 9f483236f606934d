"""The API of runs, clusters and segments; figures pass the gate as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.response import Response

from accounts.idempotency import idempotent
from analytics.actions import request_run
from analytics.models import Figure, Membership, Run
from analytics.reports.locations import Report
from crm.lib.access import Sellers
from crm.lib.api import refuse_unknown


class RunSerializer(serializers.ModelSerializer):
    by = serializers.EmailField(source="by.email", default=None, read_only=True)

    class Meta:
        model = Run
        fields = [
            "id", "kind", "state", "percent", "phase", "reference_date", "params", "by",
            "origin", "rows_read", "left_out", "quality", "created", "finished", "error",
        ]  # fmt: skip


class RunInput(serializers.ModelSerializer):
    class Meta:
        model = Run
        fields = ["kind"]


class Runs(viewsets.ReadOnlyModelViewSet):
    """Analyses, newest first; a manager or admin starts one by POST."""

    queryset = Run.objects.none()
    permission_classes = [Sellers]
    serializer_class = RunSerializer
    filterset_fields = ["kind", "state"]
    ordering_fields = ["created"]

    def get_queryset(self):
        rows = Run.objects.visible_to(self.request.user)
        return rows.select_related("by").defer("arrays")

    @extend_schema(request=RunInput, responses={202: RunSerializer})
    @idempotent
    def create(self, request):
        """Queue a run of a kind, or answer with the one under way."""
        if request.user.role not in ("admin", "manager"):
            self.permission_denied(request)
        form = RunInput(data=request.data)
        form.is_valid(raise_exception=True)
        run = request_run(form.validated_data["kind"], by=request.user, origin="api")
        return Response(RunSerializer(run).data, status=202)


class ClusterSerializer(serializers.Serializer):
    """A location cluster with your own figures in it."""

    number = serializers.IntegerField(source="area.number")
    name = serializers.CharField(source="area.name")
    latitude = serializers.FloatField(source="area.latitude")
    longitude = serializers.FloatField(source="area.longitude")
    radius_km = serializers.FloatField(source="area.radius_km")
    clients = serializers.IntegerField(source="rates.sums.clients")
    leads = serializers.IntegerField(source="rates.sums.leads")
    won = serializers.IntegerField(source="rates.sums.won")
    revenue = serializers.DecimalField(14, 2, source="rates.amount")
    currency = serializers.CharField(source="rates.currency")


class ClusterPage(serializers.Serializer):
    """In the shape of every list; there are never so many that a second page is needed."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ClusterSerializer(many=True)


class Clusters(viewsets.ViewSet):
    """The current location clusters, the one with the highest revenue first."""

    permission_classes = [Sellers]
    serializer_class = ClusterSerializer

    @extend_schema(responses=ClusterPage)
    def list(self, request):
        refuse_unknown(request, {"format"})
        run = Run.objects.current(Run.Kind.LOCATIONS)
        lines = []
        if run and not run.is_thin:
            lines = Report(run, Figure.objects.visible_to(request.user)).lines
        page = {"next": None, "previous": None, "results": lines}
        return Response(ClusterPage(page).data)


class SegmentSerializer(serializers.ModelSerializer):
    class Meta:
        model = Membership
        fields = [
            "client", "value_class", "cluster", "cents", "currency", "purchases",
            "signed_up", "estimated", "reason",
        ]  # fmt: skip


class Segments(mixins.ListModelMixin, viewsets.GenericViewSet):
    """The value class of each client you may see, from the current run."""

    queryset = Membership.objects.none()
    permission_classes = [Sellers]
    serializer_class = SegmentSerializer
    filterset_fields = ["value_class", "cluster", "client"]
    ordering_fields = ["cents", "purchases"]

    def get_queryset(self):
        run = Run.objects.current(Run.Kind.SEGMENTS)
        return Membership.objects.visible_to(self.request.user).filter(run=run)
