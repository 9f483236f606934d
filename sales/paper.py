"""A quotation or invoice as a sheet of paper: one layout for print, mail link and area.

Also its sums as plain text, for mails.
"""

from django.utils.translation import gettext as _

from crm.lib.money import show
from sales.models.papers import percent_text


def sheet(paper, firm, *, lines=None):
    """The context of `sales/_paper.html`."""
    found = list(paper.lines.all()) if lines is None else lines
    return {
        "paper": paper,
        "firm": firm,
        "lines": found,
        "sums": paper.sums(found),
        "to": paper.addressee(),
    }


def steps(paper, lines):
    """(label, amount) of what leads from the lines to the total, as under the sheet's lines."""
    sums, found = paper.sums(lines), []
    if sums.discount:
        off = _("Discount, {percent}").format(percent=percent_text(paper.discount))
        found += [(_("Lines"), sums.lines), (off, sums.discount)]
    if sums.tax:
        found.append((_("Before tax"), sums.net))
        for part in sums.rates:
            net = show(part.net, paper.currency)
            label = _("Tax, {rate} of {net}")
            label = label.format(rate=percent_text(part.rate), net=net)
            found.append((label, part.tax))
    return [*found, (_("Total"), paper.total)]


def sums_text(paper, lines):
    """The same, one under the other, with the amounts flush right."""
    rows = [(label, show(sum_, paper.currency)) for label, sum_ in steps(paper, lines)]
    first = max(len(label) for label, _money in rows)
    last = max(len(money) for _label, money in rows)
    return "\n".join(f"{label:<{first}}  {money:>{last}}" for label, money in rows)
