"""Two at once: one tells of what is late, one finishes a task, the other finds it done."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from notifications.models import EventTopic
from projects import late
from projects.models import LateNotice, Milestone, TaskOfProject

pytestmark = pytest.mark.django_db(transaction=True)


def both(act):
    """Let two threads act at the same moment; their answers, or what they raised."""
    barrier, answers = threading.Barrier(2), []

    def one():
        barrier.wait()
        try:
            answers.append(act())
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_runs_tell_once(milestone, dev, portal_owner):
    day = timezone.localdate() - timedelta(days=1)
    Milestone.objects.filter(pk=milestone.pk).update(planned_on=day)
    assert sorted(both(lambda: late.tell(milestone.pk))) == [False, True]
    assert LateNotice.objects.count() == 1
    kinds = dev.notifications.values_list("event__kind", flat=True)
    assert list(kinds) == ["milestone.late"]


def test_two_who_move_a_card_to_done_finish_its_task_once(project_task, dev):
    def move():
        TaskOfProject.objects.get(pk=project_task.pk).move("done", by=dev)

    assert both(move) == [None, None]
    topics = EventTopic.objects.about(project_task.task)
    assert topics.filter(event__kind="task.done").count() == 1
