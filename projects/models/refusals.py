"""What a project's verbs say no to, each in a sentence."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.lib.errors import NotAllowedNow

NAMED = 5


class ProjectUnfinished(NotAllowedNow):
    """Milestones are open, or wait for the client's approval."""

    def __init__(self, project, undone, waiting):
        parts = [_("{project} cannot be finished yet.").format(project=project)]
        if undone:
            text = ngettext(
                "{names} is open: finish or cancel it first.",
                "{names} are open: finish or cancel them first.",
                len(undone),
            )
            parts.append(text.format(names=_names(undone)))
        if waiting:
            text = ngettext(
                "{names} waits for the client's approval: it takes the client's answer,"
                " or reopen it.",
                "{names} wait for the client's approval: it takes the client's answer,"
                " or reopen them.",
                len(waiting),
            )
            parts.append(text.format(names=_names(waiting)))
        super().__init__(" ".join(parts), project)


class WorkHasBegun(NotAllowedNow):
    def __init__(self, project):
        text = _("Work on {project} has begun: it is no longer only planned.")
        super().__init__(text.format(project=project), project)


class BeforeTheStart(NotAllowedNow):
    def __init__(self, project, day):
        text = _("{day} is before the project's start on {start}.")
        day, start = (date_format(one, "j M Y") for one in (day, project.starts))
        super().__init__(text.format(day=day, start=start), project)


def _names(milestones):
    """ "Kick-off, Design" of a few; of many the first ones and how many more."""
    text = ", ".join(str(row) for row in milestones[:NAMED])
    if left := len(milestones[NAMED:]):
        text = _("{names} and {n} more").format(names=text, n=left)
    return text
