"""The one filter of list and board; its query string survives switching."""

from datetime import date, timedelta
from functools import cached_property

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, Firm, Medium, User
from crm.lib.dates import next_month
from crm.lib.forms import MonthField, RowsField
from crm.lib.paging import KeysetPage
from leads.expected import expected_in, midnight
from leads.models import Stage

STATES = [
    ("open", _("Open")),
    ("won", _("Won")),
    ("lost", _("Lost")),
    ("all", _("All")),
    ("trash", _("Trash")),
]
# value of ?sort → the words, the keyset, the column that must be filled for it
SORTS = {
    "newest": (_("Newest first"), ("-created", "-pk"), None),
    "value": (_("Highest value first"), ("-value", "-pk"), "value"),
    "step": (_("Next step first"), ("next_step_on", "pk"), "next_step_on"),
}
NO_AREA = Q(place__isnull=True) | Q(place__area="")
RULES = {
    "q": lambda rows, words: rows.found(words),
    "stage": lambda rows, stage: rows.filter(stage=stage),
    "reached": lambda rows, stage: rows.reached(stage),
    "medium": lambda rows, medium: rows.filter(medium=medium),
    "owner": lambda rows, owner: rows.filter(owner=owner),
    "client": lambda rows, client: rows.filter(client=client),
    "unowned": lambda rows, _yes: rows.filter(owner__isnull=True),
    "place": lambda rows, words: rows.around(words),
    "area": lambda rows, name: rows.filter(place__area=name),
    "group": lambda rows, name: rows.filter(media_group=name),
    "overdue": lambda rows, _yes: rows.overdue(),
    "value_min": lambda rows, least: rows.filter(value__gte=least),
    "value_max": lambda rows, most: rows.filter(value__lte=most),
    "currency": lambda rows, code: rows.filter(currency=code),
    "no_medium": lambda rows, _yes: rows.filter(medium__isnull=True),
    "no_area": lambda rows, _yes: rows.filter(NO_AREA),
    "closed": lambda rows, month: rows.filter(
        closed__gte=midnight(month), closed__lt=midnight(next_month(month))
    ),
    "expected": lambda rows, month: expected_in(rows, month),
    "from": lambda rows, day: rows.filter(created__gte=midnight(day)),
    "to": lambda rows, day: rows.filter(created__lt=midnight(day + timedelta(1))),
}


def day_field(label):
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[
            MinValueValidator(date(1900, 1, 1)),
            MaxValueValidator(date(2200, 1, 1)),
        ],
    )


def choice_field(rows):
    return RowsField(rows, required=False, empty_label=_("Any"))


def amount_field(label):
    return forms.DecimalField(
        label=label, required=False, max_digits=14, decimal_places=2
    )


class LeadFilter(forms.Form):
    """Which leads are shown. What cannot be read is left out and said in `problems`."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(key, words) for key, (words, *_rest) in SORTS.items()],
    )
    stage = choice_field(Stage.objects.current())
    reached = forms.ModelChoiceField(
        Stage.objects.on_the_way(), required=False, widget=forms.HiddenInput
    )
    medium = choice_field(Medium.objects.current())
    owner = choice_field(None)
    unowned = forms.BooleanField(label=_("Without an owner"), required=False)
    client = forms.ModelChoiceField(None, required=False, widget=forms.HiddenInput)
    place = forms.CharField(label=_("Place or area"), required=False, max_length=100)
    area = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    group = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    no_medium = forms.BooleanField(required=False, widget=forms.HiddenInput)
    no_area = forms.BooleanField(required=False, widget=forms.HiddenInput)
    expected = MonthField(required=False, widget=forms.HiddenInput)
    closed = MonthField(required=False, widget=forms.HiddenInput)
    overdue = forms.BooleanField(label=_("Next step overdue"), required=False)
    value_min = amount_field(_("Value from"))
    value_max = amount_field(_("Value to"))

    use_required_attribute = False

    def __init__(self, data, *, user):
        super().__init__(data, auto_id="filter_%s")
        self.fields["from"] = day_field(_("Came in from"))
        self.fields["to"] = day_field(_("Came in until"))
        self.fields["currency"] = forms.RegexField(
            "^[A-Z]{3}$", required=False, widget=forms.HiddenInput
        )
        self.fields["owner"].queryset = User.objects.visible_to(user).sellers()
        self.fields["client"].queryset = Client.objects.visible_to(user)
        for name, label in (
            ("stage", _("Stage")),
            ("reached", _("Reached at least")),
            ("medium", _("Medium")),
            ("owner", _("Owner")),
            ("client", _("Client")),
            ("area", _("Area")),
            ("group", _("Group of media")),
            ("currency", _("Currency")),
            ("no_medium", _("Without a medium")),
            ("no_area", _("Without an area")),
            ("expected", _("Expected in")),
            ("closed", _("Closed in")),
        ):
            self.fields[name].label = label
        if user.role == User.Role.BD:
            del self.fields["owner"], self.fields["unowned"]
        self.is_valid()

    @property
    def given(self):
        """What was asked for and can be read, by name."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "", False)
        }

    @property
    def stages(self):
        """Every stage in its order, as read for the form."""
        return list(self.fields["stage"].queryset)

    @property
    def problems(self):
        """A sentence for each filter that was left out because it cannot be read."""
        text = _("The filter “{name}” was left out: {why}")
        return [
            text.format(name=self.fields[name].label, why=errors[0])
            for name, errors in self.errors.items()
        ]

    @property
    def state_shown(self):
        """The state asked for; else open leads, but a search looks everywhere."""
        return self.given.get("state") or ("all" if "q" in self.given else "open")

    @property
    def in_trash(self):
        return self.state_shown == "trash"

    def apply(self, rows):
        """The rows that pass every filter but the state."""
        for name, value in self.given.items():
            if name in RULES:
                rows = RULES[name](rows, value)
        return rows

    def of_state(self, rows):
        """The rows of the state that is shown."""
        if self.state_shown in Stage.Kind.values:
            return rows.filter(state=self.state_shown)
        return rows

    def page(self, rows, after):
        """One page in the order asked for; where a column orders, rows without it stay out."""
        _words, order, filled = SORTS[self.sort_shown]
        if filled:
            rows = rows.filter(**{f"{filled}__isnull": False})
        if filled == "value":  # amounts of two currencies have no order
            rows = rows.filter(currency=self.currency)
        return KeysetPage(rows, after, order=order)

    def url(self, **changes):
        """The query string with changes; None takes a filter away."""
        params = self.data.copy()
        for name in ("after", *changes):
            params.pop(name, None)
        params.update({k: v for k, v in changes.items() if v is not None})
        return f"?{params.urlencode()}"

    def at(self, name, **changes):
        """The address of another page over the same query string."""
        return reverse(name) + self.url(**changes).removesuffix("?")

    @property
    def sort_shown(self):
        return self.given.get("sort", "newest")

    @property
    def left_out(self):
        """A sentence where the order leaves leads out."""
        if self.sort_shown == "value":
            text = _("Leads without a value in {currency} are left out of this order.")
            return text.format(currency=self.currency)
        if self.sort_shown == "step":
            return _(
                "Leads without a day for the next step are left out of this order."
            )
        return ""

    @cached_property
    def currency(self):
        """The one in which leads are put in order of value: the firm's."""
        return Firm.get().currency or settings.DEFAULT_CURRENCY

    @property
    def kept(self):
        """The query string without words and page, for the search box."""
        return [(k, v) for k, v in self.data.items() if k not in ("q", "after")]

    @property
    def apart(self):
        """What the form behind More keeps, because it has no box for it."""
        boxes = {field.name for field in self.drawn} | {"after", "more"}
        return [(k, v) for k, v in self.data.items() if k not in boxes]

    @property
    def drawn(self):
        """The fields behind More; search and state have their own place."""
        return [f for f in self.visible_fields() if f.name not in ("q", "state")]

    @property
    def narrowed(self):
        """The filters in force beside state and order, each with a way to drop it."""
        return [
            {"label": self._in_words(name, value), "url": self.url(**{name: None})}
            for name, value in self.given.items()
            if name in RULES and name != "overdue"
        ]

    def _in_words(self, name, value):
        label = self.fields[name].label
        if name in ("expected", "closed"):
            value = date_format(value, "F Y")
        return label if value is True else f"{label}: {value}"
