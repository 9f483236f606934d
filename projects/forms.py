"""What people type about projects."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.mentions import NotReadable, offered, read, shown
from accounts.models import User
from crm.lib.forms import Lines
from crm.lib.text import plain
from projects.files import ACCEPT, ALLOWED, check
from projects.models import (
    BeforeTheStart,
    LogEntry,
    Milestone,
    Project,
    ProjectMember,
)
from sales.forms import whole_amount
from sales.models import TaxRate


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


BARE = {"class": "input"}  # a field that stands in a line, without its own box


def developers(user):
    """Active project developers this user may name."""
    people = User.objects.visible_to(user)
    return people.filter(role=User.Role.DEV, is_active=True)


class BillForm(forms.Form):
    """What is billed of a milestone, before tax."""

    text = forms.CharField(label=_("What stands on the invoice"), max_length=200)
    price = forms.DecimalField(min_value=0, max_digits=12, decimal_places=2)
    tax_rate = forms.TypedChoiceField(label=_("Tax"), coerce=Decimal)

    def __init__(self, *args, milestone, proposal, **kwargs):
        rates = TaxRate.choices(*filter(None, [proposal.tax_rate]))
        usual = proposal.tax_rate if proposal.tax_rate is not None else rates[0][0]
        initial = {
            "text": str(milestone),
            "price": proposal.price,
            "tax_rate": f"{usual:.2f}",
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.currency = proposal.currency
        label = _("Price before tax in {currency}")
        self.fields["price"].label = label.format(currency=proposal.currency)
        choices = [(f"{rate:.2f}", name) for rate, name in rates]
        self.fields["tax_rate"].choices = choices

    def clean_price(self):
        return whole_amount(self.cleaned_data["price"], self.currency)


class FilterForm(forms.Form):
    """The list's filters; unknown values are ignored."""

    STATES = [("", _("Running")), ("all", _("All")), *Project.State.choices]

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=STATES,
        required=False,
        widget=forms.Select(attrs=BARE),
    )
    late = forms.BooleanField(label=_("Late only"), required=False)
    developer = forms.ModelChoiceField(
        None,
        label=_("Developer"),
        required=False,
        empty_label=_("Anybody"),
        widget=forms.Select(attrs=BARE),
    )
    client = forms.IntegerField(
        required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["developer"].queryset = developers(user)

    def apply(self, rows):
        self.is_valid()
        wish = self.cleaned_data
        state = wish.get("state") or ""
        if state == "":
            rows = rows.active()
        elif state != "all":
            rows = rows.filter(state=state)
        if wish.get("late"):
            rows = rows.late()
        if wish.get("developer"):
            rows = rows.worked_on_by(wish["developer"])
        if wish.get("client"):
            rows = rows.filter(client=wish["client"])
        return rows.found_by(plain(wish["q"])) if wish.get("q") else rows


class ProjectForm(forms.ModelForm):
    class Meta:
        model = Project
        fields = ["name", "summary", "starts", "due"]
        widgets = {
            "summary": Lines(attrs={"rows": 4}),
            "starts": DateInput(),
            "due": DateInput(),
        }

    def clean(self):
        values = super().clean()
        starts, due = values.get("starts"), values.get("due")
        if starts and due and due < starts:
            self.add_error("due", _("This is before the start."))
        return values


class StateForm(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        choices=Project.State,
        widget=forms.Select(attrs={**BARE, "aria-label": _("State")}),
    )


class MemberForm(forms.Form):
    user = forms.ModelChoiceField(
        None, label=_("Developer"), empty_label=_("Choose a developer")
    )
    right = forms.ChoiceField(
        label=_("As"),
        choices=ProjectMember.Right,
        initial=ProjectMember.Right.MEMBER,
    )

    def __init__(self, *args, user, is_led=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = developers(user)
        if not is_led:
            self.initial["right"] = ProjectMember.Right.LEAD


class LeaveForm(forms.Form):
    """Who leaves the team; limited to who is on it."""

    user = forms.ModelChoiceField(None)

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = project.team()


class LogForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=LogEntry.Kind)
    milestone = forms.ModelChoiceField(
        None,
        label=_("Milestone"),
        required=False,
        empty_label=_("The whole project"),
    )
    text = forms.CharField(
        label=_("What happened?"),
        max_length=10_000,
        widget=Lines(attrs={"rows": 3}),
        help_text=_("Write @ and a name to tell a colleague."),
    )
    client_visible = forms.BooleanField(
        label=_("Show in the customer area"), required=False
    )

    def __init__(self, *args, project, can_publish, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.project, self.user, self.mentioned = project, user, []
        self.fields["text"].widget.attrs["data-mention"] = offered(project)
        self.fields["milestone"].queryset = project.milestones.all()
        if not can_publish:
            del self.fields["client_visible"]

    def clean_text(self):
        """The text with full names, and who is to be told."""
        text = self.cleaned_data["text"]
        try:
            text, self.mentioned = read(text, by=self.user, row=self.project)
        except NotReadable as why:
            raise forms.ValidationError(str(why)) from None
        return shown(text, self.mentioned)


class MilestoneForm(forms.ModelForm):
    class Meta:
        model = Milestone
        fields = ["name", "text", "client_visible", "asks_approval"]
        widgets = {"text": Lines(attrs={"rows": 3})}


class DayOf:
    """A form with a day in a project: none before its first."""

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.project = project

    def clean_planned_on(self):
        day = self.cleaned_data["planned_on"]
        try:
            self.project.must_not_precede(day)
        except BeforeTheStart as why:
            raise forms.ValidationError(str(why)) from None
        return day


class NewMilestoneForm(DayOf, MilestoneForm):
    class Meta(MilestoneForm.Meta):
        fields = ["name", "text", "planned_on", "client_visible", "asks_approval"]
        widgets = {**MilestoneForm.Meta.widgets, "planned_on": DateInput()}


class SendBackForm(forms.Form):
    """Why the client does not approve yet."""

    text = forms.CharField(
        label=_("What should be different?"),
        max_length=2000,
        widget=Lines(attrs={"rows": 3}),
    )


class ReplanForm(DayOf, forms.Form):
    planned_on = forms.DateField(
        label=_("Planned for"), required=False, widget=DateInput()
    )


class ProgressForm(forms.Form):
    percent = forms.IntegerField(
        label=_("Done in per cent"), min_value=0, max_value=100
    )


class VersionForm(forms.Form):
    """One file of a kind that we keep."""

    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ACCEPT})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        text = _("{kinds}; {n} MB is the most.")
        most = settings.DOCUMENT_MAX_BYTES // 2**20
        self.fields["file"].help_text = text.format(kinds=ALLOWED, n=most)

    def clean_file(self):
        file = self.cleaned_data["file"]
        check(file, most=settings.DOCUMENT_MAX_BYTES)
        return file


class DocumentForm(VersionForm):
    """A file, what it belongs to and, for who leads, whether the client sees it."""

    milestone = forms.ModelChoiceField(
        None,
        label=_("Milestone"),
        required=False,
        empty_label=_("The whole project"),
    )
    client_visible = forms.BooleanField(
        label=_("Show in the customer area"), required=False
    )

    def __init__(self, *args, milestones, can_publish, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["milestone"].queryset = milestones
        if not can_publish:
            del self.fields["client_visible"]
