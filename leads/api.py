"""The API of leads: the same gate and the same verbs as the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.api import ByName, PlaceInput
from accounts.idempotency import IdempotentCreate
from accounts.models import Client, Medium
from crm.lib.access import Sellers
from leads.actions import BLANK, create, edit
from leads.models import Interaction, Lead, Stage


class OwnClients(serializers.PrimaryKeyRelatedField):
    """A client this user may see; another's is "does not exist"."""

    def get_queryset(self):
        return Client.objects.visible_to(self.context["request"].user)


class LeadSerializer(serializers.ModelSerializer):
    owner = serializers.EmailField(source="owner.email", default=None, read_only=True)
    client = OwnClients(required=False, allow_null=True)
    stage = ByName(Stage.objects, required=False)
    medium = ByName(Medium.objects, required=False, allow_null=True)
    place = PlaceInput(required=False, allow_null=True)

    class Meta:
        model = Lead
        fields = [
            "id", "name", "client", "contact_name", "company", "email", "phone", "external_id",
            "stage", "state", "medium", "place", "value", "currency", "owner", "next_step",
            "next_step_on", "lost_reason", "created", "closed", "score", "media_group",
        ]  # fmt: skip
        read_only_fields = [
            "state",
            "lost_reason",
            "created",
            "closed",
            "score",
            "media_group",
        ]
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


class Leads(
    IdempotentCreate,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet,
):
    """Leads you may see; new ones are yours."""

    queryset = Lead.objects.none()
    permission_classes = [Sellers]
    serializer_class = LeadSerializer
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
    @action(detail=True, methods=["post"], serializer_class=serializers.Serializer)
    def win(self, request, pk=None):
        """Close as won."""
        lead = self.get_object()
        lead.win(by=request.user)
        return Response(
            LeadSerializer(lead, context=self.get_serializer_context()).data
        )

    @action(detail=True, methods=["post"], serializer_class=Reason)
    def lose(self, request, pk=None):
        """Close as lost, with the reason."""
        form = Reason(data=request.data)
        form.is_valid(raise_exception=True)
        lead = self.get_object()
        lead.lose(reason=form.validated_data["reason"], by=request.user)
        return Response(
            LeadSerializer(lead, context=self.get_serializer_context()).data
        )

    @extend_schema(request=None, responses=LeadSerializer)
    @action(detail=True, methods=["post"], serializer_class=serializers.Serializer)
    def reopen(self, request, pk=None):
        """Open a closed lead again."""
        lead = self.get_object()
        lead.reopen(by=request.user)
        return Response(
            LeadSerializer(lead, context=self.get_serializer_context()).data
        )


class InteractionSerializer(serializers.ModelSerializer):
    medium = serializers.CharField(source="medium.name", default=None, read_only=True)
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
