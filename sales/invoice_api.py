"""The API of invoices and their payments: the same gate and verbs as the pages."""

from django.core.exceptions import ValidationError as Wrong
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import IdempotentCreate, idempotent
from crm.lib.access import Sellers
from crm.lib.api import Input, ReadWrite
from sales.api import LINE
from sales.billing import bill_quotation, credit_invoice
from sales.forms import payment_day, whole_amount
from sales.models import Invoice, InvoiceLine, Payment, Quotation


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
            *("issued_on", "due_on", "paid_on", *Invoice.FROZEN),
            *("note", "reason", "created"),
            *("lines", "payments"),
        ]


class OwnQuotations(serializers.PrimaryKeyRelatedField):
    """A quotation this user may see; another's is "does not exist"."""

    def get_queryset(self):
        return Quotation.objects.visible_to(self.context["request"].user)


class BillInput(Input):
    """The accepted quotation to bill."""

    answer = InvoiceSerializer
    quotation = OwnQuotations()

    class Meta:
        model = Invoice
        fields = ["quotation"]

    def create(self, given):
        by = self.context["request"].user
        return bill_quotation(given["quotation"], by=by)


class PayInput(serializers.Serializer):
    """Money that came in, went back or failed; a reference is written down once."""

    kind = serializers.ChoiceField(Payment.Kind, default=Payment.Kind.PAYMENT)
    amount = serializers.DecimalField(14, 2)
    currency = serializers.CharField(
        max_length=3, required=False, help_text="Refused unless it is the invoice's."
    )
    reference = serializers.CharField(max_length=100)
    day = serializers.DateField(required=False)
    method = serializers.ChoiceField(Payment.Method, required=False)
    note = serializers.CharField(max_length=200, required=False)
    over = serializers.BooleanField(
        default=False, help_text="Whether more came in than is open."
    )

    def validate_amount(self, amount):
        try:
            return whole_amount(amount, self.context["invoice"].currency)
        except Wrong as wrong:
            raise serializers.ValidationError(wrong.messages) from None

    def validate_currency(self, currency):
        own = self.context["invoice"].currency
        if currency.upper() != own:
            text = _("This invoice is in {currency}.").format(currency=own)
            raise serializers.ValidationError(text)
        return own

    def validate_day(self, day):
        try:
            return payment_day(day, self.context["invoice"])
        except Wrong as wrong:
            raise serializers.ValidationError(wrong.messages) from None

    def write(self, *, by):
        given = dict(self.validated_data)
        given.pop("currency", None)
        return Payment.write(self.context["invoice"], by=by, **given)


class Why(serializers.Serializer):
    reason = serializers.CharField(max_length=500)


@extend_schema_view(create=extend_schema(responses={201: InvoiceSerializer}))
class Invoices(
    ReadWrite,
    IdempotentCreate,
    mixins.CreateModelMixin,
    viewsets.ReadOnlyModelViewSet,
):
    """Invoices of the clients you may see; a new one bills a quotation."""

    queryset = Invoice.objects.none()
    permission_classes = [Sellers]
    serializer_class = InvoiceSerializer
    input_class = BillInput
    filterset_fields = ["client", "state", "kind", "number", "quotation"]
    ordering_fields = ["created"]

    def get_queryset(self):
        reading = self.action in ("list", "retrieve")
        gate = Invoice.objects.visible_to if reading else Invoice.objects.editable_by
        rows = gate(self.request.user).select_related("client")
        return rows.prefetch_related("lines", "payments")

    @extend_schema(request=None, responses=InvoiceSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def send(self, request, pk=None):
        """Give it its number and mail it."""
        self.get_object().send(by=request.user)
        return self._answer()

    @extend_schema(request=PayInput, responses=InvoiceSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def pay(self, request, pk=None):
        """Write down a payment, a refund or a failed try; 409 when it is there already."""
        context = {"invoice": self.get_object(), "request": request}
        form = PayInput(data=request.data, context=context)
        form.is_valid(raise_exception=True)
        form.write(by=request.user)
        return self._answer()

    @extend_schema(request=Why, responses=InvoiceSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def void(self, request, pk=None):
        """Take it back while nothing was paid; its number stays used."""
        self.get_object().void(by=request.user, **self._why(request))
        return self._answer()

    @extend_schema(request=Why, responses=InvoiceSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def credit(self, request, pk=None):
        """Take it back by a credit note."""
        credit_invoice(self.get_object(), by=request.user, **self._why(request))
        return self._answer()

    def _why(self, request):
        form = Why(data=request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data

    def _answer(self):
        """The invoice as it is now."""
        return Response(InvoiceSerializer(self.get_object()).data)
