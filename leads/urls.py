"""Addresses below /leads/; the record's own is added in crm/urls.py."""

from django.urls import path

from leads.views import lists, notes, rules, setup, verbs, web_forms, writing

app_name = "leads"
urlpatterns = [
    path("", lists.lead_list, name="list"),
    path("board/", lists.board, name="board"),
    path("options/", lists.options, name="options"),
    path("twins/", writing.twins, name="twins"),
    path("new/", writing.create, name="create"),
    path("stages/", setup.stages, name="stages"),
    path("stages/new/", setup.stage_create, name="stage_create"),
    path("stages/<int:pk>/", setup.stage_edit, name="stage_edit"),
    path("stages/<int:pk>/remove/", setup.stage_remove, name="stage_remove"),
    path("reasons/", setup.reasons, name="reasons"),
    path("reasons/new/", setup.reason_create, name="reason_create"),
    path("reasons/<int:pk>/", setup.reason_edit, name="reason_edit"),
    path("reasons/<int:pk>/remove/", setup.reason_remove, name="reason_remove"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/move/", verbs.move, name="move"),
    path("<int:pk>/win/", verbs.win, name="win"),
    path("<int:pk>/lose/", verbs.lose, name="lose"),
    path("<int:pk>/reopen/", verbs.reopen, name="reopen"),
    path("<int:pk>/assign/", verbs.assign, name="assign"),
    path("<int:pk>/plan/", verbs.plan, name="plan"),
    path("<int:pk>/log/", verbs.log, name="log"),
    path("<int:pk>/note/", notes.note, name="note"),
    path("client/<int:pk>/note/", notes.note, {"kind": "client"}, name="client_note"),
    path("notes/<int:pk>/", notes.note_edit, name="note_edit"),
    path("rules/", rules.rules, name="rules"),
    path("rules/new/", rules.rule_create, name="rule_create"),
    path("rules/<int:pk>/", rules.rule_edit, name="rule_edit"),
    path("rules/<int:pk>/move/", rules.rule_move, name="rule_move"),
    path("rules/<int:pk>/remove/", rules.rule_remove, name="rule_remove"),
    path("forms/", web_forms.web_forms, name="web_forms"),
    path("forms/new/", web_forms.web_form_create, name="web_form_create"),
    path("forms/preview/", web_forms.web_form_preview, name="web_form_preview"),
    path("forms/<int:pk>/", web_forms.web_form_edit, name="web_form_edit"),
    path("<int:pk>/trash/", verbs.trash, name="trash"),
    path("<int:pk>/restore/", verbs.restore, name="restore"),
]
