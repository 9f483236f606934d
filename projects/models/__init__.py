"""Doing the work: projects, their people, milestones and log."""

from projects.models.documents import Document, DocumentVersion
from projects.models.hours import TimeEntry
from projects.models.late import LateNotice
from projects.models.log import LogEntry, Start
from projects.models.milestones import Milestone, MilestoneClosed
from projects.models.posts import ClientIsBlocked, Post
from projects.models.projects import Project, ProjectMember
from projects.models.refusals import BeforeTheStart
from projects.models.request_posts import RequestPost
from projects.models.requests import Request
from projects.models.service_rules import ServiceRule
from projects.models.tasks import TaskOfProject
from projects.models.templates import ProjectTemplate, TemplateMilestone, TemplateTask

__all__ = [
    "BeforeTheStart",
    "ClientIsBlocked",
    "Document",
    "DocumentVersion",
    "LateNotice",
    "LogEntry",
    "Milestone",
    "MilestoneClosed",
    "Post",
    "Project",
    "ProjectMember",
    "ProjectTemplate",
    "Request",
    "RequestPost",
    "ServiceRule",
    "Start",
    "TaskOfProject",
    "TemplateMilestone",
    "TemplateTask",
    "TimeEntry",
]
