"""Addresses below /tasks/."""

from django.urls import path

from leads.views import tasks

app_name = "tasks"
urlpatterns = [
    path("", tasks.task_list, name="list"),
    path("new/", tasks.create, name="create"),
    path("<int:pk>/", tasks.edit, name="edit"),
    path("<int:pk>/finish/", tasks.finish, name="finish"),
    path("<int:pk>/reopen/", tasks.reopen, name="reopen"),
    path("<int:pk>/postpone/", tasks.postpone, name="postpone"),
    path("<int:pk>/delegate/", tasks.delegate, name="delegate"),
    path("<int:pk>/trash/", tasks.trash, name="trash"),
    path("<int:pk>/restore/", tasks.restore, name="restore"),
]
