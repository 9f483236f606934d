"""Every component in every state, for those who build pages."""

from datetime import timedelta
from types import SimpleNamespace as Row

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Place
from crm.lib.access import STAFF, role_required
from crm.lib.charts import Series, Slice, bars, lines, pie
from crm.lib.forms import PickerField

MONTHS = [
    "Dec",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
]
TOWNS = ["Pune", "Nashik", "Mumbai", "München", "Łódź"]
COLUMNS = [
    ("1", "New", "12,400 €", [("Orchard Bakery web shop", "Referral", "4,200 €", "")]),
    (
        "2",
        "Talking",
        "31,900 €",
        [
            ("Harbour Hotel booking page", "Website", "9,800 €", "soon"),
            ("Northline brand refresh", "Trade show", "22,100 €", ""),
        ],
    ),
    ("3", "Quoted", "18,000 €", [("Mill website", "Referral", "18,000 €", "late")]),
    ("4", "Won", "", []),
]


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Invitations and invoices go there.")
    )
    medium = forms.ChoiceField(
        label=_("Medium of contact"),
        required=False,
        choices=[("", "–"), ("web", _("Website")), ("ref", _("Referral"))],
    )
    value = forms.DecimalField(label=_("Value"), required=False)
    when = forms.DateField(
        label=_("First meeting"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    notes = forms.CharField(
        label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    town = PickerField(
        Place.objects.none(), label=_("Town"), required=False, url="options/"
    )
    channel = forms.ChoiceField(
        label=_("Answer by"),
        widget=forms.RadioSelect,
        choices=[("mail", _("E-mail")), ("sms", _("SMS"))],
    )
    consent = forms.BooleanField(label=_("May receive offers"), required=False)


@require_safe
@role_required(*STAFF)
def options(request):
    """What a picker asks for: the towns that hold what was typed."""
    asked = request.GET.get("q", "").casefold()
    found = [
        {"pk": n, "label": town, "hint": _("town")}
        for n, town in enumerate(TOWNS, start=1)
        if asked in town.casefold()
    ]
    return render(request, "components/_options.html", {"options": found})


@require_safe
@role_required(*STAFF)
def styleguide(request):
    wrong = SampleForm(
        {"wrong-name": "", "wrong-email": "ada@", "wrong-channel": "mail"},
        prefix="wrong",
    )
    wrong.is_valid()
    context = {
        "form": SampleForm(initial={"channel": "mail"}),
        "wrong": wrong,
        "chips": _chips(),
        "tabs": _tabs(),
        "steps": _steps(),
        "entries": _entries(),
        "jobs": _jobs(),
        "columns": _columns(),
        "tones": ["accent", "good", "warn", "danger", "other"],
        "classes": [
            "high_value",
            "most_growth",
            "ordinary",
            "below_average",
            "negative",
            "new",
        ],
        "slots": "12345678",
        "swatches": [
            "canvas",
            "surface",
            "sunken",
            "line",
            "line-strong",
            "ink",
            "ink-soft",
            "accent",
            "on-accent",
            "good",
            "warn",
            "danger",
        ],
        "rows": _rows(),
        **_charts(),
    }
    return render(request, "pages/styleguide.html", context)


def _chips():
    return [
        {"label": _("All"), "url": "?", "current": True, "count": 90},
        {"label": _("Mine"), "url": "?mine=1", "current": False, "count": 14},
        {"label": _("Overdue"), "url": "?overdue=1", "current": False, "count": 3},
    ]


def _tabs():
    labels = [_("Timeline"), _("Quotations"), _("Documents")]
    return [
        {"label": label, "url": f"#{i}", "current": not i, "count": i or ""}
        for i, label in enumerate(labels)
    ]


def _steps():
    return [
        {"label": _("New"), "state": "done"},
        {"label": _("Talking"), "state": "done"},
        {"label": _("Quoted"), "state": "current"},
        {"label": _("Won"), "state": "todo"},
    ]


def _entries():
    now = timezone.now()
    texts = [
        ("phone", _("Called Carla Contact: wants the shop before the fair."), 0.05),
        ("file-text", _("Sent quotation Q-1042 over 18,000 €."), 0.9),
        ("mail", _("Carla Contact answered by e-mail."), 3),
        ("flag", _("Lead came in through the web form."), 9),
    ]
    return [
        Row(
            icon=icon,
            text=text,
            actor="Ben Seller",
            created=now - timedelta(days=days),
            client_visible=icon == "mail",
            detail=_("“Can we move the launch to March?”") if icon == "mail" else "",
        )
        for icon, text, days in texts
    ]


def _jobs():
    states = [
        ("running", 62, _("Reading row 6,200 of 10,000"), _("Importing leads"), ""),
        ("done", 100, "", _("Analysing locations"), ""),
        ("failed", 40, "", _("Sending the mailing"), _("The mail server refused.")),
    ]
    return [
        Row(
            state=state,
            percent=percent,
            phase=phase,
            label=label,
            error=error,
            is_over=state != "running",
            get_state_display=state,
        )
        for state, percent, phase, label, error in states
    ]


def _columns():
    return [
        {
            "key": key,
            "title": title,
            "count": len(cards),
            "sum": total,
            "cards": [
                {
                    "pk": f"{key}{i}",
                    "title": name,
                    "url": "#",
                    "text": medium,
                    "value": value,
                    "age": age,
                    "owner": "Ben Seller",
                    "move_url": "/styleguide/",
                }
                for i, (name, medium, value, age) in enumerate(cards)
            ],
        }
        for key, title, total, cards in COLUMNS
    ]


def _rows():
    now = timezone.now()
    people = [
        ("Orchard Bakery", "Talking", "2", "4,200.00 €", "Ben Seller", 0.1),
        ("Harbour Hotel", "Quoted", "4", "19,850.50 €", "Olga Seller", 1.4),
        ("Northline Logistics", "New", "1", "900.00 €", "Mona Manager", 4),
        ("Łódź Printers", "Won", "good", "120,000.00 €", "Ben Seller", 40),
    ]
    return [
        Row(
            name=name,
            stage=stage,
            tone=tone,
            value=value,
            owner=owner,
            at=now - timedelta(days=days),
        )
        for name, stage, tone, value, owner, days in people
    ]


def _charts():
    media = "Referral Website Trade-show E-mail Telephone Chat SMS Mail Fax Radio"
    counts = (40, 31, 22, 17, 12, 9, 5, 3, 2, 1)
    parts = [Slice(m, n, f"#{m}") for m, n in zip(media.split(), counts, strict=True)]
    classes = ["high_value", "most_growth", "ordinary", "below_average", "negative"]
    names = [_("High value"), _("Most growth"), _("Ordinary"), _("Below average")]
    names.append(_("Negative"))
    sizes = (134, 41, 160, 78, 27)
    return {
        "pie": pie(parts, title=_("Leads by medium"), unit=_("leads"), other_url="#o"),
        "plain_pie": pie(
            [Slice(n, v, "", c) for n, v, c in zip(names, sizes, classes, strict=True)],
            title=_("Clients by class"),
            unit=_("clients"),
        ),
        "one_pie": pie([Slice(_("Won"), 12, "#w", "3")], title=_("One part only")),
        "no_pie": pie([], title=_("No figures")),
        "bars": bars(parts[:6], title=_("Leads by medium, as bars")),
        "back_bars": bars(
            [Slice("Pune", 12), Slice("Nashik", -5), Slice("Mumbai", 7)],
            title=_("Growth by area, with losses"),
        ),
        "columns_chart": bars(
            [Slice(m, 900 + 310 * (i % 5), f"#{m}") for i, m in enumerate(MONTHS)],
            title=_("Purchases per month"),
            upright=True,
        ),
        "lines": lines(
            MONTHS,
            [
                Series(_("Won"), [3, 4, 4, 6, 5, 8, 9, 7, None, 11, 12, 14], "3"),
                Series(_("Lost"), [5, 4, 6, 5, 4, 4, 3, 5, 4, 3, 2, 3], "6"),
            ],
            title=_("Won and lost per month"),
        ),
    }
