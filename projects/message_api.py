"""The API of the threads between client and firm."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from rest_framework import mixins, serializers, viewsets

from accounts.idempotency import IdempotentCreate
from accounts.models import Client
from crm.lib.api import Input, ReadWrite
from projects.models import Post, Project
from projects.post_forms import LONGEST
from projects.threads import Thread, say


class MessageSerializer(serializers.ModelSerializer):
    by = serializers.CharField(default=None, read_only=True)
    is_new = serializers.BooleanField(default=False, read_only=True)

    class Meta:
        model = Post
        fields = ["id", "client", "project", "by", "text", "at", "is_new"]


class MessageInput(Input):
    """`project` for its thread; without one `client`, which clients leave out."""

    answer = MessageSerializer
    text = serializers.CharField(max_length=LONGEST)

    class Meta:
        model = Post
        fields = ["client", "project", "text"]
        extra_kwargs = {"client": {"required": False}}

    def get_fields(self):
        fields, request = super().get_fields(), self.context.get("request")
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:  # the schema
            return fields
        fields["client"].queryset = Client.objects.visible_to(user)
        fields["project"].queryset = Project.objects.visible_to(user)
        return fields

    def validate(self, attrs):
        """Which thread is meant, and whether one may write into it."""
        project, client = attrs.get("project"), attrs.get("client")
        user = self.context["request"].user
        if project and client and project.client_id != client.pk:
            raise serializers.ValidationError(
                {"project": _("This project is another client's.")}
            )
        if project:
            client = project.client
        elif user.role == user.Role.CLIENT:
            client = Client.objects.visible_to(user).first()
        if client is None:
            text = _("Say which client or project the message is about.")
            raise serializers.ValidationError({"client": text})
        thread = Thread(client, project)
        if not thread.may_write(user):
            raise PermissionDenied
        return {"thread": thread, "text": attrs["text"], "by": user}

    def create(self, validated_data):
        return say(**validated_data)


class Messages(
    ReadWrite,
    IdempotentCreate,
    mixins.CreateModelMixin,
    viewsets.ReadOnlyModelViewSet,
):
    """What client and firm wrote to each other, in the threads you may see."""

    queryset = Post.objects.none()
    serializer_class = MessageSerializer
    input_class = MessageInput
    filterset_fields = ["client", "project"]
    ordering_fields = ["at"]

    def get_queryset(self):
        rows = Post.objects.visible_to(self.request.user)
        return rows.with_news(self.request.user).select_related("by")
