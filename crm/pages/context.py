"""What every page shows around its content: firm, navigation, bell."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from notifications.actions import unread_of
from projects.threads import POSTED

# label, URL name, lucide icon, roles; an entry appears when its page exists.
STAFF_NAV = [
    (_("Home"), "pages:home", "house", "admin manager bd dev"),
    (_("Leads"), "leads:list", "target", "admin manager bd"),
    (_("Tasks"), "tasks:list", "list-checks", "admin manager bd dev"),
    (_("Clients"), "accounts:clients", "users", "admin manager bd"),
    (_("Calendar"), "meetings:week", "calendar", "admin manager bd"),
    (_("Projects"), "projects:list", "folder-kanban", "admin manager bd dev"),
    (_("Reports"), "analytics:overview", "chart-pie", "admin manager bd"),
    (_("Settings"), "accounts:settings", "settings", "admin manager bd"),
]
# Lists that share an entry of the rail, as tabs: what is quoted and billed belongs to
# clients, and the rail has room for eight. First the entry's own list.
TABS = [
    (_("Clients"), "accounts:clients"),
    (_("Contacts"), "accounts:contacts"),
    (_("Quotations"), "sales:quotations"),
    (_("Invoices"), "sales:invoices"),
    (_("Overdue"), "sales:overdue"),
    (_("Purchases"), "sales:orders"),
    (_("Requests"), "requests:list"),
]
MESSAGES = "portal:messages"
HELP = "portal:requests"
PORTAL_NAV = [
    (_("Home"), "portal:home", "house", "client"),
    (_("Projects"), "portal:projects", "folder-kanban", "client"),
    (_("Meetings"), "portal:meetings", "calendar", "client"),
    (_("Messages"), MESSAGES, "messages-square", "client"),
    (_("Catalogue"), "portal:catalogue", "store", "client"),
    (_("Help"), HELP, "life-buoy", "client"),
    (_("Quotations"), "portal:quotations", "file-text", "client"),
    (_("Invoices"), "portal:invoices", "receipt", "client"),
]  # one's profile stands in the menu behind the initials
# What the menu behind one's own initials holds.
OWN_MENU = [
    (_("Your profile"), "accounts:profile", "user", "admin manager bd dev"),
    (_("Your profile"), "portal:profile", "user", "client"),
    (
        _("Sign-in and security"),
        "mfa_index",
        "shield-check",
        "admin manager bd dev client",
    ),
    (_("Admin"), "admin:index", "wrench", "admin"),
]


def page(request):
    """Context of every template; lazy, so that a fragment pays for nothing."""
    user = getattr(request, "user", None)
    context = {"firm": SimpleLazyObject(Firm.known), "demo": settings.DEMO}
    if user is None or not user.is_authenticated:
        return context
    context["is_client"] = user.role == "client"
    entries = PORTAL_NAV if context["is_client"] else STAFF_NAV
    counts = {
        MESSAGES: SimpleLazyObject(lambda: _unread(user, POSTED)),
        HELP: SimpleLazyObject(lambda: _unread(user, "request.")),
    }
    context["nav"] = SimpleLazyObject(lambda: list(_nav(request, entries, counts)))
    context["section_label"] = _("Clients and their papers")
    context["section_tabs"] = SimpleLazyObject(lambda: _tabs(request))
    context["own_menu"] = SimpleLazyObject(lambda: list(_nav(request, OWN_MENU)))
    context["unread"] = SimpleLazyObject(lambda: len(unread_of(user)))
    return context


def _unread(user, begins):
    """How many messages are unread: they stand in the bell, which is asked anyway."""
    return sum(kind.startswith(begins) for _event, kind in unread_of(user))


def _tabs(request):
    """The lists beside the one that is open."""
    return [
        {"label": label, "url": url, "current": request.path == url}
        for label, name in TABS
        if (url := _address(name))
    ]


def _address(name):
    """Where a page is; "" while it does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _nav(request, entries, counts=None):
    for label, name, icon, roles in entries:
        if request.user.role not in roles.split():
            continue
        url = _address(name)
        if not url:
            continue
        at_home = url in ("/", "/portal/")
        current = request.path == url if at_home else request.path.startswith(url)
        current = current or (name == TABS[0][1] and _is_tabbed(request.path))
        yield {
            "label": label,
            "url": url,
            "icon": icon,
            "current": current,
            "count": (counts or {}).get(name),
        }


def _is_tabbed(path):
    """Whether a list or record of the other tabs is open."""
    return any((url := _address(name)) and path.startswith(url) for _l, name in TABS)
