"""What people choose of a start, and how projects of a kind begin."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from projects.forms import developers
from projects.models import ProjectTemplate, TemplateMilestone, TemplateTask
from projects.plan import contents


class TemplateChoice(forms.ModelChoiceField):
    """A template with what a project from it begins with."""

    def label_from_instance(self, template):
        return f"{template}: {contents(template)}"


class StartForm(forms.Form):
    """The choices of a start; everything else follows from the lead."""

    name = forms.CharField(label=_("Name of the project"), max_length=200)
    template = TemplateChoice(
        None,
        label=_("Template"),
        required=False,
        empty_label=_("No template: milestones are added later"),
    )
    lead_dev = forms.ModelChoiceField(
        None,
        label=_("Project lead"),
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_("The developer who plans it and speaks with the client."),
    )
    invite = forms.BooleanField(
        label=_("Invite the contact to the customer area"), required=False
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead_dev"].queryset = developers(user)
        templates = ProjectTemplate.objects.visible_to(user)
        self.fields["template"].queryset = templates.with_counts()


class TemplateForm(forms.ModelForm):
    class Meta:
        model = ProjectTemplate
        fields = ["name", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}


class TemplateMilestoneForm(forms.ModelForm):
    days = forms.IntegerField(
        label=_("Days"),
        initial=14,
        validators=[MinValueValidator(0), MaxValueValidator(730)],
    )

    class Meta:
        model = TemplateMilestone
        fields = ["name", "days", "text", "asks_approval"]
        widgets = {"text": forms.TextInput()}


StepFormSet = forms.inlineformset_factory(
    ProjectTemplate,
    TemplateMilestone,
    form=TemplateMilestoneForm,
    extra=3,
    max_num=60,
    absolute_max=80,
    validate_max=True,
)


class TemplateTaskForm(forms.ModelForm):
    class Meta:
        model = TemplateTask
        fields = ["title", "milestone", "days", "planned_for"]

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["milestone"].queryset = steps
        self.fields["milestone"].empty_label = _("Choose one")


TaskFormSet = forms.modelformset_factory(
    TemplateTask,
    form=TemplateTaskForm,
    extra=3,
    max_num=100,
    absolute_max=120,
    validate_max=True,
    can_delete=True,
)


def task_forms(data, template):
    """The tasks of a template that is saved already; None of a new one."""
    if not template.pk:
        return None
    return TaskFormSet(
        data,
        queryset=TemplateTask.objects.filter(milestone__template=template),
        form_kwargs={"steps": template.milestones.all()},
        prefix="tasks",
    )
