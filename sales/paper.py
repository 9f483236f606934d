"""A quotation or invoice as a sheet of paper: one layout for print, mail link and area."""


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
