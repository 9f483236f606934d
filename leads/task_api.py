"""The API of tasks: the same gate and the same verbs as the pages."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import IdempotentCreate, idempotent
from accounts.models import User
from crm.lib.access import Staff
from crm.lib.api import Input, ReadWrite
from leads.forms import DAYS
from leads.models import Task
from leads.tasking import add_task, name_of_subject, named_subject


class Workmates(serializers.SlugRelatedField):
    """An active colleague, by e-mail."""

    def __init__(self, **kwargs):
        super().__init__(slug_field="email", queryset=User.objects.none(), **kwargs)

    def get_queryset(self):
        people = User.objects.visible_to(self.context["request"].user)
        return people.staff().filter(is_active=True)


class TaskSerializer(serializers.ModelSerializer):
    owner = serializers.EmailField(source="owner.email", default=None, read_only=True)
    by = serializers.EmailField(source="by.email", default=None, read_only=True)
    about = serializers.SerializerMethodField(
        help_text="What it is about, such as lead-5, client-3 or project-2."
    )

    class Meta:
        model = Task
        fields = [
            "id", "title", "text", "about", "lead", "client", "due_on", "due_at", "due",
            "remind", "owner", "by", "created", "done",
        ]  # fmt: skip

    def get_about(self, task) -> str | None:
        return name_of_subject(task)


class TaskInput(Input):
    """A task, due on a day of its owner's calendar; yours unless it names an owner."""

    PLAN = ("due_on", "due_at", "remind")

    answer = TaskSerializer
    owner = Workmates(required=False)
    about = serializers.CharField(
        required=False, help_text="lead-5, client-3 or project-2."
    )

    class Meta:
        model = Task
        fields = ["title", "text", "about", "due_on", "due_at", "remind", "owner"]
        extra_kwargs = {
            "due_on": {"validators": DAYS},
            "text": {"max_length": 5000},
        }

    def validate_about(self, text):
        subject = named_subject(text, self.context["request"].user)
        if subject is None:
            raise serializers.ValidationError(f"There is no {text} for you.")
        return subject

    def validate(self, given):
        task, by = self.instance, self.context["request"].user
        before = {name: getattr(task, name) for name in self.PLAN} if task else {}
        plan = before | {name: given[name] for name in self.PLAN if name in given}
        owner = task.owner if task else given.get("owner", by)
        refusal = Task(owner=owner, **plan).refuses_reminder()
        if refusal and plan != before:
            raise serializers.ValidationError({"remind": refusal})
        return given

    def create(self, given):
        subject = given.pop("about", None)
        by = self.context["request"].user
        return add_task(Task(**given), by=by, subject=subject)

    def update(self, task, given):
        """Its owner and what it is about stay: /delegate/ hands it on."""
        given.pop("about", None)
        given.pop("owner", None)
        task.edit(by=self.context["request"].user, **given)
        return task


class Postponing(serializers.Serializer):
    due_on = serializers.DateField(validators=DAYS)


class Delegating(serializers.Serializer):
    owner = Workmates()


class TaskFilters(filters.FilterSet):
    state = filters.ChoiceFilter(
        choices=[("open", "open"), ("done", "done")], method="of_state"
    )

    class Meta:
        model = Task
        fields = ["owner", "lead", "client"]

    def of_state(self, rows, _name, state):
        return rows.open() if state == "open" else rows.finished()


@extend_schema_view(
    create=extend_schema(responses={201: TaskSerializer}),
    partial_update=extend_schema(responses=TaskSerializer),
)
class Tasks(
    ReadWrite,
    IdempotentCreate,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet,
):
    """Tasks about what you may see, and your own."""

    queryset = Task.objects.none()
    permission_classes = [Staff]
    serializer_class = TaskSerializer
    input_class = TaskInput
    filterset_class = TaskFilters
    filterset_fields = ["owner", "lead", "client", "state"]
    ordering_fields = ["due", "created"]
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self):
        reading = self.action in ("list", "retrieve")
        gate = Task.objects.visible_to if reading else Task.objects.editable_by
        return gate(self.request.user).with_names()

    @extend_schema(request=None, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def finish(self, request, pk=None):
        """Tick it off."""
        return self._run("finish")

    @extend_schema(request=None, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def reopen(self, request, pk=None):
        """Put it back on the list."""
        return self._run("reopen")

    @extend_schema(request=Postponing, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def postpone(self, request, pk=None):
        """Move it to another day, at the same time of day."""
        return self._run("postpone", Postponing)

    @extend_schema(request=Delegating, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def delegate(self, request, pk=None):
        """Give it to somebody who may see what it is about."""
        return self._run("delegate", Delegating)

    def _run(self, verb, form_class=None):
        task, values = self.get_object(), {}
        if form_class:
            context = self.get_serializer_context()
            form = form_class(data=self.request.data, context=context)
            form.is_valid(raise_exception=True)
            values = form.validated_data
        getattr(task, verb)(by=self.request.user, **values)
        return Response(self.get_serializer(task).data)
