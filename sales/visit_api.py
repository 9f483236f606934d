"""The API of visits: what clients did on a website or in a shop, told by a program."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets

from accounts.idempotency import IdempotentCreate
from crm.lib.access import Sellers
from crm.lib.api import Input, ReadWrite
from leads.api import OwnClients
from sales.models import Product, ProductEvent


class ByCode(serializers.SlugRelatedField):
    """A product by its code."""

    def __init__(self, **kwargs):
        super().__init__(slug_field="code", **kwargs)

    def get_queryset(self):
        return Product.objects.visible_to(self.context["request"].user)


class VisitSerializer(serializers.ModelSerializer):
    product_code = serializers.CharField(
        source="product.code", default=None, read_only=True
    )

    class Meta:
        model = ProductEvent
        fields = ["id", "client", "contact", "kind", "product_code", "at", "url"]


class VisitInput(Input):
    """One visit, view or basket; a view and a basket name their product."""

    answer = VisitSerializer
    client = OwnClients()
    product_code = ByCode(
        source="product", queryset=Product.objects.none(), required=False
    )

    class Meta:
        model = ProductEvent
        fields = ["client", "kind", "product_code", "at", "url"]

    def validate_at(self, at):
        if at > timezone.now():
            raise serializers.ValidationError(_("That is in the future."))
        return at

    def validate(self, given):
        if given["kind"] != ProductEvent.Kind.VISIT and "product" not in given:
            text = _("Say which product was looked at.")
            raise serializers.ValidationError({"product_code": [text]})
        return given


@extend_schema_view(create=extend_schema(responses={201: VisitSerializer}))
class Visits(
    ReadWrite, IdempotentCreate, mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet
):
    """What the clients you may see did; what happened is added and never changed."""

    queryset = ProductEvent.objects.none()
    permission_classes = [Sellers]
    serializer_class = VisitSerializer
    input_class = VisitInput
    filterset_fields = ["client", "kind", "product"]
    ordering_fields = ["at"]

    def get_queryset(self):
        rows = ProductEvent.objects.visible_to(self.request.user)
        return rows.select_related("product")
