"""Fill a PostgreSQL database with generated rows, inside the database.

A million leads with 100,000 clients, their contacts, events, messages, calls, tasks,
meetings and papers are some fifteen million rows and index entries in a few minutes: `INSERT … SELECT` without
the foreign keys being checked, indexes made afterwards.
"""

import contextlib
import sys

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from accounts.models import Client, Contact, Department, Medium, User
from accounts.places import Spot, places_for
from bench import fill_work
from bench.words import CITIES, FIRST, LAST, WISH
from leads.models import Interaction, Lead, Stage
from notifications.models import Event, EventTopic, Message
from sales.models import Purchase

PER_CLIENT = 10  # leads to a client
TOLERANCE = 1.05  # rows that earlier measurements added
MODELS = (
    Client,
    Contact,
    Lead,
    Interaction,
    Event,
    EventTopic,
    Message,
    *fill_work.MODELS,
)


def fill(size):
    """Make the rows, unless there are about `size` leads with their clients already."""
    filled = size <= Lead.objects.count() <= size * TOLERANCE
    if filled and Purchase.objects.count() >= size // PER_CLIENT:
        return
    sys.stdout.write(f"filling {size:,} leads, {size // PER_CLIENT:,} clients …\n")
    with transaction.atomic(), connection.cursor() as cursor:
        tables = ", ".join(
            model._meta.db_table for model in (*MODELS, User, Department)
        )
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        cursor.execute("SET LOCAL session_replication_role = replica")  # no FK checks
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        with indexes_afterwards(cursor):
            for model, rows, columns in world(size):
                insert(cursor, model, rows, columns)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextlib.contextmanager
def indexes_afterwards(cursor):
    """Drop the plain indexes of the tables, and make them again at the end."""
    cursor.execute(
        """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid::regclass::text = ANY(%s) AND NOT indisunique""",
        [[model._meta.db_table for model in MODELS]],
    )
    known = cursor.fetchall()
    for name, _made in known:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _name, made in known:
        cursor.execute(made)


def insert(cursor, model, rows, columns):
    """Rows 1 … `rows`; `columns` are SQL over n, all others have their defaults."""
    blank = model()
    others = {
        field.column: field.get_db_prep_save(field.pre_save(blank, True), connection)
        for field in model._meta.concrete_fields
        if not field.primary_key and field.column not in columns
    }
    names = ", ".join(f'"{name}"' for name in (*columns, *others))
    given = ", ".join((*columns.values(), *(["%s"] * len(others))))
    sql = f"INSERT INTO {model._meta.db_table} ({names}) SELECT {given} FROM generate_series(1, {rows}) n"
    cursor.execute(sql, list(others.values()))


def world(size):
    """(model, how many, columns) of everything; a client's leads are its seller's."""
    sellers = make_people()
    owner, department = ids(sellers), ids(person.department for person in sellers)
    places = list(
        places_for(Spot(city, "", country) for city, country in CITIES).values()
    )
    media, stages = ids(Medium.objects.all()), list(Stage.objects.all())
    came = "now() - mod(n, 730) * interval '1 day' - n * interval '1 second'"
    person = f"{one_of(FIRST, 'n')} || ' ' || {one_of(LAST, 'n / 7')}"
    firm = "'Firm ' || mod(n, 20011)"
    mail = f"lower({one_of(FIRST, 'n')}) || n || '@firm' || mod(n, 20011) || '.example'"
    wish = f"{one_of(WISH, 'n')} || ' ' || n"
    step = "mod(n * 7, 31)"
    is_open = f"{one_of([s.kind for s in stages], step)} = 'open'"
    shared = {
        "email": mail, "created": came, "place_id": one_of(ids(places), "n"),
        "medium_id": one_of(media, "n"),
    }  # fmt: skip
    clients = size // PER_CLIENT
    yield Client, clients, shared | {
        "name": f"{one_of(LAST, 'n')} || ' ' || n || ' Ltd'",
        "owner_id": one_of(owner, "n"), "department_id": one_of(department, "n"),
        "signed_up": f"({came})::date", "industry": one_of(WISH, "n"),
        "value_class": one_of(Client.ValueClass.values, "n"),
        "search": f"lower({one_of(LAST, 'n')} || ' ' || n || ' ltd ' || {mail})",
    }  # fmt: skip
    yield Contact, clients, {
        "client_id": "n", "name": person, "email": mail, "is_primary": "true",
    }  # fmt: skip
    yield Lead, size, shared | {
        "name": wish, "contact_name": person, "company": firm,
        "client_id": f"CASE WHEN mod(n, {PER_CLIENT}) = 0 THEN n / {PER_CLIENT} END",
        "stage_id": one_of(ids(stages), step), "state": one_of([s.kind for s in stages], step),
        "stage_since": came, "value": "500 + mod(n, 9000)",
        "currency": one_of(["EUR", "EUR", "EUR", "USD"], "n"),
        "owner_id": one_of(owner, f"n / {PER_CLIENT}"),
        "department_id": one_of(department, f"n / {PER_CLIENT}"),
        "next_step": f"CASE WHEN {is_open} AND mod(n, 3) = 0 THEN 'Call back' ELSE '' END",
        "next_step_on": f"CASE WHEN {is_open} AND mod(n, 3) = 0 THEN current_date - 5 + mod(n, 20) END",
        "closed": f"CASE WHEN NOT {is_open} THEN {came} + interval '9 days' END",
        "search": f"lower({wish} || ' ' || {person} || ' ' || {firm} || ' ' || {mail})",
    }  # fmt: skip
    yield Interaction, size // 2, {
        "lead_id": "n * 2", "kind": "'call'", "at": came, "text": "'Called.'",
        "by_id": one_of(owner, f"n * 2 / {PER_CLIENT}"),
    }  # fmt: skip
    yield Event, size, {
        "kind": "'lead.created'", "text": f"'Somebody created ' || {wish}", "created": came,
        "actor_id": one_of(owner, f"n / {PER_CLIENT}"), "reacted": "true",
    }  # fmt: skip
    yield EventTopic, size, {"event_id": "n", "object_id": "n", "topic": "'leads.lead'"}
    yield Message, size // 5, {
        "channel": "'email'", "direction": "'out'", "state": "'sent'", "created": came,
        "address": mail, "subject": wish, "body": "'Hello.'", "sent": came,
        "key": "'bench-' || n",
    }  # fmt: skip
    yield from fill_work.work(
        size, clients,
        lambda lead: one_of(owner, f"{lead} / {PER_CLIENT}"),
        lambda lead: one_of(department, f"{lead} / {PER_CLIENT}"),
    )  # fmt: skip


def ids(rows):
    return [row.pk for row in rows]


def one_of(values, at):
    """SQL that takes one of the values in turn."""
    kind = "bigint" if isinstance(values[0], int) else "text"
    listed = ", ".join(str(v) if kind == "bigint" else f"'{v}'" for v in values)
    return f"(ARRAY[{listed}]::{kind}[])[1 + mod({at}, {len(values)})]"


def make_people():
    """Twenty sellers in two departments; the four of `bench.<role>` are measured."""
    departments = [Department.objects.create(name=f"Bench {n}") for n in (1, 2)]
    password = make_password(None)

    def make(name, role, department=None):
        mail = f"{name}@bench.example"
        row = User(username=f"bench.{name}", email=mail, role=role, password=password)
        row.department = department
        row.save()
        return row

    make("admin", "admin")
    make("manager", "manager", departments[0])
    make("dev", "dev", departments[0])
    return [make(str(n) if n else "bd", "bd", departments[n % 2]) for n in range(20)]
