"""Fill a PostgreSQL database with generated leads, once per size."""

import sys

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from accounts.models import Department, Medium, User
from accounts.places import Spot, places_for
from leads.models import Lead, Stage

CITIES = ["Hamburg", "Milan", "Lyon", "Porto", "Kraków", "Malmö", "Bristol", "Girona"]
FIRST = [
    "Agnes",
    "Bruno",
    "Clara",
    "Dario",
    "Edda",
    "Felix",
    "Greta",
    "Hugo",
    "Ida",
    "Jana",
    "Karl",
    "Lena",
]
LAST = [
    "Abelard",
    "Berg",
    "Conti",
    "Dahl",
    "Ekholm",
    "Ferrer",
    "Gallo",
    "Holm",
    "Ibarra",
    "Jansen",
    "Keller",
    "Lund",
]
WISH = [
    "Website",
    "Online shop",
    "Relaunch",
    "Booking system",
    "Catalogue",
    "Newsletter",
    "Care plan",
]

# One statement: a million rows in some twenty seconds.
INSERT = """
INSERT INTO leads_lead (
    name, contact_name, company, email, phone, external_id, stage_id, state, stage_since,
    medium_id, place_id, value, currency, owner_id, department_id, next_step, next_step_on,
    lost_reason, created, closed, search, media_group)
SELECT w.wish || ' ' || n, p.first || ' ' || p.last, 'Firm ' || (n %% 20011),
    lower(p.first) || n || '@firm' || (n %% 20011) || '.example', '', '', s.id, s.kind, at,
    m.id, l.id, 500 + n %% 9000, 'EUR', o.id, o.department_id,
    CASE WHEN s.kind = 'open' AND n %% 3 = 0 THEN 'Call back' ELSE '' END,
    CASE WHEN s.kind = 'open' AND n %% 3 = 0 THEN current_date - 5 + (n %% 20)::int END,
    '', at, CASE WHEN s.kind <> 'open' THEN at + interval '9 days' END,
    lower(w.wish || ' ' || n || ' ' || p.first || ' ' || p.last || ' firm ' || (n %% 20011)
        || ' ' || p.first || n || '@firm' || (n %% 20011) || '.example'), ''
FROM generate_series(1, %(size)s) n
CROSS JOIN LATERAL (SELECT (%(wishes)s::text[])[1 + n %% %(w)s] AS wish) w
CROSS JOIN LATERAL (SELECT (%(firsts)s::text[])[1 + n %% %(f)s] AS first,
                           (%(lasts)s::text[])[1 + (n / 7) %% %(l)s] AS last) p
CROSS JOIN LATERAL (SELECT now() - (n %% 730) * interval '1 day' - n * interval '1 second' AS at) t
JOIN leads_stage s ON s.id = (%(stages)s::bigint[])[1 + (n * 7 %% 31) %% %(s)s]
JOIN accounts_medium m ON m.id = (%(media)s::bigint[])[1 + n %% %(m)s]
JOIN accounts_place l ON l.id = (%(places)s::bigint[])[1 + n %% %(p)s]
JOIN accounts_user o ON o.id = (%(owners)s::bigint[])[1 + (n / 3) %% %(o)s]
"""


def fill(size):
    """Make the rows when there are not exactly `size` leads yet."""
    if Lead.objects.count() == size:
        return
    sys.stdout.write(f"filling {size:,} leads …\n")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE leads_lead, accounts_user, accounts_department CASCADE"
        )
        owners = make_people()
        places = places_for(Spot(city) for city in CITIES).values()
        lists = {
            "wishes": WISH, "firsts": FIRST, "lasts": LAST,
            "stages": ids(Stage), "media": ids(Medium),
            "places": [p.pk for p in places], "owners": [o.pk for o in owners],
        }  # fmt: skip
        counts = {key[0]: len(value) for key, value in lists.items() if key != "places"}
        counts |= {"p": len(lists["places"])}
        cursor.execute(INSERT, {"size": size, **lists, **counts})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def ids(model):
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def make_people():
    """Twenty sellers in two departments; `bench.bd` is one, `bench.admin` sees all."""
    departments = [Department.objects.create(name=f"Bench {n}") for n in (1, 2)]
    password = make_password(None)
    User.objects.create(
        username="bench.admin",
        email="admin@bench.example",
        role="admin",
        password=password,
    )
    return [
        User.objects.create(
            username="bench.bd" if n == 0 else f"bench.{n}",
            email=f"{n}@bench.example",
            role="bd",
            department=departments[n % 2],
            password=password,
        )
        for n in range(20)
    ]
