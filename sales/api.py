"""The API of quotations: through the same gate as the pages."""

from rest_framework import serializers, viewsets

from crm.lib.access import Sellers
from sales.models import Quotation, QuotationLine

LINE = ["text", "quantity", "price", "discount", "tax_rate", "amount", "product"]


class QuotationLineSerializer(serializers.ModelSerializer):
    amount = serializers.DecimalField(14, 2, read_only=True)

    class Meta:
        model = QuotationLine
        fields = LINE


class QuotationSerializer(serializers.ModelSerializer):
    lines = QuotationLineSerializer(many=True)

    class Meta:
        model = Quotation
        fields = [
            *("id", "lead", "number", "version", "replaces", "state", "currency"),
            *("discount", "total", "valid_until", "note", "created", "sent"),
            *("answered", "answered_by", "answer", *Quotation.FROZEN, "lines"),
        ]


class Quotations(viewsets.ReadOnlyModelViewSet):
    """Quotations of the leads you may see."""

    queryset = Quotation.objects.none()
    permission_classes = [Sellers]
    serializer_class = QuotationSerializer
    filterset_fields = ["lead", "state", "number"]
    ordering_fields = ["created", "valid_until"]

    def get_queryset(self):
        rows = Quotation.objects.visible_to(self.request.user)
        return rows.prefetch_related("lines")
