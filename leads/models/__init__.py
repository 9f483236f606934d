"""Winning work: stages, leads and every word exchanged about them."""

from leads.models.interactions import Interaction
from leads.models.leads import Lead
from leads.models.refusals import LeadClosed, LeadHasProject, LeadOpen
from leads.models.stages import Stage

__all__ = ["Interaction", "Lead", "LeadClosed", "LeadHasProject", "LeadOpen", "Stage"]
