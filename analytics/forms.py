"""What people choose: how to run an analysis, where to cut a tree."""

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.areas import MOST_CLUSTERS
from analytics.models import Run

SCALES = [("log", _("logarithms")), ("raw", _("raw amounts"))]
FITS = [("reached", _("clients of the cluster rule")), ("all", _("all clients"))]


class StartForm(forms.Form):
    """Which analysis, and the parameters one may set."""

    kind = forms.ChoiceField(choices=Run.Kind.choices)
    k = forms.IntegerField(required=False, min_value=1, max_value=MOST_CLUSTERS)
    scale = forms.ChoiceField(required=False, choices=SCALES)
    fit = forms.ChoiceField(required=False, choices=FITS)

    def params(self):
        """Only what was set, for the kind it belongs to."""
        names = {"segments": ("scale", "fit"), "locations": ("k",)}
        given = names.get(self.cleaned_data["kind"], ())
        return {
            name: self.cleaned_data[name] for name in given if self.cleaned_data[name]
        }


class CutForm(forms.Form):
    """A number of clusters, or a radius in km, which wins."""

    k = forms.IntegerField(
        label=_("Number of clusters"),
        required=False,
        min_value=1,
        max_value=MOST_CLUSTERS,
    )
    radius = forms.FloatField(
        label=_("Or no wider than, in km"),
        required=False,
        min_value=1,
        max_value=20_038,
    )
