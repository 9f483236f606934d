"""What a lead's verbs say no to, each in a sentence."""

from django.utils.translation import gettext_lazy as _

from crm.lib.dates import when
from crm.lib.errors import NotAllowedNow


class LeadClosed(NotAllowedNow):
    def __init__(self, lead):
        text = _("{lead} is already {state}: reopen it first.")
        super().__init__(
            text.format(lead=lead, state=lead.get_state_display().lower()), lead
        )


class LeadOpen(NotAllowedNow):
    def __init__(self, lead):
        super().__init__(_("{lead} is open already.").format(lead=lead), lead)


class LeadHasProject(NotAllowedNow):
    def __init__(self, lead):
        text = _("The project of {lead} was started {day}; undo that start first.")
        super().__init__(text.format(lead=lead, day=when(lead.project_started)), lead)


class LeadIdTaken(NotAllowedNow):
    def __init__(self, lead):
        text = _("{lead} stays in the trash: another lead has its id {id} now.")
        super().__init__(text.format(lead=lead, id=lead.external_id))
