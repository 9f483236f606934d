"""Why a meeting cannot be as somebody wishes: each with what to do about it."""

from django.utils.translation import gettext as _

from crm.lib.errors import NotAllowedNow


class MeetingRefused(NotAllowedNow):
    """The meeting stays as it was."""


class NoHours(MeetingRefused):
    def __init__(self, host, row=None):
        super().__init__(
            _(
                "{who} has set no working hours yet, so there are no free times to offer. "
                "Set them in the calendar under “Hours”, or ask {who} or their manager to."
            ).format(who=host),
            row,
        )


class OutsideHours(MeetingRefused):
    def __init__(self, host, row=None):
        text = _("{who} does not work then. Choose one of the free times.")
        super().__init__(text.format(who=host), row)


class HostAway(MeetingRefused):
    def __init__(self, host, last, row=None):
        text = _("{who} is away until {day}. Choose a later day.")
        super().__init__(text.format(who=host, day=last), row)


class HostGone(MeetingRefused):
    def __init__(self, host, row=None):
        text = _("{who} takes no meetings: choose somebody who works with clients.")
        super().__init__(text.format(who=host), row)


class SlotTaken(MeetingRefused):
    def __init__(self, host, row=None):
        text = _("{who} is not free then any more. Choose another time.")
        super().__init__(text.format(who=host), row)


class TooNear(MeetingRefused):
    def __init__(self, host, minutes, row=None):
        text = _("{who} needs {n} minutes between two meetings. Choose another time.")
        super().__init__(text.format(who=host, n=minutes), row)


class TooMany(MeetingRefused):
    def __init__(self, n):
        text = _(
            "There are {n} meetings ahead for this e-mail address already. Move or cancel "
            "one of them by the link in its mail."
        )
        super().__init__(text.format(n=n))


class TooLate(MeetingRefused):
    def __init__(self, row=None):
        super().__init__(_("That time is past. Choose one that is still to come."), row)


class BadTime(MeetingRefused):
    def __init__(self, row=None):
        text = _(
            "A meeting begins on a quarter of an hour and lasts quarters of an hour, "
            "at most eight hours."
        )
        super().__init__(text, row)


class MeetingOver(MeetingRefused):
    def __init__(self, meeting):
        text = _("“{meeting}” is {state} already.")
        state = meeting.get_state_display().lower()
        super().__init__(text.format(meeting=meeting, state=state), meeting)


class MeetingBegun(MeetingRefused):
    def __init__(self, meeting):
        text = _("“{meeting}” has begun: say whether it was held or missed.")
        super().__init__(text.format(meeting=meeting), meeting)


class MeetingAhead(MeetingRefused):
    def __init__(self, meeting):
        text = _("“{meeting}” is still to come: move or cancel it.")
        super().__init__(text.format(meeting=meeting), meeting)
