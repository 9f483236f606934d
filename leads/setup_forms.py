"""What an admin types about stages and reasons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.setup import TONES, only_one
from leads.models import LostReason, Stage


class StageForm(forms.ModelForm):
    """A stage; its kind stays once leads are in it, or no other of its kind is left."""

    tone = forms.ChoiceField(label=_("Colour"), choices=TONES)

    class Meta:
        model = Stage
        fields = ["name", "kind", "tone", "position"]
        labels = {"position": _("Place in the list")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.is_fixed:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = _(
                "Stays as it is while leads are in it, or it is the last of its kind."
            )

    def clean_name(self):
        return only_one(self, _("There is a stage of this name already."))


class LostReasonForm(forms.ModelForm):
    class Meta:
        model = LostReason
        fields = ["name", "position"]

    def clean_name(self):
        return only_one(self, _("This reason is in the list already."))
