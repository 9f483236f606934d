"""The environment of a measurement: settings of production on a database of its own."""

import os

import django


def prepare(name, variable, **environment):
    """Point the settings at the database `name`, or at the one in `variable`."""
    url = os.environ.get(variable, f"postgres://postgres@127.0.0.1:5432/{name}")
    os.environ |= {
        "DATABASE_URL": url,
        "REDIS_URL": os.environ.get("BENCH_REDIS_URL", "redis://127.0.0.1:6379/9"),
        "DEMO": "true",
        "DJANGO_SETTINGS_MODULE": "crm.settings",
        "OMP_NUM_THREADS": "1",
        **environment,
    }
    django.setup()


def make_database():
    from django.db import connection  # after prepare()

    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{name}"')
