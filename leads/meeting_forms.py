"""What people type about meetings."""

from datetime import datetime, timedelta

from django import forms
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, Contact, User
from crm.lib.forms import PickerField
from leads.forms import DAYS, day_input
from leads.free import QUARTER, STEP, on_quarter
from leads.models import Lead, Meeting, MeetingGuest, MeetingKind

USUAL_MINUTES = 30
LENGTHS = [15, 30, 45, 60, 75, 90, 120, 180, 240, 480]
MOST_GUESTS = 20
FAR_OFF = timedelta(days=730)


def minutes_choices():
    return [
        ("", _("As usual for its kind")),
        *((n, _("{n} minutes").format(n=n)) for n in LENGTHS),
    ]


class KindChoice(forms.ModelChoiceField):
    def label_from_instance(self, kind):
        return _("{kind}, {n} minutes").format(kind=kind, n=kind.minutes)


class TimeForm(forms.Form):
    """A time: one of the free ones, or any other that is typed."""

    starts = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    at = forms.DateTimeField(
        label=_("Another time"),
        required=False,
        help_text=_("On a quarter of an hour, as your own clock shows it."),
        widget=forms.DateTimeInput(
            {"type": "datetime-local", "step": STEP * 60}, format="%Y-%m-%dT%H:%M"
        ),
    )
    minutes = forms.TypedChoiceField(
        label=_("How long"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=minutes_choices,
    )
    anyway = forms.BooleanField(
        label=_("Also outside working hours, absences and gaps"), required=False
    )

    def allow(self, user, hosts):
        """Only for oneself, or for those above, may the rules be passed over."""
        self.may_force = user.role in (User.Role.ADMIN, User.Role.MANAGER) or hosts == {
            user.pk
        }

    def clean(self):
        given = super().clean()
        found = given.get("at") or given.get("starts")
        if not found and not (self.errors.keys() & {"at", "starts"}):
            self.add_error(None, _("Choose one of the free times, or type another."))
        if found and not on_quarter(found):
            self.add_error(
                "at", _("A meeting begins on a quarter of an hour, such as 10:15.")
            )
        if found and found > timezone.now() + FAR_OFF:
            self.add_error("at", _("That is more than two years away."))
        self.when = found
        return given


class BookForm(TimeForm):
    """A new meeting: with whom, about what, when, and who is invited."""

    host = forms.ModelChoiceField(
        User.objects.none(), label=_("Who holds it"), empty_label=None
    )
    kind = KindChoice(
        MeetingKind.objects.none(), label=_("Kind"), required=False, empty_label=None
    )
    title = forms.CharField(label=_("About"), max_length=120)
    lead = PickerField(Lead.objects.none(), label=_("Lead"), required=False)
    client = PickerField(Client.objects.none(), label=_("Client"), required=False)
    where = forms.CharField(
        label=_("Where"),
        max_length=200,
        required=False,
        help_text=_("A place, or the address of a call."),
    )
    agenda = forms.CharField(
        label=_("What for"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Stands in the invitation."),
    )
    invite = forms.CharField(
        label=_("Invite"),
        max_length=2000,
        required=False,
        help_text=_(
            "E-mail addresses, with commas. Empty: the lead's or client's main contact."
        ),
    )
    quiet = forms.BooleanField(label=_("Send no invitation"), required=False)

    field_order = ["title", "host", "kind", "lead", "client"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["host"].queryset = User.objects.visible_to(user).sellers()
        fields["kind"].queryset = MeetingKind.objects.current()
        fields["lead"].queryset = Lead.objects.visible_to(user)
        fields["lead"].widget.url = reverse("leads:options")
        fields["client"].queryset = Client.objects.visible_to(user)
        fields["client"].widget.url = reverse("accounts:client_options")
        self.user = user

    def clean_invite(self):
        """Addresses, each once; a wrong one is named."""
        typed = self.cleaned_data["invite"].replace(";", ",").split(",")
        found = list(
            dict.fromkeys(part.strip().lower() for part in typed if part.strip())
        )
        if len(found) > MOST_GUESTS:
            raise forms.ValidationError(_("At most 20 people."))
        for address in found:
            try:
                validate_email(address)
            except forms.ValidationError as error:
                text = _("“{text}” is not an e-mail address.").format(text=address)
                raise forms.ValidationError(text) from error
        return found

    def clean(self):
        given = super().clean()
        lead, client = given.get("lead"), given.get("client")
        if lead and client and lead.client_id != client.pk:
            self.add_error("client", _("The lead belongs to another client."))
        host = given.get("host")
        if given.get("anyway") and host:
            self.allow(self.user, {host.pk})
            if not self.may_force:
                text = _(
                    "Only {who} and their manager may book outside the free times."
                )
                self.add_error("anyway", text.format(who=host))
        return given

    @property
    def length(self):
        kind = self.cleaned_data.get("kind")
        usual = kind.minutes if kind else USUAL_MINUTES
        return timedelta(minutes=self.cleaned_data.get("minutes") or usual)

    @property
    def meeting(self):
        """The unsaved meeting that was typed."""
        names = ("host", "kind", "title", "lead", "client", "where", "agenda")
        values = {name: self.cleaned_data[name] for name in names}
        return Meeting(starts=self.when, ends=self.when + self.length, **values)

    @property
    def guests(self):
        lead, client = self.cleaned_data["lead"], self.cleaned_data["client"]
        return guests_of(
            self.cleaned_data["invite"], lead, client or (lead and lead.client)
        )


def guests_of(addresses, lead, client):
    """Unsaved guests for these addresses; without any the main person of lead or client."""
    contacts = list(client.contacts.remembered()) if client else []
    if not addresses:
        if lead and (lead.email or lead.phone):
            return [_known(lead.email, contacts) or MeetingGuest.of_lead(lead)]
        return [MeetingGuest.of_contact(contact) for contact in contacts[:1]]
    found = []
    for address in addresses:
        guest = _known(address, contacts)
        if guest is None and lead and lead.email.lower() == address:
            guest = MeetingGuest.of_lead(lead)
        found.append(guest or MeetingGuest(email=address))
    return found


def _known(address, contacts):
    same = [c for c in contacts if address and c.email.lower() == address.lower()]
    return MeetingGuest.of_contact(same[0]) if same else None


class MoveForm(TimeForm):
    """Another time for a meeting."""

    field_order = ["starts", "at", "minutes", "anyway"]


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=200,
        required=False,
        help_text=_("Stands in the mail to those who were invited."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs, auto_id="cancel_%s")


class NoteForm(forms.Form):
    """What was said in the meeting."""

    text = forms.CharField(
        label=_("Notes"), max_length=10_000, widget=forms.Textarea({"rows": 6})
    )
    client_visible = forms.BooleanField(
        label=_("Show in the customer area"), required=False
    )

    def __init__(self, *args, meeting, **kwargs):
        kwargs["initial"] = {
            "text": meeting.notes,
            "client_visible": meeting.notes_visible,
        }
        super().__init__(*args, **kwargs, auto_id="note_%s")
        if meeting.client is None:
            del self.fields["client_visible"]


class HoldForm(forms.Form):
    missed = forms.BooleanField(required=False)


class DayForm(forms.Form):
    """From which day free times are asked for."""

    day = forms.DateField(required=False, widget=day_input(), validators=DAYS)


class FreeForm(DayForm):
    """Whose free times are asked for, and how long."""

    host = forms.ModelChoiceField(User.objects.none())
    kind = forms.ModelChoiceField(MeetingKind.objects.none(), required=False)
    minutes = forms.IntegerField(
        required=False, min_value=STEP, max_value=480, step_size=STEP
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = User.objects.visible_to(user).sellers()
        self.fields["kind"].queryset = MeetingKind.objects.current()

    @property
    def length(self):
        kind = self.cleaned_data.get("kind")
        usual = kind.minutes if kind else USUAL_MINUTES
        return self.cleaned_data.get("minutes") or usual


def rounded(moment: datetime) -> datetime:
    """The next quarter of an hour after a moment."""
    floor = moment.replace(
        minute=moment.minute - moment.minute % STEP, second=0, microsecond=0
    )
    return floor + QUARTER


def contacts_line(lead, client, user):
    """Whom an invitation would go to, as the form shows it at first."""
    if lead and lead.email:
        return lead.email
    client = client or (lead and lead.client)
    if client is None:
        return ""
    first = (
        Contact.objects.visible_to(user).filter(client=client).exclude(email="").first()
    )
    return first.email if first else ""
