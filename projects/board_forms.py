"""What people choose and type on the board of a project."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.forms import DAYS
from projects.forms import BARE, DateInput
from projects.models import TaskOfProject

NOBODY = "none"


class Names:
    """Rows that were fetched already, as the choices of a field."""

    def __init__(self, rows):
        self.known = {str(row.pk): row for row in rows}

    def choices(self, *first):
        return [*first, *((pk, str(row)) for pk, row in self.known.items())]


class BoardFilter(forms.Form):
    """Which cards of a board are shown; what cannot be read is left out."""

    milestone = forms.ChoiceField(
        label=_("Milestone"), required=False, widget=forms.Select(attrs=BARE)
    )
    person = forms.ChoiceField(
        label=_("Who does it"), required=False, widget=forms.Select(attrs=BARE)
    )

    def __init__(self, data, *, milestones, people):
        super().__init__(data)
        none = (NOBODY, _("Without a milestone"))
        steps = Names(milestones).choices(("", _("All milestones")), none)
        self.fields["milestone"].choices = steps
        nobody = (NOBODY, _("Nobody yet"))
        names = Names(people).choices(("", _("Everybody")), nobody)
        self.fields["person"].choices = names
        self.is_valid()

    def apply(self, links):
        columns = {"milestone": "milestone", "person": "task__owner"}
        for name, column in columns.items():
            wish = self.cleaned_data.get(name)
            if wish == NOBODY:
                links = links.filter(**{f"{column}__isnull": True})
            elif wish:
                links = links.filter(**{column: wish})
        return links


class GiveForm(forms.Form):
    """A task for somebody of the team."""

    title = forms.CharField(label=_("What to do"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), widget=DateInput(), validators=DAYS)
    owner = forms.ChoiceField(label=_("Who does it"))
    milestone = forms.ChoiceField(label=_("Milestone"), required=False)

    def __init__(self, *args, milestones, people, user, **kwargs):
        super().__init__(*args, **kwargs, auto_id="give_%s")
        self.people = Names([user, *(one for one in people if one != user)])
        self.steps = Names(milestones)
        self.fields["owner"].choices = self.people.choices()
        first = ("", _("None"))
        self.fields["milestone"].choices = self.steps.choices(first)
        self.fields["due_on"].initial = timezone.localdate() + timedelta(days=7)

    def clean_owner(self):
        return self.people.known[self.cleaned_data["owner"]]

    def clean_milestone(self):
        return self.steps.known.get(self.cleaned_data["milestone"])


class MoveForm(forms.Form):
    state = forms.ChoiceField(label=_("Column"), choices=TaskOfProject.Column)


class PlaceForm(forms.Form):
    milestone = forms.ModelChoiceField(
        None, label=_("Milestone"), required=False, empty_label=_("None")
    )

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["milestone"].queryset = project.milestones.all()
