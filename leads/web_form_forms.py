"""What strangers type into a web form, and what its builder types about it."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from accounts.importing.values import country_code
from accounts.models import Department, Firm, Medium, User
from crm.lib.phones import read_as_of
from leads.models import WebForm
from leads.models.web_forms import SITE, lines_of
from leads.receiving import Answers

TRAP = "website"  # no person sees it: what fills it is a machine
ASK = "ask_{}"
Question = WebForm.Question


def words(most, **kwargs):
    return forms.CharField(max_length=most, **kwargs)


class AskForm(forms.Form):
    """The public form: the name, and what its builder chose."""

    def __init__(self, data=None, *, row, **kwargs):
        super().__init__(data, **kwargs)
        self.row = row
        self.fields["name"] = words(150, label=_("Your name"))
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        for question, required in row.questions:
            field = self._field(question)
            field.label, field.required = Question(question).label, required
            self.fields[question] = field
        if row.consent:
            self.fields["consent"] = forms.BooleanField(
                label=row.consent, required=False
            )

    def _field(self, question):
        if question == Question.EMAIL:
            widget = forms.EmailInput({"autocomplete": "email"})
            return forms.EmailField(max_length=254, widget=widget)
        if question == Question.PHONE:
            return self._phone()
        if question == Question.BUDGET:
            return forms.DecimalField(min_value=0, max_digits=12, decimal_places=2)
        if question == Question.MESSAGE:
            return words(5000, widget=forms.Textarea({"rows": 4}))
        if question == Question.INTEREST and self.row.interest_list:
            listed = [(one[:120], one) for one in self.row.interest_list]
            return forms.ChoiceField(choices=[("", _("Choose")), *listed])
        attrs = {"autocomplete": AUTOCOMPLETE.get(question, "off")}
        return words(100, widget=forms.TextInput(attrs))

    def _phone(self):
        """Read as of the country that is typed beside it, else of the firm's."""
        asked = Question.COUNTRY.value in self.row.asks
        typed = self.data.get("country", "")[:100] if asked else ""
        field = PhoneNumberField(widget=forms.TextInput(TEL))
        read_as_of(field, country_code(typed) or Firm.get().country)
        return field

    def clean(self):
        given = self.cleaned_data
        ways = {"email", "phone"} & self.fields.keys()
        if not any(given.get(way) for way in ways) and not ways & self.errors.keys():
            raise forms.ValidationError(
                _("Leave an e-mail or a telephone number, so that we can answer.")
            )

    @property
    def is_trapped(self):
        """Whether a machine filled in what people do not see."""
        return bool(self.data.get(TRAP))

    @property
    def answers(self):
        given = {k: v for k, v in self.cleaned_data.items() if v is not None}
        return Answers(**given | {"phone": str(given.get("phone") or "")})


TEL = {"type": "tel", "autocomplete": "tel"}
AUTOCOMPLETE = {
    "company": "organization",
    "city": "address-level2",
    "country": "country-name",
}


class WebFormForm(forms.ModelForm):
    """The builder: what is asked, what is said, where it goes."""

    slug = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=60,
        help_text=_("The last part of its address; empty: made from the title."),
    )

    class Meta:
        model = WebForm
        fields = (
            *("name", "slug", "intro", "interests", "consent", "consent_for"),
            *("button", "thanks", "reply_subject", "reply"),
            *("medium", "department", "owner", "sites", "is_open"),
        )
        widgets = {
            name: forms.Textarea({"rows": 2})
            for name in ("intro", "interests", "consent", "thanks", "sites")
        } | {"reply": forms.Textarea({"rows": 5})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        for question in Question:
            self.fields[ASK.format(question.value)] = forms.ChoiceField(
                label=question.label,
                choices=WebForm.Need.choices,
                required=False,
                initial=self.instance.asks.get(question.value, ""),
            )
        self.fields["medium"].queryset = Medium.objects.current()
        self.fields["medium"].empty_label = _("Not known")
        people = User.objects.visible_to(user).sellers()
        self.fields["owner"].queryset = people
        self.fields["owner"].empty_label = _("Nobody by name: the rules decide")
        if user.role == User.Role.ADMIN:
            departments = Department.objects.visible_to(user)
            self.fields["department"].queryset = departments
            self.fields["department"].empty_label = _("Whichever the rules name")
        else:
            del self.fields["department"]

    @property
    def questions(self):
        return [self[ASK.format(question)] for question in Question.values]

    def clean_slug(self):
        typed = self.cleaned_data["slug"] or self.cleaned_data.get("name", "")
        slug = slugify(typed)[:60]
        if not slug:
            raise forms.ValidationError(_("Write an address of letters and digits."))
        return slug

    def clean_sites(self):
        sites = [site.rstrip("/") for site in lines_of(self.cleaned_data["sites"])]
        for site in sites:
            SITE(site)
        return "\n".join(sites)

    def clean(self):
        given = super().clean()
        asks = {
            question: need
            for question in Question.values
            if (need := given.get(ASK.format(question)))
        }
        self.instance.asks = asks
        if self.user.role != User.Role.ADMIN:
            self.instance.department = self.user.department
        if not {"email", "phone"} & asks.keys():
            raise forms.ValidationError(
                _("Ask for an e-mail or a telephone, or nobody can answer.")
            )
        return given
