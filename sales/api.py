"""The API of quotations and invoices: the same gate and the same verbs as the pages."""

from decimal import Decimal

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from crm.lib.access import Sellers
from sales.models import Invoice, InvoiceLine, Payment, Quotation, QuotationLine

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
            *("answered", "answered_by", "answer", "lines"),
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


class InvoiceLineSerializer(serializers.ModelSerializer):
    amount = serializers.DecimalField(14, 2, read_only=True)

    class Meta:
        model = InvoiceLine
        fields = LINE


class PaymentSerializer(serializers.ModelSerializer):
    class Meta:
        model = Payment
        fields = ["id", "kind", "amount", "method", "day", "reference", "note"]


class InvoiceSerializer(serializers.ModelSerializer):
    lines = InvoiceLineSerializer(many=True)
    payments = PaymentSerializer(many=True)
    owed = serializers.DecimalField(14, 2, read_only=True)

    class Meta:
        model = Invoice
        fields = [
            *("id", "client", "kind", "number", "state", "quotation", "credits"),
            *("subject", "currency", "discount", "total", "paid", "owed"),
            *("issued_on", "due_on", "paid_on", "note", "reason", "created"),
            *("lines", "payments"),
        ]


class PayInput(serializers.Serializer):
    """Money that came in; the same reference is written down once."""

    amount = serializers.DecimalField(14, 2, min_value=Decimal("0.01"))
    reference = serializers.CharField(max_length=100)
    day = serializers.DateField(required=False)
    method = serializers.ChoiceField(Payment.Method, required=False)
    over = serializers.BooleanField(default=False)


class Invoices(viewsets.ReadOnlyModelViewSet):
    """Invoices of the clients you may see."""

    queryset = Invoice.objects.none()
    permission_classes = [Sellers]
    serializer_class = InvoiceSerializer
    filterset_fields = ["client", "state", "kind", "number", "quotation"]
    ordering_fields = ["created", "due_on"]

    def get_queryset(self):
        reading = self.action in ("list", "retrieve")
        gate = Invoice.objects.visible_to if reading else Invoice.objects.editable_by
        return gate(self.request.user).prefetch_related("lines", "payments")

    @extend_schema(request=PayInput, responses=InvoiceSerializer)
    @action(detail=True, methods=["post"], serializer_class=PayInput)
    def pay(self, request, pk=None):
        """Write down a payment; 409 when it was written down before."""
        form = PayInput(data=request.data)
        form.is_valid(raise_exception=True)
        invoice = self.get_object()
        Payment.pay(invoice, by=request.user, **form.validated_data)
        return Response(InvoiceSerializer(self.get_queryset().get(pk=pk)).data)
