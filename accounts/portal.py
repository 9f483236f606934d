"""What the pages of somebody's own profile in the customer area share."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Contact

TABS = [
    (gettext_lazy("Details"), "portal:profile"),
    (gettext_lazy("Sign-in and security"), "portal:security"),
    (gettext_lazy("People of my firm"), "portal:people"),
    (gettext_lazy("Messages and consent"), "portal:consents"),
    (gettext_lazy("My data"), "portal:my_data"),
]


def own_contact(user):
    """The contact behind a client's login, with the client and its owner; or None."""
    rows = Contact.objects.visible_to(user).filter(user=user)
    return rows.select_related("client__owner", "user").first()


def may_write(contact):
    """Whether this contact, if there is one, writes for the firm; a reader reads."""
    return contact is not None and contact.is_owner


def writes(user):
    """Whether somebody of a client writes for the firm, where the contact is not at hand."""
    return may_write(own_contact(user))


def only_reads(user):
    """Whether somebody of a client may answer nothing; colleagues of ours always may."""
    return user.role == user.Role.CLIENT and not writes(user)


def the_contact(user):
    """The contact who asks for something; 404 for a login without a client."""
    contact = own_contact(user)
    if contact is None:
        raise Http404
    return contact


def the_owner(user):
    """The contact, who may write; 403 for a reader."""
    contact = the_contact(user)
    if not contact.is_owner:
        raise PermissionDenied
    return contact


def profile_page(request, template, context, status=200):
    """A page of the profile, with the tabs that lead to the others."""
    tabs = [
        {
            "label": label,
            "url": reverse(name),
            "current": request.path == reverse(name),
        }
        for label, name in TABS
    ]
    context = {"tabs": tabs, "tabs_label": _("Your profile"), **context}
    return render(request, template, context, status=status)
