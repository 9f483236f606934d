"""Winning work: stages, leads, every word exchanged about them, and meetings."""

from leads.models.booking_pages import BookingPage
from leads.models.hours import Absence, MeetingKind, MeetingRules, WorkHours
from leads.models.interactions import Interaction
from leads.models.leads import Lead
from leads.models.meeting_parts import MeetingGuest, MeetingReminder, MeetingSlot
from leads.models.meetings import Meeting, free_times, timetable
from leads.models.notes import Note, NoteSettled
from leads.models.refusals import LeadClosed, LeadHasProject, LeadOpen
from leads.models.rules import AssignmentRule
from leads.models.spend import Spend
from leads.models.stages import LostReason, Stage
from leads.models.tasks import Task, TaskDone, TaskOpen
from leads.models.web_forms import Submission, WebForm

__all__ = [
    "Absence",
    "BookingPage",
    "AssignmentRule",
    "Interaction",
    "Lead",
    "LostReason",
    "LeadClosed",
    "LeadHasProject",
    "LeadOpen",
    "Meeting",
    "MeetingGuest",
    "MeetingKind",
    "MeetingReminder",
    "MeetingRules",
    "MeetingSlot",
    "Note",
    "NoteSettled",
    "Spend",
    "Stage",
    "Submission",
    "Task",
    "TaskDone",
    "TaskOpen",
    "WebForm",
    "WorkHours",
    "free_times",
    "timetable",
]
