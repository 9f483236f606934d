"""The API of clients and their contacts."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets

from accounts.actions import NOWHERE, change_client, create_client
from accounts.idempotency import IdempotentCreate
from accounts.models import Client, Contact, Medium, Place
from accounts.places import Spot
from crm.lib.access import Sellers
from crm.lib.api import Input, Named, ReadWrite


class PlaceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Place
        fields = [
            "city",
            "state",
            "country",
            "latitude",
            "longitude",
            "precision",
            "area",
        ]


class PlaceInput(serializers.Serializer):
    """Where it is; coordinates win over names."""

    city = serializers.CharField(
        max_length=100, required=False, default="", allow_blank=True
    )
    state = serializers.CharField(
        max_length=100, required=False, default="", allow_blank=True
    )
    country = serializers.CharField(
        max_length=100, required=False, default="", allow_blank=True
    )
    latitude = serializers.FloatField(
        required=False, default=None, min_value=-90, max_value=90, allow_null=True
    )
    longitude = serializers.FloatField(
        required=False, default=None, min_value=-180, max_value=180, allow_null=True
    )

    def to_internal_value(self, data):
        return Spot(**super().to_internal_value(data))


class ByName(serializers.SlugRelatedField):
    """A row named in words, e.g. a medium or stage."""

    def __init__(self, queryset, **kwargs):
        super().__init__(slug_field="name", queryset=queryset, **kwargs)


class ClientSerializer(serializers.ModelSerializer):
    owner = serializers.EmailField(source="owner.email", default=None, read_only=True)
    medium = Named()
    place = PlaceSerializer()

    class Meta:
        model = Client
        fields = [
            "id", "kind", "name", "external_id", "email", "phone", "industry", "place", "medium",
            "owner", "signed_up", "birth_year", "gender", "notes", "blocked", "created",
            "value_class", "value_reason", "media_group",
        ]  # fmt: skip


class ClientInput(Input):
    answer = ClientSerializer
    medium = ByName(Medium.objects, required=False, allow_null=True)
    place = PlaceInput(required=False, allow_null=True)

    class Meta:
        model = Client
        fields = [
            "kind", "name", "external_id", "email", "phone", "industry", "place", "medium",
            "signed_up", "birth_year", "gender", "notes",
        ]  # fmt: skip

    def create(self, validated_data):
        where = validated_data.pop("place", None) or NOWHERE
        return create_client(
            by=self.context["request"].user, where=where, **validated_data
        )

    def update(self, instance, validated_data):
        where = validated_data.pop("place", None)
        change_client(
            instance, by=self.context["request"].user, where=where, **validated_data
        )
        return instance


@extend_schema_view(
    create=extend_schema(responses={201: ClientSerializer}),
    partial_update=extend_schema(responses=ClientSerializer),
)
class Clients(
    ReadWrite,
    IdempotentCreate,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet,
):
    """Clients you may see; new ones are yours."""

    queryset = Client.objects.none()
    permission_classes = [Sellers]
    serializer_class = ClientSerializer
    input_class = ClientInput
    filterset_fields = [
        "kind",
        "value_class",
        "owner",
        "medium",
        "external_id",
        "email",
    ]
    ordering_fields = ["created", "name"]
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self):
        gate = (
            Client.objects.editable_by
            if self.action == "partial_update"
            else Client.objects.visible_to
        )
        return gate(self.request.user).with_names()


class ContactSerializer(serializers.ModelSerializer):
    class Meta:
        model = Contact
        fields = [
            "id",
            "client",
            "name",
            "email",
            "phone",
            "position",
            "is_primary",
            "right",
        ]


class Contacts(viewsets.ReadOnlyModelViewSet):
    """The people at the clients you may see."""

    queryset = Contact.objects.none()
    permission_classes = [Sellers]
    serializer_class = ContactSerializer
    filterset_fields = ["client", "email"]
    ordering_fields = ["created", "name"]

    def get_queryset(self):
        return Contact.objects.visible_to(self.request.user)
