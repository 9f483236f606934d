"""The API of meetings: the same gate and the same verbs as the calendar."""

from datetime import timedelta

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.api import ByName
from accounts.idempotency import IdempotentCreate
from accounts.models import Client, User
from crm.lib.access import Sellers
from leads.free import STEP
from leads.meeting_forms import USUAL_MINUTES, FreeForm, guests_of
from leads.meeting_times import DAYS, first_day
from leads.models import (
    Lead,
    Meeting,
    MeetingGuest,
    MeetingKind,
    WorkHours,
    free_times,
)
from leads.models.meeting_refusals import NoHours


class Seen(serializers.PrimaryKeyRelatedField):
    """A row this user may see; another's is "does not exist"."""

    def __init__(self, model, **kwargs):
        self.model = model
        super().__init__(queryset=model.objects.none(), **kwargs)

    def get_queryset(self):
        return self.model.objects.visible_to(self.context["request"].user)


class Colleagues(serializers.SlugRelatedField):
    """A colleague who works with clients, by e-mail."""

    def __init__(self, **kwargs):
        super().__init__(slug_field="email", queryset=User.objects.none(), **kwargs)

    def get_queryset(self):
        return User.objects.visible_to(self.context["request"].user).sellers()


class GuestSerializer(serializers.ModelSerializer):
    class Meta:
        model = MeetingGuest
        fields = ["contact", "name", "email", "phone"]


class MeetingSerializer(serializers.ModelSerializer):
    host = serializers.EmailField(source="host.email", read_only=True)
    kind = serializers.CharField(source="kind.name", default=None, read_only=True)
    guests = GuestSerializer(many=True, read_only=True)

    class Meta:
        model = Meeting
        fields = [
            "id", "uid", "sequence", "title", "kind", "state", "host", "lead", "client", "starts",
            "ends", "where", "agenda", "guests", "notes", "notes_visible", "cancelled_because",
            "created",
        ]  # fmt: skip


class Length(serializers.Serializer):
    minutes = serializers.IntegerField(
        min_value=STEP, max_value=480, required=False, help_text="Quarters of an hour."
    )


class Booking(Length):
    """A new meeting: the host's time from `starts` on; without minutes as its kind says."""

    title = serializers.CharField(max_length=120)
    starts = serializers.DateTimeField()
    host = Colleagues(required=False)
    kind = ByName(MeetingKind.objects, required=False)
    lead = Seen(Lead, required=False, allow_null=True, default=None)
    client = Seen(Client, required=False, allow_null=True, default=None)
    where = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default=""
    )
    agenda = serializers.CharField(
        max_length=5000, required=False, allow_blank=True, default=""
    )
    invite = serializers.ListField(
        child=serializers.EmailField(), required=False, max_length=20, default=list
    )

    def validate(self, given):
        lead, client = given["lead"], given["client"]
        if lead and client and lead.client_id != client.pk:
            text = _("The lead belongs to another client.")
            raise serializers.ValidationError({"client": [text]})
        return given

    def create(self, given):
        kind, addresses = given.get("kind"), given.pop("invite")
        usual = kind.minutes if kind else USUAL_MINUTES
        length = timedelta(minutes=given.pop("minutes", usual))
        user = self.context["request"].user
        given.setdefault("host", user)
        meeting = Meeting(**given, ends=given["starts"] + length)
        lead = given["lead"]
        client = given["client"] or (lead and lead.client)
        return meeting.book(by=user, guests=guests_of(addresses, lead, client))

    def to_representation(self, meeting):
        return MeetingSerializer(meeting, context=self.context).data


class Moving(Length):
    starts = serializers.DateTimeField()


class Cancelling(serializers.Serializer):
    reason = serializers.CharField(max_length=200, required=False, default="")


class Noting(serializers.Serializer):
    text = serializers.CharField(max_length=10_000)
    client_visible = serializers.BooleanField(default=False)


class Holding(serializers.Serializer):
    missed = serializers.BooleanField(default=False)


class FreeTimes(serializers.Serializer):
    host = serializers.EmailField()
    minutes = serializers.IntegerField()
    starts = serializers.ListField(child=serializers.DateTimeField())


class Meetings(
    IdempotentCreate, mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet
):
    """Your meetings, and those about leads and clients you may see."""

    queryset = Meeting.objects.none()
    permission_classes = [Sellers]
    serializer_class = MeetingSerializer
    filterset_fields = ["host", "lead", "client", "state", "kind"]
    ordering_fields = ["starts", "created"]

    def get_queryset(self):
        reading = self.action in ("list", "retrieve")
        gate = Meeting.objects.visible_to if reading else Meeting.objects.editable_by
        return gate(self.request.user).with_names().prefetch_related("guests")

    def get_serializer_class(self):
        return Booking if self.action == "create" else super().get_serializer_class()

    @extend_schema(
        parameters=[
            OpenApiParameter("host", int, description="Yourself, where it is missing."),
            OpenApiParameter("minutes", int),
            OpenApiParameter("day", str, description="The first of seven days."),
        ],
        responses=FreeTimes,
    )
    @action(detail=False, pagination_class=None, filter_backends=[])
    def free(self, request):
        """When a colleague is free in the seven days from `day` on; 409 without hours."""
        query = {"host": request.user.pk} | request.query_params.dict()
        form = FreeForm(query, user=request.user)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        host, minutes = form.cleaned_data["host"], form.length
        day = first_day(host, form.cleaned_data["day"])
        starts = free_times(host, day, day + timedelta(days=DAYS - 1), minutes)
        if not starts and not WorkHours.week_of(host):
            raise NoHours(host)
        found = {"host": host.email, "minutes": minutes, "starts": starts}
        return Response(FreeTimes(found).data)

    @action(detail=True, methods=["post"], serializer_class=Moving)
    def move(self, request, pk=None):
        """To another time; the guests' calendars are sent it."""
        return self._apply(request, lambda meeting, given: meeting.move(
            given["starts"], minutes=given.get("minutes"), by=request.user
        ))  # fmt: skip

    @action(detail=True, methods=["post"], serializer_class=Cancelling)
    def cancel(self, request, pk=None):
        """Give the time free; the guests' calendars are told."""
        return self._apply(
            request, lambda meeting, given: meeting.cancel(**given, by=request.user)
        )

    @action(detail=True, methods=["post"], serializer_class=Holding)
    def hold(self, request, pk=None):
        """It took place, or was missed."""
        return self._apply(
            request, lambda meeting, given: meeting.hold(**given, by=request.user)
        )

    @action(detail=True, methods=["post"], serializer_class=Noting)
    def note(self, request, pk=None):
        """Write down what was said."""
        return self._apply(
            request, lambda meeting, given: meeting.note(**given, by=request.user)
        )

    def _apply(self, request, verb):
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        meeting = self.get_object()
        verb(meeting, form.validated_data)
        return Response(
            MeetingSerializer(meeting, context=self.get_serializer_context()).data
        )
