"""The API of requests: the same gate and the same verbs as the pages."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.idempotency import IdempotentCreate, idempotent
from accounts.models import Client
from accounts.portal import writes
from crm.lib.access import get_editable
from crm.lib.api import Input, Named, ReadWrite
from projects.asking import ask, topics
from projects.models import Project, Request, RequestPost
from projects.post_forms import LONGEST
from sales.models import Invoice


class RequestWordSerializer(serializers.ModelSerializer):
    by = serializers.CharField(default=None, read_only=True)

    class Meta:
        model = RequestPost
        fields = ["id", "by", "text", "internal", "at"]


class RequestSerializer(serializers.ModelSerializer):
    department = Named()
    owner = serializers.EmailField(source="owner.email", default=None, read_only=True)

    class Meta:
        model = Request
        fields = [
            "id", "client", "project", "invoice", "contact", "kind", "topic", "subject",
            "text", "state", "department", "owner", "origin", "created", "answered",
            "solved",
        ]  # fmt: skip


class OneRequest(RequestSerializer):
    """With all that was said, as far as you may read it."""

    words = serializers.SerializerMethodField()

    class Meta(RequestSerializer.Meta):
        fields = [*RequestSerializer.Meta.fields, "words"]

    @extend_schema_field(RequestWordSerializer(many=True))
    def get_words(self, request):
        rows = RequestPost.objects.visible_to(self.context["request"].user)
        rows = rows.filter(request=request).select_related("by")
        return RequestWordSerializer(rows, many=True).data


class RequestInput(Input):
    """`client` is yours where you are a client; `topic` is what a department lists."""

    answer = RequestSerializer
    text = serializers.CharField(max_length=LONGEST)

    class Meta:
        model = Request
        fields = ["client", "project", "invoice", "kind", "topic", "subject", "text"]
        extra_kwargs = {"client": {"required": False}}

    def get_fields(self):
        fields, request = super().get_fields(), self.context.get("request")
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:  # the schema
            return fields
        fields["client"].queryset = Client.objects.visible_to(user)
        fields["project"].queryset = Project.objects.visible_to(user)
        fields["invoice"].queryset = Invoice.objects.visible_to(user)
        return fields

    def validate_topic(self, topic):
        if topic and topic not in topics():
            raise ValidationError(_("No department lists “{t}”.").format(t=topic))
        return topic

    def validate(self, attrs):
        """Whose request it is, and whether one may write it down."""
        user = self.context["request"].user
        if user.role == user.Role.CLIENT:
            attrs["client"] = Client.objects.visible_to(user).first()
            if not writes(user):
                raise PermissionDenied
        client = attrs.get("client")
        if client is None:
            raise ValidationError({"client": _("Say whose request it is.")})
        for name in ("project", "invoice"):
            if attrs.get(name) and attrs[name].client_id != client.pk:
                raise ValidationError({name: _("This is another client's.")})
        return attrs

    def create(self, given):
        return ask(Request(**given), by=self.context["request"].user)


class Answering(serializers.Serializer):
    """What is written; `then` is what staff leave the request as."""

    text = serializers.CharField(max_length=LONGEST)
    then = serializers.ChoiceField(choices=["waiting", "solved"], required=False)


@extend_schema_view(
    create=extend_schema(responses={201: RequestSerializer}),
    retrieve=extend_schema(responses=OneRequest),
)
class Requests(
    ReadWrite,
    IdempotentCreate,
    mixins.CreateModelMixin,
    viewsets.ReadOnlyModelViewSet,
):
    """What clients asked and reported, as far as you hold it."""

    queryset = Request.objects.none()
    serializer_class = RequestSerializer
    input_class = RequestInput
    filterset_fields = ["client", "project", "state", "kind", "origin"]
    ordering_fields = ["since", "created"]

    def get_queryset(self):
        return Request.objects.visible_to(self.request.user).with_names()

    def get_serializer_class(self):
        return (
            OneRequest if self.action == "retrieve" else super().get_serializer_class()
        )

    @extend_schema(request=Answering, responses=RequestSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def answer(self, request, pk=None):
        """Write to the other side, which is told."""
        word = Answering(data=request.data)
        word.is_valid(raise_exception=True)
        values = word.validated_data
        if request.user.role == request.user.Role.CLIENT:
            values = {"text": values["text"]}
        return self._run("answer", **values)

    @extend_schema(request=None, responses=RequestSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def solve(self, request, pk=None):
        """It is solved; 409 when it is so already."""
        return self._run("solve")

    @extend_schema(request=None, responses=RequestSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def reopen(self, request, pk=None):
        """It is not solved after all."""
        return self._run("reopen")

    def _run(self, verb, **values):
        row = get_editable(Request, self.get_object().pk, self.request.user)
        words = [values.pop("text")] if "text" in values else []
        getattr(row, verb)(*words, by=self.request.user, **values)
        return Response(RequestSerializer(row).data)
