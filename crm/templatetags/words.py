"""Filters every template has: money, dates in words, initials, numbers."""

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from crm.lib import dates, money
from crm.lib.browsers import browser_name
from crm.lib.text import given_name

register = template.Library()


@register.filter(name="money")
def as_money(amount, currency=""):
    """{{ lead.value|money:lead.currency }}"""
    return money.show(amount, currency)


@register.filter
def browser(agent):
    """Chrome on Linux, for what the browser sends as its name."""
    return browser_name(agent or "")


@register.filter
def when(moment):
    """A date in words, with the exact time on hover and for screen readers."""
    if not moment:
        return ""
    exact = moment
    if hasattr(moment, "hour"):
        exact = timezone.localtime(moment)
        title = date_format(exact, "j F Y, H:i")
    else:
        title = date_format(exact, "j F Y")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        exact.isoformat(),
        title,
        dates.when(moment),
    )


@register.filter
def number(value):
    """A whole number with thousands marks."""
    return "" if value is None else number_format(value, force_grouping=True)


@register.filter
def initials(name):
    """Two letters for an avatar."""
    words = str(name).split()
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    )[:2].upper()


@register.filter
def greeted(who):
    """How a mail greets a user, contact, guest or name: by first name; a firm by all of it."""
    name = getattr(who, "first_name", "") or getattr(who, "name", "")
    if isinstance(who, str):
        name = who
    return name if getattr(who, "kind", "") == "firm" else given_name(name)


@register.filter
def mail(address):
    """An e-mail address that breaks before its @, if it must break."""
    name, at, host = str(address).rpartition("@")
    return format_html("{}<wbr>{}{}", name, at, host) if at else address


class Capture(template.Node):
    """Renders its inside into a variable, since Django lets a block appear only once."""

    def __init__(self, nodes, name):
        self.nodelist, self.name = nodes, name

    def render(self, context):
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 - already escaped
        return ""


@register.tag
def capture(parser, token):
    """{% capture page_title %}…{% endcapture %}"""
    _tag, name = token.split_contents()
    nodes = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Capture(nodes, name)


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """The current query string with changes; None removes a key; paging starts over."""
    params = context["request"].GET.copy()
    params.pop("after", None)
    for key, value in changes.items():
        if value is None or value == "":
            params.pop(key, None)
        else:
            params[key] = value
    return f"?{params.urlencode()}"
