"""What people type about requests."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from crm.lib.forms import Lines
from projects.asking import departments, topics
from projects.models import Project, Request
from projects.post_forms import LONGEST
from sales.models import Invoice

BARE = {"class": "input"}  # a field that stands in a line, without its own box


class AskForm(forms.ModelForm):
    """A request as the client asks it; colleagues say whose it is and who asked."""

    topic = forms.ChoiceField(
        label=_("Topic"),
        required=False,
        help_text=_("It goes to those who do this; leave it open if nothing fits."),
    )

    class Meta:
        model = Request
        fields = ("kind", "subject", "text", "topic", "project", "invoice", "contact")
        widgets = {"text": Lines(attrs={"rows": 6, "maxlength": LONGEST})}

    def __init__(self, *args, user, client, **kwargs):
        super().__init__(*args, instance=Request(client=client), **kwargs)
        fields = self.fields
        fields["kind"].label = _("What kind of request is it?")
        fields["kind"].choices = [("", _("Please choose")), *Request.Kind.choices]
        fields["text"].label = _("Tell us about it")
        fields["text"].required = True
        fields["text"].max_length = LONGEST
        fields["topic"].choices = [("", _("Something else")), *_lines()]
        if len(fields["topic"].choices) == 1:  # no department lists anything
            fields["topic"].widget = forms.HiddenInput()
        for name, model, label, none in (
            ("project", Project, _("Project"), _("No project in particular")),
            ("invoice", Invoice, _("Invoice"), _("No invoice")),
        ):
            fields[name].label = label
            fields[name].queryset = model.objects.visible_to(user).filter(client=client)
            fields[name].empty_label = none
        if user.role == User.Role.CLIENT:
            del fields["contact"]
        else:
            fields["contact"].queryset = client.contacts.remembered()
            fields["contact"].empty_label = _("Nobody in particular")
            fields["contact"].label = _("Who asked")

    def clean_text(self):
        return _short(self.cleaned_data["text"])


def _lines():
    return [(line, line) for line in topics()]


def _short(text):
    if len(text) > LONGEST:
        text = _("At most {n} characters; this is longer.").format(n=LONGEST)
        raise forms.ValidationError(text)
    return text


class AnswerForm(forms.Form):
    """A word to the other side, and what becomes of the request with it."""

    THEN = [("", ""), ("waiting", ""), ("solved", "")]

    text = forms.CharField(
        label=_("Message"),
        max_length=LONGEST,
        widget=Lines(attrs={"rows": 4}),
        error_messages={"required": _("Write something before you send it.")},
    )
    then = forms.ChoiceField(choices=THEN, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="answer-%s", **kwargs)


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        max_length=LONGEST,
        widget=Lines(attrs={"rows": 3}),
        error_messages={"required": _("Write something before you keep it.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="note-%s", **kwargs)


class AssignForm(forms.Form):
    """Who has it from now on: a colleague one may name, of its department or oneself."""

    owner = forms.ModelChoiceField(
        None, label=_("Give it to"), empty_label=_("Choose a colleague")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.visible_to(user).staff().filter(is_active=True)
        self.fields["owner"].queryset = people


class MoveForm(forms.Form):
    department = forms.ModelChoiceField(
        None, label=_("Move it to"), empty_label=_("Choose a department")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments()


class RequestFilter(forms.Form):
    """The list's filters; what cannot be read is left out."""

    STATES = [
        ("open", _("Waits for us")),
        ("mine", _("Mine")),
        ("unanswered", _("Unanswered")),
        ("waiting", _("Waits for the client")),
        ("unsolved", _("Not solved")),
        ("solved", _("Solved")),
        ("all", _("All")),
    ]
    state = forms.ChoiceField(choices=STATES, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Every kind")), *Request.Kind.choices],
        required=False,
        widget=forms.Select(attrs=BARE),
    )
    department = forms.ModelChoiceField(
        None,
        label=_("Department"),
        required=False,
        empty_label=_("Every department"),
        widget=forms.Select(attrs=BARE),
    )
    client = forms.IntegerField(
        required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput
    )
    project = forms.IntegerField(
        required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput
    )
    q = forms.CharField(label=_("Search"), required=False, max_length=100)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user
        self.fields["department"].queryset = Department.objects.visible_to(user)
        self.is_valid()
        self.wish = self.cleaned_data
        self.chosen = self.wish.get("state") or "open"

    @property
    def is_over(self):
        return self.chosen in ("solved", "all")

    @property
    def order(self):
        """What waits longest comes first; of what is over the newest."""
        return ("-since", "-pk") if self.is_over else ("since", "pk")

    def narrow(self, rows):
        """By what needs no looking into words or states: the figures are of these."""
        for name in ("kind", "department", "client", "project"):
            if value := self.wish.get(name):
                rows = rows.filter(**{name: value})
        return rows

    def found(self, rows):
        """Those with the words that were looked for."""
        words = (self.wish.get("q") or "").strip()
        return rows.found(words) if words else rows

    def apply(self, rows):
        return {
            "open": rows.open,
            "mine": lambda: rows.unsolved().held_by(self.user),
            "unanswered": rows.unanswered,
            "waiting": rows.waiting,
            "unsolved": rows.unsolved,
            "solved": rows.over,
            "all": rows.all,
        }[self.chosen]()

    def chips(self, counts):
        """Every state as a chip, with how many there are where that was counted."""
        for key, label in self.STATES:
            kept = {name: self.data[name] for name in self.wish if self.data.get(name)}
            yield {
                "label": label,
                "url": "?" + urlencode({**kept, "state": key}),
                "current": key == self.chosen,
                "count": counts.get(key),
            }
