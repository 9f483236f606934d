"""Whether this process lives (`/healthz`) and whether the system works (`/readyz`)."""

import time
from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from crm.celery import app

HEARTBEAT_KEY = "worker-heartbeat"  # written by the task crm.heartbeat
HEARTBEAT_SECONDS = 45  # it is sent every 10


@require_safe
@never_cache
def healthz(request):
    """This process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request):
    """Every part the system needs; 503 with the names of what is missing."""
    parts = check_parts()
    missing = [name for name, is_there in parts.items() if not is_there]
    status = "missing: " + ", ".join(missing) if missing else "ok"
    return JsonResponse(
        {"status": status, "parts": parts, "missing": missing},
        status=503 if missing else 200,
    )


def check_parts() -> dict[str, bool]:
    """Look at each part; one that is away must not hide the others."""
    return {name: check() for name, check in PARTS.items()}


def has_database() -> bool:
    """The database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def has_migrations() -> bool:
    """No migration waits."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def has_broker() -> bool:
    """The broker takes a connection."""
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
            return True
    except (OperationalError, OSError):
        return False


def has_worker() -> bool:
    """A worker ran the heartbeat not long ago."""
    beat = cache.get(HEARTBEAT_KEY)
    return beat is not None and time.time() - float(beat) < HEARTBEAT_SECONDS


PARTS: dict[str, Callable[[], bool]] = {
    "database": has_database,
    "migrations": has_migrations,
    "broker": has_broker,
    "worker": has_worker,
}
