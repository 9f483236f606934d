"""What people type about tasks."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leads.forms import DAYS, day_input
from leads.models import Task
from leads.tasking import named_subject


def assignable(user, subject):
    """Colleagues this user may name who may see what the task is about."""
    people = User.objects.visible_to(user).staff().filter(is_active=True)
    if subject is None:
        return people
    return people.filter(pk__in=subject.seen_by().values("pk"))


class TaskForm(forms.ModelForm):
    """A task as it is noted, or what is changed about it later."""

    class Meta:
        model = Task
        fields = ("title", "due_on", "due_at", "remind", "owner", "text")
        widgets = {
            "due_on": day_input(),
            "due_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "text": forms.Textarea(attrs={"rows": 4, "maxlength": 5000}),
        }

    def __init__(self, *args, user, subject, **kwargs):
        super().__init__(*args, **kwargs, auto_id="task_%s")
        fields, self.user = self.fields, user
        fields["due_on"].validators += DAYS
        fields["due_on"].initial = timezone.localdate() + timedelta(days=1)
        fields["remind"].required = False
        fields["text"].max_length = 5000
        if self.instance.pk:
            del fields["owner"]  # a task changes hands by being delegated
            return
        fields["owner"].queryset = assignable(user, subject)
        fields["owner"].required = False
        fields["owner"].empty_label = None
        fields["owner"].initial = user.pk

    def clean_text(self):
        text = self.cleaned_data["text"]
        if len(text) > 5000:
            raise forms.ValidationError(_("At most 5,000 characters."))
        return text

    def clean_remind(self):
        wish = self.cleaned_data["remind"]
        return Task.Remind.AT if wish in (None, "") else wish

    def clean(self):
        given = super().clean()
        names = ("due_on", "due_at", "remind")
        if self.replans and not {*names, "owner"} & self.errors.keys():
            owner = self.instance.owner if self.instance.pk else given["owner"]
            task = Task(owner=owner or self.user, **{n: given[n] for n in names})
            if refusal := task.refuses_reminder():
                self.add_error("remind", refusal)
        return given

    @property
    def replans(self):
        """Whether the reminder counts anew with what was typed."""
        fresh = {"due_on", "due_at", "remind"} & set(self.changed_data)
        return bool(fresh) or not self.instance.pk


class PostponeForm(forms.Form):
    """To tomorrow, to next week, or to a day of one's choice."""

    WISHES = [("tomorrow", _("Tomorrow")), ("next_week", _("Next week"))]

    to = forms.ChoiceField(choices=WISHES, required=False, widget=forms.HiddenInput)
    on = forms.DateField(
        label=_("New day"), required=False, widget=day_input(), validators=DAYS
    )

    def clean(self):
        values = super().clean()
        if not self.errors and not (values.get("to") or values.get("on")):
            self.add_error("on", _("Say to which day."))
        return values


class DelegateForm(forms.Form):
    """Who does it from now on."""

    owner = forms.ModelChoiceField(None, label=_("Who does it"))

    def __init__(self, *args, user, task, **kwargs):
        super().__init__(*args, **kwargs, auto_id="delegate_%s")
        people = assignable(user, task.subject)
        self.fields["owner"].queryset = people.exclude(pk=task.owner_id)
        self.fields["owner"].empty_label = _("Choose somebody")


class TaskFilter(forms.Form):
    """Whose tasks, about what, open or done; what cannot be read is left out.

    About one row, such as ?about=lead-5, everybody's are shown at first.
    """

    WHOSE = [
        ("mine", _("Mine")),
        ("given", _("Given to others")),
        ("all", _("Everybody's")),
    ]
    STATES = [("open", _("Open")), ("done", _("Done")), ("trash", _("Trash"))]

    who = forms.ChoiceField(choices=WHOSE, required=False)
    state = forms.ChoiceField(choices=STATES, required=False)
    owner = forms.ModelChoiceField(None, required=False)
    about = forms.CharField(required=False, max_length=60)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user
        self.fields["owner"].queryset = User.objects.visible_to(user).staff()
        self.is_valid()
        given = self.cleaned_data
        self.subject = named_subject(given.get("about") or "", user)
        self.who = given.get("who") or ("all" if self.subject else "mine")
        self.state = given.get("state") or "open"
        self.owner = given.get("owner")

    def gate(self):
        rows = Task.objects.visible_to(self.user, trashed=self.state == "trash")
        return rows.about(self.subject) if self.subject else rows

    def whose(self, rows):
        if self.owner:
            return rows.filter(owner=self.owner)
        if self.who == "mine":
            return rows.filter(owner=self.user)
        if self.who == "given":
            return rows.filter(by=self.user).exclude(owner=self.user)
        return rows

    def apply(self, rows):
        rows = self.whose(rows)
        if self.state == "trash":
            return rows
        return rows.finished() if self.state == "done" else rows.open()

    def chips(self):
        """Whose, then in which state, as chips."""
        for key, label in self.WHOSE:
            current = key == self.who and not self.owner
            yield {"label": label, "url": self._url(who=key), "current": current}
        if self.owner:
            yield {"label": str(self.owner), "url": "?", "current": True}
        if self.subject:
            label = _("About {row}").format(row=self.subject)
            yield {"label": label, "url": "?", "current": True}

    def states(self):
        for key, label in self.STATES:
            url = self._url(state=key)
            yield {"label": label, "url": url, "current": key == self.state}

    def _url(self, **changes):
        wish = {"who": self.who, "state": self.state, **changes}
        if self.owner and "who" not in changes:
            wish |= {"owner": self.owner.pk}
        if self.subject:
            wish |= {"about": self.cleaned_data["about"]}
        return "?" + "&".join(f"{key}={value}" for key, value in wish.items())
