"""What an admin sets up: firm, departments, media; and the page that leads there."""

from django.contrib import messages
from django.core.cache import cache
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.forms import FirmForm, MediumForm
from accounts.models import Firm, Medium
from crm.lib.access import role_required

# label, what it is for, URL name, icon, roles; a card appears when its page exists.
CARDS = [
    (
        gettext_lazy("People"),
        gettext_lazy("Colleagues, their roles and departments; invitations."),
        "accounts:people",
        "users",
        "admin manager",
    ),
    (
        gettext_lazy("Departments"),
        gettext_lazy("Who works where; managers see the rows of theirs."),
        "accounts:departments",
        "network",
        "admin",
    ),
    (
        gettext_lazy("Firm"),
        gettext_lazy("Name, colour, currency, time zone, tax, hours, stages."),
        "accounts:firm",
        "building-2",
        "admin",
    ),
    (
        gettext_lazy("Media of contact"),
        gettext_lazy("How leads reach you, and how imports spell it."),
        "accounts:media",
        "megaphone",
        "admin",
    ),
    (
        gettext_lazy("Wishes to be forgotten"),
        gettext_lazy("Clients who ask that their data goes."),
        "accounts:erasures",
        "user-x",
        "admin manager",
    ),
    (
        gettext_lazy("Web forms"),
        gettext_lazy("Forms for your site: what is sent becomes a lead."),
        "leads:web_forms",
        "panel-top",
        "admin manager",
    ),
    (
        gettext_lazy("Assignment rules"),
        gettext_lazy("Who gets a lead that comes without an owner."),
        "leads:rules",
        "route",
        "admin",
    ),
    (
        gettext_lazy("Service rules"),
        gettext_lazy("What we notice before a client has to ask."),
        "service:rules",
        "life-buoy",
        "admin manager",
    ),
    (
        gettext_lazy("Spend on media"),
        gettext_lazy("What each medium cost per month, entered or imported."),
        "leads:spend",
        "coins",
        "admin manager",
    ),
    (
        gettext_lazy("Stages"),
        gettext_lazy("The steps on the way to winning a lead."),
        "leads:stages",
        "milestone",
        "admin",
    ),
    (
        gettext_lazy("Why leads are lost"),
        gettext_lazy("The reasons that are proposed when a lead is lost."),
        "leads:reasons",
        "circle-x",
        "admin",
    ),
    (
        gettext_lazy("Hours of the firm"),
        gettext_lazy("When whoever has set no own hours can be met."),
        "meetings:firm_hours",
        "clock-8",
        "admin",
    ),
    (
        gettext_lazy("My hours"),
        gettext_lazy("When you can be met, and when you are away."),
        "meetings:hours",
        "clock",
        "admin manager bd",
    ),
    (
        gettext_lazy("Kinds of meetings"),
        gettext_lazy("How long they take, where, and who may book them."),
        "meetings:kinds",
        "calendar-cog",
        "admin",
    ),
    (
        gettext_lazy("Products"),
        gettext_lazy("What you sell: code, category, brand, price."),
        "sales:products",
        "package",
        "admin manager bd",
    ),
    (
        gettext_lazy("Tax rates"),
        gettext_lazy("Rates that a line may bear beside the usual one."),
        "sales:tax_rates",
        "percent",
        "admin",
    ),
    (
        gettext_lazy("Project templates"),
        gettext_lazy("The milestones that projects of a kind begin with."),
        "projects:templates",
        "layout-template",
        "admin",
    ),
    (
        gettext_lazy("Imports"),
        gettext_lazy("Leads, clients and purchases from files."),
        "accounts:imports",
        "file-up",
        "admin manager bd",
    ),
    (
        gettext_lazy("Exports"),
        gettext_lazy("Who took which list away as a file, and when."),
        "accounts:exports",
        "file-down",
        "admin",
    ),
    (
        gettext_lazy("Not delivered"),
        gettext_lazy("Messages that failed or may not have left, to send again."),
        "notifications:outbox",
        "mail-warning",
        "admin",
    ),
    (
        gettext_lazy("Trash"),
        gettext_lazy("What was put away in the last 30 days, to restore."),
        "pages:trash",
        "trash-2",
        "admin manager bd",
    ),
    (
        gettext_lazy("API tokens"),
        gettext_lazy("Keys by which other programs work in your name."),
        "accounts:tokens",
        "key-round",
        "admin manager bd",
    ),
]
# What belongs to the firm as a whole, beside its own columns.
OF_THE_FIRM = (
    *("accounts:departments", "accounts:media", "leads:stages", "leads:reasons"),
    *("meetings:firm_hours", "meetings:kinds", "sales:tax_rates"),
)


@role_required("admin", "manager", "bd")
@require_GET
def settings(request):
    cards = list(_cards(request.user.role))
    return render(request, "accounts/settings.html", {"cards": cards})


def _cards(role):
    for label, text, name, icon, roles in CARDS:
        if role not in roles.split():
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        yield {"label": label, "text": text, "url": url, "icon": icon, "name": name}


@role_required("admin")
def firm(request):
    form = FirmForm(request.POST or None, instance=Firm.get())
    if request.method == "POST" and form.is_valid():
        form.save()
        cache.delete("firm")
        messages.success(request, _("Saved."))
        return redirect("accounts:settings")
    cards = [card for card in _cards("admin") if card["name"] in OF_THE_FIRM]
    status = 422 if form.is_bound else 200
    context = {"form": form, "cards": cards}
    return render(request, "accounts/firm.html", context, status=status)


@role_required("admin")
@require_GET
def media(request):
    return render(request, "accounts/media.html", {"media": Medium.objects.current()})


@role_required("admin")
def medium_create(request):
    form = MediumForm(request.POST or None)
    return _save(request, form, _("New medium"), "accounts:media")


@role_required("admin")
def medium_edit(request, pk):
    medium = get_object_or_404(Medium.objects.current(), pk=pk)
    title = _("Edit {what}").format(what=medium)
    form = MediumForm(request.POST or None, instance=medium)
    return _save(request, form, title, "accounts:media")


@role_required("admin")
@require_POST
def medium_remove(request, pk):
    """Take it out of the list, where nothing names it."""
    medium = get_object_or_404(Medium.objects.current(), pk=pk)
    medium.remove()
    messages.success(request, _("{what} is removed.").format(what=medium))
    return redirect("accounts:media")


def _save(request, form, title, back):
    """A set-up form has no rules beyond its fields: save it and go back."""
    if request.method == "POST" and form.is_valid():
        form.save()
        cache.delete("firm")
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {"form": form, "title": title, "back": reverse(back)}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)
