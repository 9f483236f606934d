"""Addresses of the staff pages of projects, under /projects/."""

from django.urls import path

from projects.views import (
    bills,
    board,
    documents,
    hours,
    logs,
    milestones,
    overview,
    projects,
    starts,
    templates,
    threads,
)

app_name = "projects"
urlpatterns = [
    path("", projects.project_list, name="list"),
    path("overview/", overview.overview, name="overview"),
    path("start/<int:pk>/", starts.start, name="start"),
    path("templates/", templates.templates, name="templates"),
    path("templates/add/", templates.template_add, name="template_add"),
    path("templates/<int:pk>/", templates.template_edit, name="template_edit"),
    path(
        "templates/<int:pk>/remove/", templates.template_remove, name="template_remove"
    ),
    path("milestones/<int:pk>/start/", milestones.start, name="milestone_start"),
    path("milestones/<int:pk>/finish/", milestones.finish, name="milestone_finish"),
    path("milestones/<int:pk>/reopen/", milestones.reopen, name="milestone_reopen"),
    path("milestones/<int:pk>/cancel/", milestones.cancel, name="milestone_cancel"),
    path("milestones/<int:pk>/replan/", milestones.replan, name="milestone_replan"),
    path("milestones/<int:pk>/bill/", bills.bill, name="milestone_bill"),
    path("milestones/<int:pk>/edit/", milestones.edit, name="milestone_edit"),
    path(
        "milestones/<int:pk>/progress/", milestones.progress, name="milestone_progress"
    ),
    path("milestones/<int:pk>/log/", logs.milestone_log, name="milestone_log"),
    path(
        "milestones/<int:pk>/log/file/",
        logs.milestone_log_file,
        name="milestone_log_file",
    ),
    path("<int:pk>/hours/", hours.hours, name="hours"),
    path("<int:pk>/hours/log/", hours.hours_log, name="hours_log"),
    path("hours/<int:pk>/remove/", hours.hours_remove, name="hours_remove"),
    path("<int:pk>/budget/", hours.budget, name="budget"),
    path("<int:pk>/texts/", hours.texts, name="texts"),
    path("<int:pk>/log/file/", logs.log_file, name="log_file"),
    path("<int:pk>/documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/add/", documents.version_add, name="version_add"),
    path("documents/<int:pk>/share/", documents.share, name="document_share"),
    path("documents/<int:pk>/unshare/", documents.unshare, name="document_unshare"),
    path("documents/<int:pk>/trash/", documents.trash, name="document_trash"),
    path("documents/<int:pk>/restore/", documents.restore, name="document_restore"),
    path("versions/<int:pk>/", documents.version, name="version"),
    path("<int:pk>/", projects.detail, name="detail"),
    path("<int:pk>/messages/", threads.project_messages, name="messages"),
    path("clients/<int:pk>/messages/", threads.client_messages, name="client_messages"),
    path("<int:pk>/board/", board.board, name="board"),
    path("<int:pk>/board/add/", board.task_add, name="task_add"),
    path("tasks/<int:pk>/move/", board.task_move, name="task_move"),
    path("tasks/<int:pk>/milestone/", board.task_place, name="task_place"),
    path("<int:pk>/edit/", projects.edit, name="edit"),
    path("<int:pk>/undo/", starts.undo, name="undo"),
    path("<int:pk>/trash/", projects.trash, name="trash"),
    path("<int:pk>/restore/", projects.restore, name="restore"),
    path("<int:pk>/state/", projects.state, name="state"),
    path("<int:pk>/log/", logs.log, name="log"),
    path("<int:pk>/members/add/", projects.member_add, name="member_add"),
    path("<int:pk>/members/remove/", projects.member_remove, name="member_remove"),
    path("<int:pk>/milestones/add/", milestones.add, name="milestone_add"),
]
