"""The API of leads: the same gate and the same verbs as the pages."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.api import ByName, PlaceInput, PlaceSerializer
from accounts.idempotency import IdempotentCreate, idempotent
from accounts.models import Client, Medium
from crm.lib.access import Sellers
from crm.lib.api import Input, Named, ReadWrite
from leads.actions import BLANK, create, edit
from leads.models import Interaction, Lead, Stage


class OwnClients(serializers.PrimaryKeyRelatedField):
    """A client this user may see; another's is "does not exist"."""

    def get_queryset(self):
        return Client.objects.visible_to(self.context["request"].user)


class LeadSerializer(serializers.ModelSerializer):
    owner = serializers.EmailField(source="owner.email", default=None, read_only=True)
    stage = Named()
    medium = Named()
    place = PlaceSerializer()

    class Meta:
        model = Lead
        fields = [
            "id", "name", "client", "contact_name", "company", "email", "phone", "external_id",
            "stage", "state", "medium", "place", "interest", "value", "currency", "owner", "why", "next_step",
            "next_step_on", "lost_reason", "created", "closed", "project_started", "score",
            "media_group",
        ]  # fmt: skip


class LeadInput(Input):
    answer = LeadSerializer
    client = OwnClients(required=False, allow_null=True)
    stage = ByName(Stage.objects, required=False)
    medium = ByName(Medium.objects, required=False, allow_null=True)
    place = PlaceInput(required=False, allow_null=True)

    class Meta:
        model = Lead
        fields = [
            "name", "client", "contact_name", "company", "email", "phone", "external_id", "stage",
            "medium", "place", "interest", "value", "currency", "next_step", "next_step_on",
        ]  # fmt: skip
        extra_kwargs = {"value": {"min_value": 0}}

    def validate_stage(self, stage):
        if stage.kind != Stage.Kind.OPEN:
            raise serializers.ValidationError("Close a lead by /win/ or /lose/.")
        return stage

    def create(self, validated_data):
        spot = validated_data.pop("place", None) or BLANK
        stage = validated_data.pop("stage", None) or Stage.first_of(Stage.Kind.OPEN)
        return create(
            Lead(stage=stage, **validated_data),
            by=self.context["request"].user,
            spot=spot,
        )

    def update(self, instance, validated_data):
        by, spot = self.context["request"].user, validated_data.pop("place", None)
        stage = validated_data.pop("stage", None)
        for name, value in validated_data.items():
            setattr(instance, name, value)
        edit(instance, changed=list(validated_data), by=by, spot=spot)
        if stage:
            instance.move(stage, by=by)
        return instance


class Reason(serializers.Serializer):
    reason = serializers.CharField(max_length=200)


@extend_schema_view(
    create=extend_schema(responses={201: LeadSerializer}),
    partial_update=extend_schema(responses=LeadSerializer),
)
class Leads(
    ReadWrite,
    IdempotentCreate,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet,
):
    """Leads you may see; new ones are yours."""

    queryset = Lead.objects.none()
    permission_classes = [Sellers]
    serializer_class = LeadSerializer
    input_class = LeadInput
    filterset_fields = [
        "stage",
        "state",
        "medium",
        "owner",
        "client",
        "external_id",
        "email",
    ]
    ordering_fields = ["created", "name"]
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self):
        reading = self.action in ("list", "retrieve")
        gate = Lead.objects.visible_to if reading else Lead.objects.editable_by
        return gate(self.request.user).with_names()

    @extend_schema(request=None, responses=LeadSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def win(self, request, pk=None):
        """Close as won."""
        return self._run("win")

    @extend_schema(request=Reason, responses=LeadSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def lose(self, request, pk=None):
        """Close as lost, with the reason."""
        form = Reason(data=request.data)
        form.is_valid(raise_exception=True)
        return self._run("lose", **form.validated_data)

    @extend_schema(request=None, responses=LeadSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def reopen(self, request, pk=None):
        """Open a closed lead again."""
        return self._run("reopen")

    def _run(self, verb, **values):
        lead = self.get_object()
        getattr(lead, verb)(by=self.request.user, **values)
        return Response(self.get_serializer(lead).data)


class InteractionSerializer(serializers.ModelSerializer):
    medium = Named()
    by = serializers.EmailField(source="by.email", default=None, read_only=True)

    class Meta:
        model = Interaction
        fields = [
            "id",
            "lead",
            "client",
            "kind",
            "direction",
            "medium",
            "text",
            "at",
            "answered",
            "by",
        ]


class Interactions(viewsets.ReadOnlyModelViewSet):
    """Every word exchanged with the leads and clients you may see."""

    queryset = Interaction.objects.none()
    permission_classes = [Sellers]
    serializer_class = InteractionSerializer
    filterset_fields = ["lead", "client", "kind", "direction"]
    ordering_fields = ["at"]

    def get_queryset(self):
        return Interaction.objects.visible_to(self.request.user).select_related(
            "medium", "by"
        )
