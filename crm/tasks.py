"""Tasks that belong to no single app: reactions, the sweep, the heartbeat."""

import time
from datetime import timedelta

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from accounts.models import Client, Import, Replay
from accounts.trash import purge_expired
from analytics import forecasting
from analytics.actions import prune_runs, request_all
from analytics.models import Run
from crm import importers, reactions
from crm.lib.jobs import nudge
from leads import reminders
from leads.models import Lead
from notifications.models import Event
from projects.actions import unmark_leads
from projects.models import Document, Project


@shared_task(name="crm.react")
def react(event_id):
    reactions.react(event_id)


@shared_task(name="crm.run_import")
def run_import(pk):
    importers.run_import(pk)


@shared_task(name="crm.heartbeat")
def heartbeat():
    """Say that a worker is alive; `/readyz` reads it."""
    cache.set("worker-heartbeat", time.time(), 120)


@shared_task(name="crm.sweep")
def sweep():
    """Catch up what a dead broker or a dead worker left behind."""
    before = timezone.now() - timedelta(seconds=20)
    for pk in Event.objects.filter(reacted=False, created__lt=before).values_list(
        "pk", flat=True
    )[:500]:
        reactions.react(pk)
    for pk in Import.objects.waiting().values_list("pk", flat=True)[:20]:
        nudge("crm.run_import", pk)
    reminders.send_due()
    waiting = Run.objects.waiting().filter(created__lt=before)
    for pk in waiting.values_list("pk", flat=True)[:20]:
        nudge("analytics.run", pk)


@shared_task(name="crm.nightly")
def nightly():
    """What is done once a night: clear up, then every analysis on the day's figures."""
    for model in (Client, Lead, Project, Document):
        purge_expired(model)
    unmark_leads()
    forecasting.refresh()
    prune_runs()
    Replay.objects.outdated().delete()
    request_all()
